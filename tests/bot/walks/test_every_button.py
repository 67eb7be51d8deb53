"""Each button in the fake Telegram: pressed rightly, with nonsense, and by somebody who may not."""

from __future__ import annotations

import pytest

from bot import routing
from bot.skills.operators import desk
from tests.bot.walks.buttons import BUTTONS, GONE, STALE, Use, Whose
from tests.bot.walks.walking import Walker

ANSWERS = {"set", "unknown"}  # routed to whoever asked
REFUSED = "只有群管理员"
GROUP = -5

each = pytest.mark.parametrize(("verb", "use"), BUTTONS.items(), ids=BUTTONS.keys())


def of(whose: Whose) -> pytest.MarkDecorator:
    """The buttons of one kind."""
    chosen = {verb: use for verb, use in BUTTONS.items() if use.whose is whose}
    return pytest.mark.parametrize(("verb", "use"), chosen.items(), ids=chosen.keys())


def test_every_button_that_is_served_is_walked_to() -> None:
    assert set(BUTTONS) == {*routing.TAPS, *ANSWERS, *desk._TAPS}


def carried(walker: Walker, verb: str, use: Use) -> str:
    """What the button carries."""
    who = walker.operator if use.whose is Whose.OPERATORS else walker.person
    if not use.sent:
        return who.carried(verb)
    return use.sent.format(reminder=who.carried("done").split(":")[1]) if "{" in use.sent else use.sent


@each
async def test_pressed_rightly(walker: Walker, verb: str, use: Use) -> None:
    await walker.goes(*use.way)
    by = walker.operator if use.whose is Whose.OPERATORS else walker.person

    assert use.shows in await walker.sends(carried(walker, verb, use), by=by)
    assert walker.house.world.unanswered_taps == set()


@each
async def test_pressed_with_nonsense_it_says_so_and_changes_nothing(
    walker: Walker, verb: str, use: Use
) -> None:
    by = walker.operator if use.whose is Whose.OPERATORS else walker.person
    await walker.writes("/start", by=by)
    before = await walker.held()

    assert use.says in await walker.sends(use.wrong, by=by)
    assert await walker.held() == before


@of(Whose.ANYBODY)
async def test_pressed_by_another_chat_it_touches_nothing_here(walker: Walker, verb: str, use: Use) -> None:
    await walker.goes(*use.way)
    tap, before = carried(walker, verb, use), await walker.held()
    stranger = Walker(walker.house, 2, "王五")
    await stranger.writes("/start")
    said = await stranger.sends(tap)

    assert said
    assert "深圳甲电镀有限公司" not in said
    assert await walker.held() == before


@of(Whose.MANAGERS)
async def test_pressed_by_a_member_of_a_group_it_is_refused(walker: Walker, verb: str, use: Use) -> None:
    group = walker.house.world.group(GROUP)
    group.appoints(1)
    manager, member = Walker(walker.house), Walker(walker.house)
    manager.person, member.person = group.member(1, "张三"), group.member(2, "李四")
    for step in use.way:
        # Plain words to a group are not ours; with the bot's name they are.
        said = getattr(step, "text", "")
        if said:
            command, _, rest = said.partition(" ")
            named = f"{command}@XizeTestBot {rest}".strip()
            await manager.writes(named if said.startswith("/") else f"@XizeTestBot {said}")
        else:
            await manager.goes(step)
    tap, before = carried(manager, verb, use), await manager.held()

    assert REFUSED in await member.sends(tap)
    assert await manager.held() == before
    assert REFUSED not in await manager.sends(tap)


@of(Whose.OPERATORS)
async def test_pressed_by_somebody_else_it_does_nothing(walker: Walker, verb: str, use: Use) -> None:
    await walker.goes(*use.way)
    tap = carried(walker, verb, use)
    await walker.writes("/start")
    audited = await walker.house.store.audit_log()
    said = await walker.sends(tap)

    assert STALE in said or GONE in said
    assert await walker.house.store.audit_log() == audited
    assert "来自细则运营方的通知" not in "\n".join(walker.person.sees())

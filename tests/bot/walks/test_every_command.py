"""Each command in the fake Telegram: given rightly, with nonsense, and by somebody who may not."""

from __future__ import annotations

import pytest

from bot import menu, routing
from bot.skills.operators import desk
from tests.bot.walks.buttons import Whose
from tests.bot.walks.commands import COMMANDS, Given
from tests.bot.walks.walking import Walker

REFUSED, OPERATORS_ONLY = "只有群管理员", "只给运营人员用"
GROUP = -5

each = pytest.mark.parametrize(("name", "given"), COMMANDS.items(), ids=COMMANDS.keys())


def of(*whose: Whose) -> pytest.MarkDecorator:
    """The commands of these kinds."""
    chosen = {name: given for name, given in COMMANDS.items() if given.whose in whose}
    return pytest.mark.parametrize(("name", "given"), chosen.items(), ids=chosen.keys())


def test_every_command_that_is_served_is_given() -> None:
    listed = {command.name for command in menu.COMMANDS}

    assert set(COMMANDS) == {*routing.COMMANDS, *desk._COMMANDS}
    assert listed <= set(COMMANDS)


@each
async def test_given_rightly(walker: Walker, name: str, given: Given) -> None:
    await walker.goes(*given.way)
    by = walker.operator if given.whose is Whose.OPERATORS else walker.person

    assert given.right.split()[0] == f"/{name}"
    assert given.shows in await walker.writes(given.right, by=by)


@each
async def test_given_with_nonsense_it_says_what_it_wants_and_changes_nothing(
    walker: Walker, name: str, given: Given
) -> None:
    by = walker.operator if given.whose is Whose.OPERATORS else walker.person
    before = await walker.held()

    assert given.says in await walker.writes(given.wrong, by=by)
    assert await walker.held() == before


@of(Whose.OPERATORS)
@pytest.mark.parametrize("in_group", [False, True])
async def test_an_operators_command_is_refused_to_others(
    walker: Walker, name: str, given: Given, *, in_group: bool
) -> None:
    group = walker.house.world.group(GROUP)
    somebody = group.member(walker.house.OPERATOR if in_group else 1) if in_group else walker.person

    assert OPERATORS_ONLY in await walker.writes(given.right, by=somebody)
    assert await walker.house.store.audit_log() == []


@of(Whose.MANAGERS)
async def test_in_a_group_a_member_is_refused_and_an_administrator_is_not(
    walker: Walker, name: str, given: Given
) -> None:
    group = walker.house.world.group(GROUP)
    group.appoints(1)
    command = f"/{name}@XizeTestBot"

    assert REFUSED in await walker.writes(command, by=group.member(2, "李四"))
    assert REFUSED not in await walker.writes(command, by=group.member(1, "张三"))


@of(Whose.ANYBODY)
async def test_in_a_group_anybody_may_and_is_answered_only_when_we_are_meant(
    walker: Walker, name: str, given: Given
) -> None:
    member = walker.house.world.group(GROUP).member(2, "李四")

    assert await walker.writes(f"/{name}@AnotherBot", by=member) == ""
    said = await walker.writes(f"/{name}@XizeTestBot", by=member)
    assert said
    assert REFUSED not in said

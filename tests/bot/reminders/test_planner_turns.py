"""The planner does what there is to do, and by that comes to the same as if it looked at everything."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import count
from typing import Any

import pytest

from bot.reminders.planner import Planner
from storage.records import Deadline, Subscription
from storage.store import Store, Turn
from tests.bot.reminders.house import DUE, START, House, at, deadline

CHATS = ("web:ann", "web:bob", "web:eve")


class Counting(Planner):
    """Counts the deadlines that it plans."""

    planned = 0

    async def _plan(self, turns: Any, now: Any) -> Any:
        self.planned += len(turns)
        return await super()._plan(turns, now)


async def test_only_what_changed_is_planned_again(house: House) -> None:
    await house.found(keys=("first", "second"))
    planner = Counting(house.store)
    await planner.run(START)
    await planner.run(START + timedelta(minutes=1))
    assert planner.planned == 2
    async with house.store.talk("web:bob", at=START) as talk:
        talk.contact = replace(talk.contact, language="en")
    await planner.run(START + timedelta(minutes=2))
    assert planner.planned == 2
    await house.change(due=DUE + timedelta(days=3))
    await planner.run(START + timedelta(minutes=2))
    assert planner.planned == 4  # the company's: both


async def test_other_leads_for_everybody_are_seen_at_once(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    assert (await Planner(house.store, leads=(20,)).run(START)).new == 1
    assert {row.lead for row in await house.store.pending(["first"])} == {20, -1, -3, -7}


async def test_what_was_broken_off_is_planned_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.found()

    async def fail(_: object) -> int:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(house.store, "skip", lambda *_: fail(None))
        with pytest.raises(RuntimeError, match="killed"):
            await house.planner.run(START)
    assert [turn.deadline_id for turn in await house.store.turns(now=START, limit=9)] == ["first"]
    await House(house.store).planner.run(START)
    assert await house.store.turns(now=START, limit=9) == []


async def test_a_deadline_that_changes_without_end_does_not_keep_the_planner_for_ever(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.found()
    asked = count()

    async def never(turns: list[tuple[Turn, object]]) -> int:
        assert next(asked) < 5
        return 0

    monkeypatch.setattr(house.store, "planned", never)
    await house.planner.run(START)


async def test_pages_come_to_the_same_as_one_look(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.found(keys=tuple(f"d{n}" for n in range(7)))
    monkeypatch.setattr("bot.reminders.planner._PAGE", 2)
    assert (await house.planner.run(START)).new == 7 * 8
    fresh = await Planner(house.store, leads=(14, 2)).run(START)
    assert (fresh.new, fresh.superseded) == (7, 7 * 4)


@pytest.mark.parametrize("seed", range(6))
async def test_after_any_changes_a_look_at_everything_finds_nothing_to_do(house: House, seed: int) -> None:
    chance = random.Random(seed)
    await house.found()
    for chat in CHATS[1:]:
        await house.join(chat)
    now = at(25)
    for _ in range(40):
        now += timedelta(hours=chance.uniform(0, 12))
        await _change(house.store, chance, now)
        await house.run(now)
    again = await Planner(house.store, leads=(7, 3)).run(now)
    await house.planner._store.set_bookmark("planned_by", "")
    back = await House(house.store).planner.run(now)
    assert (back.new, back.coalesced) == (0, 0)
    assert back.superseded == again.new


async def _change(store: Store, chance: random.Random, now: Any) -> None:
    chat = chance.choice(CHATS)
    state = chance.choice(("active", "active", "blocked"))
    if chance.random() < 0.2:
        await store.contact_state(chat, state)  # type: ignore[arg-type]
    async with store.talk(chat, at=now) as talk:
        match chance.randrange(6):
            case 0:
                key = f"d{chance.randrange(4)}"
                due = date(2030, 5, chance.randint(1, 30))
                old = talk.deadlines.get(key, deadline(key))
                talk.deadlines[key] = replace(old, due=due, revision=old.revision + 1)
            case 1:
                talk.contact = replace(talk.contact, preferred=time(chance.randint(0, 23)))
            case 2:
                wish = Subscription(f"w-{talk.contact.id}", talk.contact.id, "acme")
                talk.subscriptions[wish.id] = replace(wish, leads=chance.choice((None, (10, 2), (1,))))
            case 3:
                wish = Subscription(f"m-{talk.contact.id}", talk.contact.id, "acme", "deadline", "first")
                talk.subscriptions[wish.id] = replace(wish, state=chance.choice(("active", "muted", "ended")))
            case 4:
                for key, one in list(talk.deadlines.items()):
                    talk.deadlines[key] = _settled(one, chance)
            case _:
                talk.contact = replace(talk.contact, working_days_only=chance.random() < 0.5)


def _settled(one: Deadline, chance: random.Random) -> Deadline:
    return replace(one, state=chance.choice(("open", "open", "done")))

"""What every store promises of planning: whatever changes what is to be said has its turn, nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from storage.records import Fact, Subscription
from storage.store import Store
from tests.storage.people import DUE, NOW, deadline, found, join

LATER = NOW + timedelta(hours=1)
SOON = NOW + timedelta(minutes=1)


async def turns(store: Store) -> list[str]:
    """Whose turn it is soon."""
    return [turn.deadline_id for turn in await store.turns(now=SOON, limit=9)]


async def plan(store: Store) -> None:
    """Everything is planned for the next hour."""
    await store.planned([(turn, LATER) for turn in await store.turns(now=SOON, limit=9)])
    assert await turns(store) == []


async def test_a_new_deadline_has_its_turn_until_it_is_planned_and_again_in_time(store: Store) -> None:
    ann = await found(store)
    [turn] = await store.turns(now=NOW, limit=9)
    assert turn.deadline_id == "first"
    assert [plan.contact.id for plan in turn.plans] == [ann]
    assert await store.planned([(turn, LATER)]) == 1
    assert await turns(store) == []
    assert [turn.deadline_id for turn in await store.turns(now=LATER, limit=9)] == ["first"]


async def test_a_deadline_that_nobody_wants_to_hear_of_has_a_turn_without_plans(store: Store) -> None:
    ann = await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        del talk.subscriptions[f"w-{ann}"]
    [turn] = await store.turns(now=NOW, limit=9)
    assert turn.plans == ()


async def _moved(store: Store) -> None:
    async with store.talk("web:ann", at=NOW) as talk:
        talk.deadlines["first"] = replace(talk.deadlines["first"], due=DUE + timedelta(days=1), revision=2)


async def _wish_changed(store: Store) -> None:
    async with store.talk("web:ann", at=NOW) as talk:
        [wish] = talk.subscriptions.values()
        talk.subscriptions[wish.id] = replace(wish, leads=(5,))


async def _wish_added(store: Store) -> None:
    async with store.talk("web:ann", at=NOW) as talk:
        talk.subscriptions["m"] = Subscription(
            "m", talk.contact.id, "acme", "deadline", "first", state="muted"
        )


async def _wish_removed(store: Store) -> None:
    async with store.talk("web:ann", at=NOW) as talk:
        talk.subscriptions.clear()


async def _hour_changed(store: Store) -> None:
    async with store.talk("web:ann", at=NOW) as talk:
        talk.contact = replace(talk.contact, preferred=time(7))


async def _colleague(store: Store) -> None:
    await join(store, "web:bob")


async def _back(store: Store) -> None:
    await store.contact_state("web:ann", "blocked")
    await plan(store)
    await store.contact_state("web:ann", "active")


async def _chat_moved(store: Store) -> None:
    await store.move_chat("web:ann", "web:new")


async def _reopened(store: Store) -> None:
    for state in ("done", "open"):
        async with store.talk("web:ann", at=NOW) as talk:
            talk.deadlines["first"] = replace(talk.deadlines["first"], state=state)


@pytest.mark.parametrize(
    "change",
    [
        _moved,
        _wish_changed,
        _wish_added,
        _wish_removed,
        _hour_changed,
        _colleague,
        _back,
        _chat_moved,
        _reopened,
    ],
)
async def test_a_change_of_what_is_to_be_said_gives_the_turn_back(
    store: Store, change: Callable[[Store], Awaitable[None]]
) -> None:
    await found(store)
    await found(store, "web:eve", company="other")
    await plan(store)
    await change(store)
    assert await turns(store) == ["first"]


async def test_talking_of_something_else_gives_no_turn(store: Store) -> None:
    await found(store)
    await plan(store)
    async with store.talk("web:ann", at=LATER) as talk:
        fact = Fact("acme", "staff", 5, "five", LATER, talk.contact.id)
        talk.facts["acme", "staff"] = fact
        talk.contact = replace(talk.contact, session={"n": 1}, language="en", seen_at=LATER)
    await store.contact_state("web:ann", "active")
    assert await turns(store) == []


async def test_what_changes_while_it_is_planned_keeps_its_turn(store: Store) -> None:
    await found(store)
    [turn] = await store.turns(now=NOW, limit=9)
    await _moved(store)
    assert await store.planned([(turn, LATER)]) == 0
    assert await turns(store) == ["first"]


async def test_only_open_deadlines_have_turns(store: Store) -> None:
    await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        talk.deadlines["first"] = replace(talk.deadlines["first"], state="done")
    assert await turns(store) == []
    assert await store.all_turns() == []


async def test_the_longest_waiting_come_first_and_no_more_than_asked_for(store: Store) -> None:
    await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        for n in range(3):
            talk.deadlines[f"d{n}"] = deadline(f"d{n}")
    by_id = {turn.deadline_id: turn for turn in await store.turns(now=NOW, limit=9)}
    await store.planned([(by_id[f"d{n}"], NOW - n * timedelta(seconds=1)) for n in range(3)])
    assert [turn.deadline_id for turn in await store.turns(now=NOW, limit=3)] == ["first", "d2", "d1"]


async def test_all_turns_come_page_by_page_in_order_of_id(store: Store) -> None:
    await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        for n in range(4):
            talk.deadlines[f"d{n}"] = deadline(f"d{n}")
    await plan(store)
    seen, after = [], ""
    while page := await store.all_turns(after, 2):
        seen += [turn.deadline_id for turn in page]
        after = seen[-1]
    assert seen == ["d0", "d1", "d2", "d3", "first"]


async def test_subscribers_are_counted_once_each_and_only_so_far(store: Store) -> None:
    ann = await found(store)
    await join(store, "web:bob")
    async with store.talk("web:ann", at=NOW) as talk:
        talk.subscriptions["t"] = Subscription("t", ann, "acme", "topic", "first")
    assert await store.subscribers(9) == 2
    assert await store.subscribers(1) == 1

"""Paging through companies, deadlines near their day, and how deadlines moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.records import Ack, DeadlineMove
from storage.store import Settlement, Store
from tests.storage.people import DUE, NOW, claim, claimed, found, join, reminder, stored


async def near(store: Store, contact_id: str, key: str = "k", *, lead: int = 1, kind: str = "lead") -> int:
    """A near reminder that was sent; its id."""
    row = await claimed(store, replace(reminder(contact_id, key), lead=lead, kind=kind))  # type: ignore[arg-type]
    await store.begin(row, now=NOW)
    await store.settle(row, Settlement("sent", NOW))
    return row.id


async def watched(store: Store) -> list[str]:
    """The deadlines that are watched."""
    found = await store.watches(DUE - timedelta(days=1), DUE + timedelta(days=1))
    return [item.deadline.id for item in found]


async def test_companies_come_page_by_page(store: Store) -> None:
    for name in ("c", "a", "b"):
        await found(store, f"web:{name}", company=name)
    assert await store.company_ids(limit=2) == ["a", "b"]
    assert await store.company_ids("b") == ["c"]
    assert await store.company_ids("c") == []


async def test_moves_are_kept_in_order_and_once(store: Store) -> None:
    await found(store)
    first = DeadlineMove("first", 2, "acme", DUE, DUE + timedelta(days=1), "corrected", "", NOW, "ann")
    second = replace(first, revision=3, due=None, moved_at=NOW + timedelta(seconds=1), contact_id=None)
    for moves in ([first, second], [first]):
        async with store.talk("web:ann", at=NOW) as talk:
            talk.moves += moves
    assert await store.moves("acme") == [first, second]
    assert await store.moves("other") == []


async def test_moves_outlive_the_contact_but_not_the_company(store: Store) -> None:
    ann = await found(store)
    await join(store, "web:bob")
    async with store.talk("web:ann", at=NOW) as talk:
        talk.moves.append(DeadlineMove("first", 2, "acme", DUE, DUE, "notice", "", NOW, ann))
    async with store.talk("web:ann", at=NOW) as talk:
        talk.erase = True
    assert [move.contact_id for move in await store.moves("acme")] == [None]
    async with store.talk("web:bob", at=NOW) as talk:
        talk.erase = True
    assert await store.moves("acme") == []


async def test_a_computed_day_is_kept_beside_a_notices_day(store: Store) -> None:
    await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        talk.deadlines["first"] = replace(talk.deadlines["first"], origin="notice", computed=DUE)
    async with store.talk("web:ann", at=NOW) as talk:
        assert (talk.deadlines["first"].origin, talk.deadlines["first"].computed) == ("notice", DUE)


async def test_a_watch_holds_all_that_escalation_needs(store: Store) -> None:
    ann = await found(store)
    bob = await join(store, "web:bob")
    sent = await near(store, ann)
    await near(store, ann, "far", lead=7)
    [watch] = await store.watches(DUE, DUE + timedelta(days=1))
    assert [contact.id for contact in watch.contacts] == [ann, bob]
    assert {wish.contact_id for wish in watch.subscriptions} == {ann, bob}
    assert [row.id for row in watch.deliveries] == [sent]
    assert (watch.company.id, watch.acks) == ("acme", ())


@pytest.mark.parametrize("days", [(1, 5), (-5, 0)])
async def test_only_deadlines_of_these_days_are_watched(store: Store, days: tuple[int, int]) -> None:
    await found(store)
    first, last = (DUE + timedelta(days=number) for number in days)
    assert await store.watches(first, last) == []


async def test_watches_come_page_by_page(store: Store) -> None:
    for name in ("b", "c"):
        await found(store, f"web:{name}", company=name)
    span = (DUE, DUE + timedelta(days=1))
    assert [item.deadline.id for item in await store.watches(*span, limit=1)] == ["b-first"]
    assert [item.deadline.id for item in await store.watches(*span, after="b-first")] == ["c-first"]


@pytest.mark.parametrize("later", [True, False])
async def test_an_answer_ends_the_watch_until_a_later_delivery(store: Store, later: bool) -> None:
    ann = await found(store)
    sent = await near(store, ann)
    async with store.talk("web:ann", at=NOW) as talk:
        moment = NOW + timedelta(hours=-1 if later else 1)
        talk.acks["t"] = Ack(sent, "t", ann, "seen", moment)
    assert await watched(store) == (["first"] if later else [])


async def test_what_an_operator_was_told_of_is_not_watched(store: Store) -> None:
    ann = await found(store)
    await near(store, ann)
    await found(store, "web:bob", company="bobs")
    row = replace(reminder(ann, "E"), contact_id=None, chat="web:op", kind="escalation", lead=1)
    await store.enqueue([row])
    assert await watched(store) == ["bobs-first"]


async def test_a_deadline_that_nobody_wants_reminders_of_or_is_done_is_not_watched(store: Store) -> None:
    await found(store)
    assert await watched(store) == ["first"]
    async with store.talk("web:ann", at=NOW) as talk:
        talk.deadlines["first"] = replace(talk.deadlines["first"], state="done")
    assert await watched(store) == []


async def test_the_journal_keeps_the_text_as_sent(store: Store) -> None:
    ann = await found(store)
    await store.enqueue([reminder(ann)])
    [row] = await claim(store)
    await store.begin(row, now=NOW)
    await store.settle(row, Settlement("sent", NOW, text="还有 14 天"))
    [(delivery, attempts)] = await store.journal()
    assert [attempt.text for attempt in attempts] == ["还有 14 天"]
    assert (await stored(store, delivery.id)).state == "sent"


async def test_contacts_that_cannot_be_reached_are_counted(store: Store) -> None:
    await found(store)
    await join(store, "web:bob")
    await join(store, "web:cid", rank=2)
    for chat, state in (("web:ann", "blocked"), ("web:bob", "gone"), ("web:cid", "paused")):
        await store.contact_state(chat, state)  # type: ignore[arg-type]
    assert await store.unreachable() == 2

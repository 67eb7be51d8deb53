"""What every store promises operators and other processes: questions, audit, numbers, roles, answers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.records import Feedback, StoredAnswer, Subscription
from storage.store import Settlement, Store
from tests.storage.people import LEASE, NOW, claim, deadline, delivery, found

SECOND = timedelta(seconds=1)


async def ask(store: Store, *said: Feedback, chat: str = "web:ann") -> None:
    """Questions that a chat leaves behind."""
    async with store.talk(chat, at=NOW) as talk:
        talk.feedback.extend(said)


def question(key: str, *, at: datetime = NOW, kind: str = "unanswered") -> Feedback:
    """A question that was not answered."""
    return Feedback(key, None, f"{key}?", kind, at)  # type: ignore[arg-type]


async def test_questions_come_back_as_they_were(store: Store) -> None:
    contact_id = await found(store)
    asked = Feedback("q", contact_id, "第三十五条？", "disliked", NOW, "wrong", ("a#art_1", "b"))
    await ask(store, asked)
    assert await store.feedback() == [asked]


async def test_the_latest_questions_come_first_and_by_page(store: Store) -> None:
    await ask(store, *(question(f"q{n}", at=NOW + n * SECOND) for n in range(5)))
    first = await store.feedback(limit=2)
    assert [one.id for one in first] == ["q4", "q3"]
    second = await store.feedback(limit=9, before=first[-1].at)
    assert [one.id for one in second] == ["q2", "q1", "q0"]


async def test_no_question_falls_between_two_pages(store: Store) -> None:
    await ask(store, *(question(f"q{n}", at=NOW + (n // 3) * SECOND) for n in range(9)))
    found_ids: list[str] = []
    before = None
    while page := await store.feedback(limit=2, before=before):
        found_ids += [one.id for one in page]
        before = page[-1].at
    assert sorted(found_ids) == [f"q{n}" for n in range(9)]


async def test_questions_are_chosen_by_kind_and_state(store: Store) -> None:
    await ask(store, question("a"), question("b", kind="liked"), question("c", kind="disliked"))
    assert {one.id for one in await store.feedback()} == {"a", "c"}
    assert [one.id for one in await store.feedback(kinds=("liked",))] == ["b"]
    assert await store.handle("a")
    assert not await store.handle("a")
    assert not await store.handle("unknown")
    assert [one.id for one in await store.feedback()] == ["c"]
    assert [(one.id, one.state) for one in await store.feedback(state="handled")] == [("a", "handled")]


async def test_the_same_question_twice_is_one(store: Store) -> None:
    await ask(store, question("a"))
    await ask(store, replace(question("a"), text="other"))
    assert await store.feedback() == [question("a")]


async def test_a_question_of_a_forgotten_contact_names_nobody(store: Store) -> None:
    contact_id = await found(store)
    await ask(store, replace(question("a"), contact_id=contact_id))
    async with store.talk("web:ann", at=NOW) as talk:
        talk.erase = True
    assert await store.feedback() == [question("a")]


async def test_the_audit_log_is_numbered_and_read_backwards(store: Store) -> None:
    for n in range(4):
        await store.audit("console", "company.read", at=NOW + n * SECOND, subject=f"c{n}", detail="细则")
    first, second = await store.audit_log(limit=2)
    assert (first.subject, second.subject) == ("c3", "c2")
    assert (first.actor, first.action, first.at, first.detail) == (
        "console",
        "company.read",
        NOW + 3 * SECOND,
        "细则",
    )
    assert [entry.subject for entry in await store.audit_log(before=second.n)] == ["c1", "c0"]


async def test_the_audit_log_outlives_who_is_forgotten(store: Store) -> None:
    await found(store)
    await store.audit("command line", "company.read", at=NOW, subject="acme")
    async with store.talk("web:ann", at=NOW) as talk:
        talk.erase = True
    assert [entry.subject for entry in await store.audit_log()] == ["acme"]


async def test_chats_that_can_be_reached_come_in_order_page_by_page(store: Store) -> None:
    for chat in ("web:c", "telegram:1", "web:a", "web:b"):
        async with store.talk(chat, at=NOW):
            pass
    await store.contact_state("web:b", "blocked")
    first = await store.chats(limit=2)
    assert [contact.chat for contact in first] == ["telegram:1", "web:a"]
    assert [contact.chat for contact in await store.chats(first[-1].chat)] == ["web:c"]


async def test_a_broadcast_is_counted_by_state(store: Store) -> None:
    keys = ("b1:a", "b1:b", "b1:c", "b10:a", "b1", "B1:a", "b1:\u7ec6")
    await store.enqueue([delivery(key, chat=f"web:{key}") for key in keys])
    await store.skip([1], "superseded")
    assert await store.tally("b1:") == {"pending": 3, "skipped": 1}
    assert await store.tally("b1%") == {}
    assert await store.tally("none") == {}


async def test_the_numbers_count_what_there_is_and_what_was_since(store: Store) -> None:
    ann = await found(store, at=NOW - timedelta(days=9))
    await found(store, "web:bob", company="other")
    async with store.talk("web:bob", at=NOW) as talk:
        talk.deadlines["done"] = replace(deadline("done", company="other"), state="done")
        talk.subscriptions["quiet"] = Subscription("quiet", talk.contact.id, "other", state="muted")
        talk.contact = replace(talk.contact, seen_at=NOW)
    await ask(store, question("a"), question("b", kind="liked", at=NOW - timedelta(days=2)), chat="web:bob")
    await store.enqueue([replace(delivery(), contact_id=ann)])
    [row] = await claim(store)
    assert await store.begin(row, now=NOW)
    await store.settle(row, Settlement("sent", NOW))
    assert await store.stats(since=NOW - timedelta(days=1)) == {
        "contacts": 2,
        "active_contacts": 1,
        "companies": 2,
        "subscriptions": 2,
        "open_deadlines": 2,
        "deliveries_sent": 1,
        "unanswered": 1,
        "liked": 0,
        "disliked": 0,
    }
    assert (await store.stats(since=NOW + SECOND))["deliveries_sent"] == 0


async def test_a_role_belongs_to_one_until_its_lease_is_over(store: Store) -> None:
    assert await store.hold("sender", "a", now=NOW, lease=LEASE)
    assert not await store.hold("sender", "b", now=NOW + LEASE - SECOND, lease=LEASE)
    assert await store.hold("poller", "b", now=NOW, lease=LEASE)
    assert await store.hold("sender", "b", now=NOW + LEASE, lease=LEASE)
    assert not await store.hold("sender", "a", now=NOW + LEASE, lease=LEASE)


async def test_who_keeps_a_role_has_it_for_longer(store: Store) -> None:
    for n in range(3):
        assert await store.hold("sender", "a", now=NOW + n * LEASE / 2, lease=LEASE)
    assert not await store.hold("sender", "b", now=NOW + LEASE, lease=LEASE)


async def test_a_role_is_given_up_by_who_has_it_alone(store: Store) -> None:
    await store.hold("sender", "a", now=NOW, lease=LEASE)
    await store.let_go("sender", "b")
    assert not await store.hold("sender", "b", now=NOW, lease=LEASE)
    await store.let_go("sender", "a")
    assert await store.hold("sender", "b", now=NOW, lease=LEASE)


@pytest.mark.parametrize("taken", [False, True])
async def test_of_many_at_once_one_gets_the_role(store: Store, taken: bool) -> None:
    if taken:
        await store.hold("sender", "old", now=NOW - LEASE, lease=LEASE)
    held = await asyncio.gather(*(store.hold("sender", f"{n}", now=NOW, lease=LEASE) for n in range(8)))
    assert sum(held) == 1


async def test_the_first_answer_to_a_key_is_the_answer(store: Store) -> None:
    first = StoredAnswer("k", "asked", 200, '{"细则": 1}', NOW)
    assert await store.answered("k") is None
    assert await store.keep_answer(first) == first
    assert await store.keep_answer(replace(first, body="other", status=500)) == first
    assert await store.answered("k") == first

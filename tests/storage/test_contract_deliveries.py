"""What every store promises of deliveries: once in, claimed by one, sent only by who holds the lease."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from storage.records import NewDelivery
from storage.store import Settlement, Store
from tests.storage.people import (
    DUE,
    LEASE,
    NOW,
    claim,
    claimed,
    delivery,
    found,
    join,
    reminder,
    stored,
)

OVER = NOW + LEASE + timedelta(seconds=1)


async def test_a_key_goes_in_once(store: Store) -> None:
    assert await store.enqueue([delivery("a"), delivery("a"), delivery("b")]) == 2
    assert await store.enqueue([delivery("a")]) == 0
    assert len(await claim(store)) == 2


async def test_a_delivery_comes_back_as_it_went_in(store: Store) -> None:
    new = replace(delivery("a"), payload={"text": "细则", "n": [1, None]}, not_after=NOW + LEASE, lead=-3)
    await store.enqueue([new])
    row = await stored(store, 1)
    assert all(getattr(row, name) == getattr(new, name) for name in NewDelivery.__slots__)
    assert (row.state, row.attempts, row.epoch, row.next_try_at) == ("pending", 0, 0, NOW)


async def test_what_is_due_later_waits(store: Store) -> None:
    await store.enqueue([delivery(at=NOW + timedelta(seconds=1))])
    assert await claim(store) == []
    assert len(await claim(store, now=NOW + timedelta(seconds=1))) == 1


async def test_replies_go_before_reminders_and_older_before_younger(store: Store) -> None:
    earlier = NOW - timedelta(hours=1)
    await store.enqueue(
        [
            delivery("young"),
            delivery("old", at=earlier),
            delivery("broadcast", at=earlier, priority=9),
            delivery("reply", priority=0),
        ]
    )
    assert [row.dedupe_key for row in await claim(store, limit=3)] == ["reply", "old", "young"]


async def test_a_row_is_claimed_by_one(store: Store) -> None:
    await store.enqueue([delivery(f"k{n}", chat=f"web:{n}") for n in range(6)])
    first, second = await claim(store, "one", limit=4), await claim(store, "two", limit=4)
    assert (len(first), len(second)) == (4, 2)
    assert not {row.id for row in first} & {row.id for row in second}
    assert {row.owner for row in second} == {"two"}


async def test_channels_and_one_chats_reminders_can_be_claimed_alone(store: Store) -> None:
    reply = replace(delivery("r"), kind="reply")
    await store.enqueue(
        [delivery("w"), delivery("t", chat="telegram:1"), delivery("v", chat="web:bob"), reply]
    )
    rows = await store.claim("me", now=NOW, lease=LEASE, limit=9, channels=["telegram"])
    assert [row.dedupe_key for row in rows] == ["t"]
    rows = await store.claim("me", now=NOW, lease=LEASE, limit=9, chat="web:ann")
    assert [row.dedupe_key for row in rows] == ["w"]


async def test_a_chat_hears_one_thing_after_another(store: Store) -> None:
    row = await claimed(store, delivery("a"))
    await store.enqueue([delivery("b"), delivery("c", chat="web:bob")])
    assert await store.begin(row, now=NOW)
    assert [other.dedupe_key for other in await claim(store, "two")] == ["c"]
    await store.settle(row, Settlement("sent", NOW))
    assert [other.dedupe_key for other in await claim(store, "two")] == ["b"]


async def test_a_chat_rests_after_an_answer_was_lost(store: Store) -> None:
    row = await claimed(store, delivery("a"))
    await store.begin(row, now=NOW)
    await store.settle(row, Settlement("uncertain", NOW))
    await store.enqueue([delivery("b")])
    assert await claim(store, now=NOW + timedelta(seconds=30)) == []
    assert len(await claim(store, now=NOW + timedelta(seconds=61))) == 1


async def test_a_send_is_journalled_before_and_after(store: Store) -> None:
    row = await claimed(store, replace(delivery(), company_id="acme"))
    assert await store.begin(row, now=NOW)
    [(_, [attempt])] = await store.journal("acme")
    assert (attempt.n, attempt.outcome, attempt.ended_at) == (1, "sending", None)
    end = NOW + timedelta(milliseconds=80)
    assert await store.settle(row, Settlement("sent", end, "ok", message_id="77"))
    [(sent, [attempt])] = await store.journal("acme")
    assert (attempt.outcome, attempt.ended_at, attempt.detail) == ("sent", end, "ok")
    assert (sent.state, sent.message_id, sent.sent_at, sent.attempts) == ("sent", "77", end, 1)


async def test_a_row_begins_once(store: Store) -> None:
    row = await claimed(store, delivery())
    assert await store.begin(row, now=NOW)
    assert not await store.begin(row, now=NOW)


async def test_what_was_certainly_not_sent_is_tried_again_when_it_said(store: Store) -> None:
    row = await claimed(store, delivery())
    await store.begin(row, now=NOW)
    later = NOW + timedelta(seconds=4)
    assert await store.settle(row, Settlement("pending", NOW, "refused connection", retry_at=later))
    assert await claim(store, now=NOW + timedelta(seconds=3)) == []
    [again] = await claim(store, now=later)
    assert (again.attempts, again.epoch) == (1, 2)


async def test_being_asked_to_wait_is_no_attempt(store: Store) -> None:
    row = await claimed(store, delivery())
    await store.begin(row, now=NOW)
    await store.settle(row, Settlement("pending", NOW, retry_at=NOW, counted=False))
    assert (await stored(store, row.id)).attempts == 0


async def test_putting_a_claimed_row_back_is_no_attempt_either(store: Store) -> None:
    row = await claimed(store, delivery())
    await store.settle(row, Settlement("pending", NOW, retry_at=NOW, counted=False))
    assert (await stored(store, row.id)).attempts == 0
    assert (await store.journal())[0][1] == ()


async def test_a_sender_whose_lease_is_over_may_not_send(store: Store) -> None:
    row = await claimed(store, delivery())
    assert not await store.begin(row, now=NOW + LEASE)


async def test_a_sender_whose_row_was_taken_over_is_fenced_off(store: Store) -> None:
    stale = await claimed(store, delivery(), "paused")
    assert await store.recover(now=OVER) == (1, 0)
    [fresh] = await claim(store, "other", now=OVER)
    assert not await store.begin(stale, now=OVER)
    assert not await store.settle(stale, Settlement("sent", OVER))
    assert await store.begin(fresh, now=OVER)


async def test_the_same_owner_restarted_is_fenced_by_the_epoch(store: Store) -> None:
    stale = await claimed(store, delivery(), "me")
    await store.recover(now=OVER)
    [fresh] = await claim(store, "me", now=OVER)
    assert not await store.begin(stale, now=OVER)
    assert await store.begin(fresh, now=OVER)


async def test_a_send_left_by_a_dead_sender_is_uncertain_and_stays_out_of_the_queue(store: Store) -> None:
    row = await claimed(store, delivery())
    await store.begin(row, now=NOW)
    assert await store.recover(now=NOW) == (0, 0)
    assert await store.recover(now=OVER) == (0, 1)
    assert await claim(store, now=OVER + timedelta(days=1)) == []
    [(left, [attempt])] = await store.journal()
    assert (left.state, attempt.outcome) == ("uncertain", "uncertain")


async def test_an_answer_after_the_lease_still_proves_arrival(store: Store) -> None:
    row = await claimed(store, delivery())
    await store.begin(row, now=NOW)
    await store.recover(now=OVER)
    assert await store.settle(row, Settlement("sent", OVER, message_id="5"))
    [(left, [attempt])] = await store.journal()
    assert (left.state, left.message_id, attempt.outcome) == ("sent", "5", "sent")
    assert not await store.settle(row, Settlement("pending", OVER))


async def test_uncertain_rows_are_listed_after_a_while_and_decided_once(store: Store) -> None:
    row = await claimed(store, delivery())
    await store.begin(row, now=NOW)
    await store.settle(row, Settlement("uncertain", NOW))
    assert await store.uncertain(before=NOW) == []
    [left] = await store.uncertain(before=NOW + timedelta(seconds=90))
    assert await store.decide(left, "closed", "held")
    assert not await store.decide(left, "sent", "too late")
    assert await store.uncertain(before=NOW + timedelta(days=9)) == []
    assert (await stored(store, row.id)).reason == "held"


async def test_skipping_reaches_what_waits_and_nothing_that_is_under_way(store: Store) -> None:
    await store.enqueue([delivery(f"k{n}", chat=f"web:{n}") for n in range(3)])
    rows = await claim(store, limit=2)
    await store.begin(rows[0], now=NOW)
    assert await store.skip([1, 2, 3], "superseded") == 2
    assert not await store.begin(rows[1], now=NOW)
    assert (await stored(store, rows[0].id)).state == "sending"


async def test_out_of_date_rows_are_skipped_when_their_turn_comes(store: Store) -> None:
    row = await claimed(store, replace(delivery(), not_after=NOW))
    assert not await store.begin(row, now=NOW)
    left = await stored(store, row.id)
    assert (left.state, left.reason) == ("skipped", "expired")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"due": DUE + timedelta(days=9), "revision": 2}, "superseded"),
        ({"state": "done"}, "done"),
        ({"state": "cancelled"}, "superseded"),
    ],
)
async def test_a_claimed_reminder_of_a_changed_deadline_is_not_sent(
    store: Store, change: dict[str, object], reason: str
) -> None:
    contact_id = await found(store)
    row = await claimed(store, reminder(contact_id))
    async with store.talk("web:ann", at=NOW) as talk:
        talk.deadlines["first"] = replace(talk.deadlines["first"], **change)  # type: ignore[arg-type]
    assert not await store.begin(row, now=NOW)
    left = await stored(store, row.id)
    assert (left.state, left.reason) == ("skipped", reason)


@pytest.mark.parametrize("state", ["muted", "ended"])
async def test_a_claimed_reminder_that_is_not_wanted_any_more_is_not_sent(store: Store, state: str) -> None:
    contact_id = await found(store)
    row = await claimed(store, reminder(contact_id))
    async with store.talk("web:ann", at=NOW) as talk:
        wish = talk.subscriptions[f"w-{contact_id}"]
        talk.subscriptions[wish.id] = replace(wish, state=state)  # type: ignore[arg-type]
    assert not await store.begin(row, now=NOW)


async def test_a_planner_that_comes_too_late_brings_nothing_to_one_who_left(store: Store) -> None:
    await found(store)
    bob = await join(store, "web:bob")
    planned = reminder(bob, chat="web:bob")
    await store.enqueue([planned])
    async with store.talk("web:bob", at=NOW) as talk:
        talk.companies.clear()
    await store.enqueue([planned])  # from what was read before
    for row in await claim(store):
        assert not await store.begin(row, now=NOW)
    [(row, _)] = await store.journal()
    assert (row.state, row.reason) == ("skipped", "left")


async def test_a_claimed_reminder_of_a_deadline_that_is_gone_is_not_sent(store: Store) -> None:
    contact_id = await found(store)
    row = await claimed(store, reminder(contact_id))
    async with store.talk("web:ann", at=NOW) as talk:
        talk.deadlines.clear()
    assert not await store.begin(row, now=NOW)


async def test_what_waits_follows_its_plan(store: Store) -> None:
    contact_id = await found(store)
    new = reminder(contact_id)
    await store.enqueue([new])
    later = NOW + timedelta(hours=3)
    await store.enqueue([replace(new, due_at=later, revision=2, chat="web:moved")])
    assert await claim(store) == []
    [row] = await claim(store, now=later)
    assert (row.revision, row.chat) == (2, "web:moved")


async def test_a_retry_keeps_its_own_time(store: Store) -> None:
    row = await claimed(store, delivery())
    await store.begin(row, now=NOW)
    later = NOW + timedelta(minutes=5)
    await store.settle(row, Settlement("pending", NOW, retry_at=later))
    await store.enqueue([replace(delivery(), revision=2)])
    assert await claim(store, now=later - timedelta(seconds=1)) == []


@pytest.mark.parametrize("reason", ["superseded", "done", "muted", "blocked"])
async def test_what_was_put_aside_returns_when_it_is_wanted_again(store: Store, reason: str) -> None:
    await store.enqueue([delivery()])
    await store.skip([1], reason)
    assert await store.enqueue([delivery()]) == 0
    assert len(await claim(store)) == 1


@pytest.mark.parametrize("reason", ["expired", "coalesced"])
async def test_what_is_out_of_date_never_returns(store: Store, reason: str) -> None:
    await store.enqueue([delivery()])
    await store.skip([1], reason)
    await store.enqueue([delivery()])
    assert await claim(store) == []


async def test_what_was_sent_never_returns(store: Store) -> None:
    row = await claimed(store, delivery())
    await store.begin(row, now=NOW)
    await store.settle(row, Settlement("sent", NOW))
    await store.enqueue([replace(delivery(), due_at=NOW + timedelta(hours=1), revision=9)])
    assert await claim(store, now=NOW + timedelta(days=9)) == []


async def test_subjects_tell_how_things_stand_now(store: Store) -> None:
    contact_id = await found(store)
    await store.enqueue([reminder(contact_id), delivery("nothing")])
    subjects = await store.subjects([1, 2])
    assert set(subjects) == {1}
    assert (subjects[1].company.name, subjects[1].contact.chat) == ("Acme", "web:ann")
    assert subjects[1].deadline.due == DUE


async def test_when_a_chat_was_last_reminded(store: Store) -> None:
    assert await store.reminded("web:ann") is None
    for key, kind in (("a", "lead"), ("b", "reply"), ("c", "notice")):
        row = await claimed(store, replace(delivery(key), kind=kind))  # type: ignore[arg-type]
        await store.begin(row, now=NOW)
        await store.settle(row, Settlement("sent", NOW if key == "a" else OVER))
    assert await store.reminded("web:ann") == NOW


async def test_the_queue_tells_depth_age_and_what_comes(store: Store) -> None:
    await store.enqueue(
        [delivery("a"), delivery("b", at=NOW - LEASE), delivery("c", at=NOW + timedelta(hours=5))]
    )
    queue = await store.queue(now=NOW)
    assert queue == {"states": {"pending": 3}, "due": 2, "oldest_due": NOW - LEASE, "next_24_hours": 1}


async def test_the_queue_counts_every_state_and_every_lane(store: Store) -> None:
    day = timedelta(days=1)
    for n in range(12):
        chat = f"{('web', 'telegram', 'notify')[n % 3]}:{n}"
        at = NOW + (n - 6) * day / 6
        await store.enqueue([delivery(f"k{n}", chat=chat, at=at, priority=(0, 5, 9)[n // 4])])
    queue = await store.queue(now=NOW)
    assert (queue["due"], queue["oldest_due"], queue["next_24_hours"]) == (7, NOW - day, 5)
    ends: tuple[Literal["sent", "uncertain", "skipped"], ...] = ("sent", "uncertain", "skipped")
    for row, state in zip(await claim(store, limit=3), ends, strict=True):
        await store.begin(row, now=NOW)
        await store.settle(row, Settlement(state, NOW))
    [sending, _] = await claim(store, limit=2)
    await store.begin(sending, now=NOW)
    states = (await store.queue(now=NOW))["states"]
    assert states == {"pending": 7, "claimed": 1, "sending": 1, "sent": 1, "uncertain": 1, "skipped": 1}


async def test_the_journal_can_be_read_by_state(store: Store) -> None:
    first = await claimed(store, delivery("first", chat="web:bob"))
    assert await store.begin(first, now=NOW)
    await store.enqueue([replace(delivery(f"k{n}"), company_id=f"c{n % 2}") for n in range(4)])
    await store.skip([3], "superseded")
    found_keys = [row.dedupe_key for row, _ in await store.journal(states=("sending", "pending"), limit=3)]
    assert found_keys == ["first", "k0", "k2"]
    [(_, attempts), *_] = await store.journal(states=("sending",))
    assert len(attempts) == 1
    assert [row.dedupe_key for row, _ in await store.journal("c1", states=("skipped",))] == ["k1"]
    assert await store.journal(states=()) == []


async def test_the_journal_can_be_read_page_by_page(store: Store) -> None:
    assert await store.begin(await claimed(store, delivery("first", chat="web:bob")), now=NOW)
    await store.enqueue([replace(delivery(f"k{n}"), company_id=f"c{n % 2}") for n in range(5)])
    for company_id in (None, "c0"):
        pages, after = [], 0
        while page := await store.journal(company_id, after=after, limit=2):
            pages += page
            after = page[-1][0].id
        assert pages == await store.journal(company_id)
        assert len(pages) == (6 if company_id is None else 3)


async def test_the_journal_of_a_company_holds_nobody_elses(store: Store) -> None:
    ann = await found(store)
    await join(store, "web:bob")
    await store.enqueue([reminder(ann), replace(delivery("x"), company_id="other")])
    assert [row.dedupe_key for row, _ in await store.journal("acme")] == ["k"]
    assert len(await store.journal()) == 2

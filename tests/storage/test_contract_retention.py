"""What every store promises of old rows: they go bit by bit, and nothing goes that is still needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

import pytest

from storage.records import Ack, Delivery, Feedback, StoredAnswer, Update
from storage.sql import retention
from storage.store import Settlement, Store
from tests.storage.people import NOW, claimed, delivery, found, reminder

NEVER = NOW - timedelta(days=9999)
LATER = NOW + timedelta(days=1)
KINDS = ("transcripts", "updates", "journal", "feedback", "answers")


async def purge(store: Store, *kinds: str, before: datetime = LATER) -> dict[str, int]:
    """Remove what is older, of these kinds or of all; what was removed of any."""
    chosen = kinds or KINDS
    moments = {kind: before if kind in chosen else NEVER for kind in KINDS}
    return {kind: count for kind, count in (await store.purge(**moments)).items() if count}


async def sent(
    store: Store, key: str, state: Literal["sent", "pending", "uncertain", "skipped"] = "sent"
) -> Delivery:
    """A delivery that came so far."""
    row = await claimed(store, delivery(key, chat=f"web:{key}"))
    assert await store.begin(row, now=NOW)
    await store.settle(row, Settlement(state, NOW, retry_at=NOW + 2 * timedelta(days=1)))
    return row


async def test_an_empty_store_has_nothing_to_remove(store: Store) -> None:
    assert set(await store.purge(**dict.fromkeys(KINDS, NOW))) == set(KINDS)
    assert await purge(store) == {}


async def test_only_what_is_older_goes(store: Store) -> None:
    for n in range(3):
        await store.transcribe("web:ann", "user", {"n": n}, at=NOW + timedelta(days=n))
        await store.keep_answer(StoredAnswer(f"{n}", "", 200, "", NOW + timedelta(days=n)))
    async with store.talk("web:ann", at=NOW) as talk:
        for n in range(3):
            talk.feedback.append(Feedback(f"{n}", None, "?", "liked", NOW + timedelta(days=n)))
    assert await purge(store, before=LATER) == {"transcripts": 1, "feedback": 1, "answers": 1}
    assert [line.payload["n"] for line in await store.transcript("web:ann")] == [1, 2]
    assert await store.answered("0") is None
    assert await store.answered("1") is not None
    assert [one.id for one in await store.feedback(kinds=("liked",))] == ["2", "1"]


async def test_each_kind_has_its_own_moment(store: Store) -> None:
    await store.transcribe("web:ann", "user", {}, at=NOW)
    await store.keep_answer(StoredAnswer("a", "", 200, "", NOW))
    assert await purge(store, "answers") == {"answers": 1}
    assert len(await store.transcript("web:ann")) == 1


async def test_updates_that_wait_or_are_set_aside_stay(store: Store) -> None:
    names = ("done", "new", "poison")
    await store.receive([Update(name, "web:ann", {}, NOW) for name in names])
    await store.failed("poison", "broken", poison=True)
    async with store.talk("web:ann", at=NOW, update="done"):
        pass
    assert await purge(store) == {"updates": 1}
    assert [update.id for update in await store.waiting()] == ["new"]
    assert await store.receive([Update(name, "web:ann", {}, NOW) for name in names]) == 1


async def test_only_deliveries_that_came_to_an_end_go_with_their_attempts(store: Store) -> None:
    over = await sent(store, "sent")
    await sent(store, "skipped", "skipped")
    await sent(store, "uncertain", "uncertain")
    await sent(store, "again", "pending")
    held = await claimed(store, delivery("sending", chat="web:sending"))
    assert await store.begin(held, now=NOW)
    await store.enqueue([delivery("waiting", chat="web:waiting")])
    async with store.talk("web:sent", at=NOW) as talk:
        talk.acks["t"] = Ack(over.id, "t", talk.contact.id, "seen", NOW)
    assert await purge(store) == {"journal": 2}
    left = await store.journal()
    assert {row.dedupe_key for row, _ in left} == {"uncertain", "again", "sending", "waiting"}
    assert [len(attempts) for _, attempts in left] == [1, 1, 1, 0]
    async with store.talk("web:sent", at=NOW) as talk:
        assert talk.acks == {}


async def test_a_reminder_of_an_open_deadline_stays_so_that_it_never_goes_out_again(store: Store) -> None:
    contact_id = await found(store)
    row = await claimed(store, reminder(contact_id))
    assert await store.begin(row, now=NOW)
    await store.settle(row, Settlement("sent", NOW))
    assert await purge(store) == {}
    assert await store.enqueue([reminder(contact_id)]) == 0
    async with store.talk("web:ann", at=NOW) as talk:
        talk.deadlines["first"] = replace(talk.deadlines["first"], state="done")
    assert await purge(store) == {"journal": 1}


async def test_one_call_removes_a_bounded_number(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 3)
    for n in range(5):
        await store.transcribe("web:ann", "user", {}, at=NOW)
        await sent(store, f"k{n}", "sent" if n % 2 else "skipped")
    assert await purge(store) == {"transcripts": 3, "journal": 3}
    assert await purge(store) == {"transcripts": 2, "journal": 2}
    assert await purge(store) == {}

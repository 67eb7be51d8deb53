"""What every store promises of inbox, contacts, plans and transcript."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.records import Deadline, Subscription, Update
from storage.store import Store
from tests.storage.people import DUE, NOW, claim, deadline, delivery, found, join, reminder

FAR = date(2031, 1, 1)


def update(n: int, chat: str = "telegram:1") -> Update:
    """An update as a channel keeps it."""
    return Update(f"telegram:{n}", chat, {"text": f"第{n}条"}, NOW + timedelta(seconds=n))


async def test_updates_are_kept_once_and_handed_out_in_order(store: Store) -> None:
    assert await store.receive([update(2), update(1)]) == 2
    assert await store.receive([update(1), update(3)]) == 1
    assert await store.waiting() == [update(2), update(1), update(3)]
    assert await store.waiting(limit=1) == [update(2)]


async def test_updates_of_one_channel_can_be_asked_for(store: Store) -> None:
    await store.receive([update(n, "web:ann") for n in range(5)] + [update(9)])
    assert await store.waiting(1, channel="telegram") == [update(9)]
    assert len(await store.waiting(channel="web")) == 5
    assert await store.waiting(channel="console") == []


async def test_an_answered_update_waits_no_more(store: Store) -> None:
    await store.receive([update(1)])
    async with store.talk("telegram:1", at=NOW, update="telegram:1"):
        pass
    assert await store.waiting() == []
    assert await store.receive([update(1)]) == 0


async def test_an_update_that_failed_waits_with_its_error_until_it_is_set_aside(store: Store) -> None:
    await store.receive([update(1)])
    await store.failed("telegram:1", "KeyError", poison=False)
    [waiting] = await store.waiting()
    assert (waiting.attempts, waiting.error, waiting.state) == (1, "KeyError", "new")
    await store.failed("telegram:1", "KeyError", poison=True)
    assert await store.waiting() == []


async def test_bookmarks_are_set_and_changed(store: Store) -> None:
    assert await store.bookmark("offset") is None
    await store.set_bookmark("offset", "1")
    await store.set_bookmark("offset", "2")
    assert await store.bookmark("offset") == "2"


async def test_contacts_come_in_order_of_escalation(store: Store) -> None:
    ann = await found(store)
    bob = await join(store, "web:bob", rank=5)
    eve = await join(store, "web:eve", rank=2)
    assert [contact.id for contact in await store.contacts("acme")] == [ann, eve, bob]


async def test_a_blocked_chat_has_nothing_waiting_and_no_plans(store: Store) -> None:
    contact_id = await found(store)
    await store.enqueue([reminder(contact_id)])
    await store.contact_state("web:ann", "blocked")
    assert await claim(store) == []
    assert await store.plans(FAR) == []
    await store.contact_state("web:ann", "active")
    assert len(await store.plans(FAR)) == 1


async def test_a_moved_chat_takes_everything_along(store: Store) -> None:
    contact_id = await found(store)
    await store.enqueue([reminder(contact_id)])
    await store.move_chat("web:ann", "web:new")
    assert [row.chat for row in await claim(store)] == ["web:new"]
    async with store.talk("web:new", at=NOW) as talk:
        assert talk.contact.id == contact_id
        assert set(talk.companies) == {"acme"}


async def test_a_moved_chat_takes_in_the_contact_that_was_there_already(store: Store) -> None:
    old = await found(store, "telegram:-1")
    new = await found(store, "telegram:-2", company="other")
    await store.enqueue([reminder(new, "n", chat="telegram:-2"), reminder(old, "o", chat="telegram:-1")])
    await store.move_chat("telegram:-1", "telegram:-2")
    async with store.talk("telegram:-2", at=NOW) as talk:
        assert talk.contact.id == old
        assert set(talk.companies) == {"acme", "other"}
        assert {wish.contact_id for wish in talk.subscriptions.values()} == {old}
    assert [row.dedupe_key for row in await claim(store)] == ["o"]
    assert {plan.contact.id for plan in await store.plans(FAR)} == {old}


async def test_moving_twice_changes_nothing_more(store: Store) -> None:
    contact_id = await found(store, "telegram:-1")
    await store.move_chat("telegram:-1", "telegram:-2")
    await store.move_chat("telegram:-1", "telegram:-2")
    await store.move_chat("telegram:-2", "telegram:-2")
    async with store.talk("telegram:-2", at=NOW) as talk:
        assert talk.contact.id == contact_id


async def test_plans_join_deadline_wish_contact_and_company(store: Store) -> None:
    contact_id = await found(store)
    [plan] = await store.plans(FAR)
    assert (plan.deadline.id, plan.contact.id, plan.company.id) == ("first", contact_id, "acme")
    assert await store.plans(DUE) == []


@pytest.mark.parametrize("state", ["done", "cancelled", "superseded"])
async def test_only_open_deadlines_are_planned(store: Store, state: str) -> None:
    await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        changed: Deadline = replace(deadline(), state=state)  # type: ignore[arg-type]
        talk.deadlines["first"] = changed
    assert await store.plans(FAR) == []


async def test_the_narrowest_wish_speaks_for_a_deadline(store: Store) -> None:
    ann = await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        talk.deadlines["second"] = deadline("second")
        talk.subscriptions["topic"] = Subscription("topic", ann, "acme", "topic", "second", (5,))
        talk.subscriptions["one"] = Subscription("one", ann, "acme", "deadline", "first", state="muted")
    assert [(plan.deadline.id, plan.subscription.id) for plan in await store.plans(FAR)] == [
        ("second", "topic")
    ]
    async with store.talk("web:ann", at=NOW) as talk:
        del talk.subscriptions["one"]
    assert {plan.subscription.id for plan in await store.plans(FAR)} == {f"w-{ann}", "topic"}


async def test_plans_come_page_by_page_and_nobodys_deadlines_are_passed_over(store: Store) -> None:
    ann = await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        for n in range(6):
            talk.deadlines[f"d{n}"] = deadline(f"d{n}", due=DUE + timedelta(days=n // 2))
            state = "muted" if n in (1, 2, 3) else "active"
            talk.subscriptions[f"w{n}"] = Subscription(f"w{n}", ann, "acme", "deadline", f"d{n}", state=state)  # type: ignore[arg-type]
    whole = await store.plans(FAR)
    pages, after = [], None
    while page := await store.plans(FAR, after=after, limit=1):
        pages.append(page)
        after = (page[-1].deadline.due, page[-1].deadline.id)
    assert [plan for page in pages for plan in page] == whole
    assert [plan.deadline.id for plan in whole] == ["d0", "first", "d4", "d5"]


async def test_pending_gives_what_waits_for_these_deadlines(store: Store) -> None:
    contact_id = await found(store)
    await store.enqueue([reminder(contact_id, "a"), reminder(contact_id, "b"), delivery("c")])
    await store.skip([1], "superseded")
    assert [row.dedupe_key for row in await store.pending(["first", "none"])] == ["b"]
    assert await store.pending([]) == []


async def test_the_transcript_is_numbered_and_read_on(store: Store) -> None:
    first = await store.transcribe("web:ann", "user", {"text": "第十条"}, at=NOW)
    await store.transcribe("web:bob", "user", {}, at=NOW)
    second = await store.transcribe("web:ann", "xize", {"blocks": []}, at=NOW, delivery_id=1)
    assert second > first
    lines = await store.transcript("web:ann")
    assert [(line.n, line.author) for line in lines] == [(first, "user"), (second, "xize")]
    assert lines[0].payload == {"text": "第十条"}
    assert [line.n for line in await store.transcript("web:ann", after=first)] == [second]


async def test_the_newest_lines_come_in_order_too(store: Store) -> None:
    numbers = [await store.transcribe("web:ann", "user", {"n": n}, at=NOW) for n in range(5)]
    assert [line.n for line in await store.transcript("web:ann", latest=2)] == numbers[-2:]
    assert [line.n for line in await store.transcript("web:ann", numbers[3], latest=2)] == numbers[-1:]


async def test_a_delivery_is_transcribed_once(store: Store) -> None:
    first = await store.transcribe("web:ann", "xize", {"n": 1}, at=NOW, delivery_id=7)
    assert await store.transcribe("web:ann", "xize", {"n": 2}, at=NOW, delivery_id=7) == first
    assert len(await store.transcript("web:ann")) == 1

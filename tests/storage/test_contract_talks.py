"""What every store promises of talks: saved whole or not at all, and nothing of another company in them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from storage.errors import Conflict, StoreError
from storage.records import Ack, Company, Membership, Subscription, Update
from storage.store import Settlement, Store
from tests.storage.people import NOW, claim, claimed, deadline, delivery, found, join, reminder, stored


async def test_a_new_chat_gets_a_contact_that_it_keeps(store: Store) -> None:
    async with store.talk("web:ann", at=NOW) as talk:
        first = talk.contact
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.contact == first
    assert (first.chat, first.state, first.seen_at) == ("web:ann", "active", NOW)


async def test_everything_put_into_a_talk_is_there_in_the_next(store: Store) -> None:
    contact_id = await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.companies == {"acme": Company("acme", "Acme")}
        assert talk.members == {(contact_id, "acme"): Membership(contact_id, "acme")}
        assert talk.facts["acme", "staff"].value == 4
        assert talk.deadlines == {"first": replace(deadline(), since=NOW)}
        assert talk.subscriptions[f"w-{contact_id}"].leads is None
        assert talk.contact.company_id == "acme"


async def test_contact_settings_and_session_come_back_as_they_were(store: Store) -> None:
    async with store.talk("web:ann", at=NOW) as talk:
        changed = talk.contact = replace(
            talk.contact,
            language="en",
            timezone="Asia/Kathmandu",
            preferred=time(8, 30),
            quiet_from=time(22),
            quiet_to=time(7),
            working_days_only=True,
            session={"asked": ["a", "细则"], "n": 1.5, "none": None},
        )
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.contact == changed


@pytest.mark.parametrize("value", [4, True, None, "铅蓄电池", {"min": 1, "max": 2}, [12, 13], 79.5])
async def test_a_fact_keeps_its_value_words_and_moment(store: Store, value: object) -> None:
    await found(store)
    said_at = NOW + timedelta(microseconds=1234)
    async with store.talk("web:ann", at=NOW) as talk:
        fact = replace(talk.facts["acme", "staff"], value=value, words="一两个", said_at=said_at)
        talk.facts["acme", "staff"] = fact
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.facts["acme", "staff"] == fact
        assert type(talk.facts["acme", "staff"].value) is type(value)


async def test_a_session_changed_in_place_is_saved(store: Store) -> None:
    async with store.talk("web:ann", at=NOW) as talk:
        talk.contact = replace(talk.contact, session={"asked": ["a"]})
    async with store.talk("web:ann", at=NOW) as talk:
        talk.contact.session["asked"].append("b")
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.contact.session == {"asked": ["a", "b"]}


async def test_a_block_that_raises_changes_nothing(store: Store) -> None:
    await found(store)

    async def break_off() -> None:
        async with store.talk("web:ann", at=NOW, update="u1") as talk:
            talk.facts.clear()
            talk.outbox.append(delivery())
            talk.contact = replace(talk.contact, language="en")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await break_off()
    assert await claim(store) == []
    async with store.talk("web:ann", at=NOW, update="u1") as talk:
        assert talk.facts["acme", "staff"].value == 4
        assert talk.contact.language == "zh-Hans"


async def test_a_talk_that_cannot_be_saved_leaves_no_outbox_row(store: Store) -> None:
    await found(store)

    async def spoil() -> None:
        async with store.talk("web:ann", at=NOW, update="u1") as talk:
            talk.outbox.append(delivery())
            talk.deadlines["first"] = replace(talk.deadlines["first"], state="nonsense")  # type: ignore[arg-type]

    with pytest.raises(StoreError) as caught:
        await spoil()
    assert not isinstance(caught.value, Conflict)
    assert await claim(store) == []
    async with store.talk("web:ann", at=NOW, update="u1") as talk:
        assert talk.deadlines["first"].state == "open"


async def test_records_taken_out_are_gone(store: Store) -> None:
    contact_id = await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        del talk.facts["acme", "staff"]
        del talk.deadlines["first"]
        del talk.subscriptions[f"w-{contact_id}"]
    async with store.talk("web:ann", at=NOW) as talk:
        assert [talk.facts, talk.deadlines, talk.subscriptions] == [{}, {}, {}]


async def test_the_same_update_has_one_effect(store: Store) -> None:
    async with store.talk("web:ann", at=NOW, update="u1") as talk:
        talk.outbox.append(delivery())
    with pytest.raises(Conflict):
        async with store.talk("web:ann", at=NOW, update="u1"):
            pytest.fail("the block must not run")
    assert len(await claim(store)) == 1


async def test_two_tasks_with_one_update_have_one_effect(store: Store) -> None:
    async def count() -> None:
        async with store.talk("web:ann", at=NOW, update="u1") as talk:
            await asyncio.sleep(0)
            seen = talk.contact.session.get("seen", 0)
            talk.contact = replace(talk.contact, session={"seen": seen + 1})

    results = await asyncio.gather(count(), count(), return_exceptions=True)
    assert [type(result) for result in results if result is not None] == [Conflict]
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.contact.session == {"seen": 1}


async def test_talks_of_a_chat_follow_one_another(store: Store) -> None:
    async def count() -> None:
        async with store.talk("web:ann", at=NOW) as talk:
            seen = talk.contact.session.get("seen", 0)
            await asyncio.sleep(0)
            talk.contact = replace(talk.contact, session={"seen": seen + 1})

    await asyncio.gather(*(count() for _ in range(5)))
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.contact.session == {"seen": 5}


async def test_a_chat_sees_nothing_of_another_company(store: Store) -> None:
    await found(store)
    async with store.talk("web:eve", at=NOW) as talk:
        assert [talk.companies, talk.facts, talk.deadlines, talk.subscriptions] == [{}, {}, {}, {}]
        assert talk.fellows == {}


async def test_colleagues_share_the_company_and_see_each_other(store: Store) -> None:
    ann = await found(store)
    bob = await join(store, "web:bob")
    async with store.talk("web:bob", at=NOW) as talk:
        assert talk.facts["acme", "staff"].value == 4
        assert set(talk.fellows) == {ann}
        assert {wish.contact_id for wish in talk.subscriptions.values()} == {ann, bob}


async def test_a_contact_found_blocked_during_a_talk_stays_blocked(store: Store) -> None:
    await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        await store.contact_state("web:ann", "blocked")
        talk.contact = replace(talk.contact, language="en")
    async with store.talk("web:ann", at=NOW) as talk:
        assert (talk.contact.state, talk.contact.language) == ("blocked", "en")


async def test_leaving_a_company_keeps_it_for_the_others(store: Store) -> None:
    await found(store)
    bob = await join(store, "web:bob")
    async with store.talk("web:ann", at=NOW) as talk:
        talk.contact = replace(talk.contact, company_id=None)
        for collection in (talk.companies, talk.members, talk.facts, talk.deadlines, talk.subscriptions):
            collection.clear()
    async with store.talk("web:bob", at=NOW) as talk:
        assert set(talk.members) == {(bob, "acme")}
        assert talk.facts["acme", "staff"].value == 4
        assert set(talk.deadlines) == {"first"}
        assert {wish.contact_id for wish in talk.subscriptions.values()} == {bob}


async def test_the_last_one_to_leave_takes_the_company_along(store: Store) -> None:
    await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        talk.contact = replace(talk.contact, company_id=None)
        talk.companies.clear()
    assert await store.plans(date(2031, 1, 1)) == []
    async with store.talk("web:ann", at=NOW) as talk:
        assert [talk.companies, talk.facts] == [{}, {}]


async def test_who_is_taken_out_speaks_for_the_company_no_more(store: Store) -> None:
    ann = await found(store)
    bob = await join(store, "web:bob")
    for contact_id, left in ((bob, [ann]), (ann, [])):
        async with store.talk("web:ann", at=NOW) as talk:
            del talk.members[contact_id, "acme"]
        assert [contact.id for contact in await store.contacts("acme")] == left
    assert await store.companies() == []


async def test_forgetting_leaves_nothing_of_a_lone_contact(store: Store) -> None:
    contact_id = await found(store)
    await found(store, "web:eve", company="other")
    await store.enqueue([reminder(contact_id)])
    await store.transcribe("web:ann", "user", {"text": "secret"}, at=NOW)
    async with store.talk("web:ann", at=NOW, update="u9") as talk:
        talk.erase = True
        talk.outbox.append(delivery("bye"))
    assert [row.dedupe_key for row in await claim(store)] == ["bye"]
    assert await store.transcript("web:ann") == []
    assert [company.id for company in await store.companies()] == ["other"]
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.contact.id != contact_id
        assert not talk.companies


async def test_forgetting_leaves_a_shared_company_without_the_speaker(store: Store) -> None:
    await found(store)
    bob = await join(store, "web:bob")
    async with store.talk("web:ann", at=NOW) as talk:
        talk.erase = True
    async with store.talk("web:bob", at=NOW) as talk:
        fact = talk.facts["acme", "staff"]
        assert (fact.value, fact.words, fact.contact_id) == (4, "", "")
        assert set(talk.members) == {(bob, "acme")}


async def test_an_update_of_a_forgotten_chat_still_has_no_second_effect(store: Store) -> None:
    async with store.talk("web:ann", at=NOW, update="u1") as talk:
        talk.erase = True
    with pytest.raises(Conflict):
        async with store.talk("web:ann", at=NOW, update="u1"):
            pytest.fail("the block must not run")


async def test_what_is_said_after_a_wish_to_be_forgotten_still_waits_for_its_answer(store: Store) -> None:
    said = [Update(f"web:{n}", "web:ann", {"text": str(n)}, NOW) for n in range(3)]
    await store.receive(said)
    async with store.talk("web:ann", at=NOW, update="web:0"):
        pass
    async with store.talk("web:ann", at=NOW, update="web:1") as talk:
        talk.erase = True
    assert await store.waiting() == said[2:]


async def test_settling_in_a_talk_skips_everybodys_waiting_reminders(store: Store) -> None:
    ann = await found(store)
    bob = await join(store, "web:bob")
    await store.enqueue([reminder(ann, "a"), reminder(bob, "b", chat="web:bob"), delivery("other")])
    async with store.talk("web:ann", at=NOW) as talk:
        talk.skip.append(("first", "done"))
    assert [row.dedupe_key for row in await claim(store)] == ["other"]
    assert (await stored(store, 1)).reason == "done"


@pytest.mark.parametrize("state", ["muted", "ended"])
async def test_ending_a_wish_puts_aside_at_once_what_waits_because_of_it(store: Store, state: str) -> None:
    ann = await found(store)
    bob = await join(store, "web:bob")
    async with store.talk("web:ann", at=NOW) as talk:
        talk.deadlines["second"] = deadline("second")
        talk.subscriptions["own"] = Subscription("own", ann, "acme", "deadline", "second")
    on_second = replace(reminder(ann, "kept"), deadline_id="second")
    await store.enqueue([reminder(ann, "a"), reminder(bob, "b", chat="web:bob"), on_second])
    async with store.talk("web:ann", at=NOW) as talk:
        wish = talk.subscriptions[f"w-{ann}"]
        talk.subscriptions[wish.id] = replace(wish, state=state)  # type: ignore[arg-type]
    states = {row.dedupe_key: (row.state, row.reason) for row, _ in await store.journal()}
    assert states == {"a": ("skipped", "muted"), "b": ("pending", ""), "kept": ("pending", "")}


async def test_hushing_skips_only_ones_own(store: Store) -> None:
    ann = await found(store)
    bob = await join(store, "web:bob")
    await store.enqueue([reminder(ann, "a"), reminder(bob, "b", chat="web:bob")])
    async with store.talk("web:ann", at=NOW) as talk:
        talk.hush.append(("first", "muted"))
    assert [row.dedupe_key for row in await claim(store)] == ["b"]


async def test_a_tap_may_name_any_reminder_of_its_own_chat_however_old(store: Store) -> None:
    await found(store)
    await found(store, "web:eve", company="other")
    for n in range(30):
        row = await claimed(store, delivery(f"k{n}"))
        assert await store.begin(row, now=NOW)
        await store.settle(row, Settlement("sent", NOW, message_id=str(n)))
    async with store.talk("web:ann", at=NOW) as talk:
        oldest = talk.sent.get(1)
        assert oldest is not None
        assert oldest.dedupe_key == "k0"
        assert 1 in talk.sent
        assert talk.sent.get(999) is None
    async with store.talk("web:eve", at=NOW) as talk:
        assert list(talk.sent) == []
        assert [talk.sent.get(number) for number in (1, 30)] == [None, None]


async def test_a_pressed_button_is_remembered_and_proves_arrival(store: Store) -> None:
    contact_id = await found(store)
    row = await claimed(store, reminder(contact_id))
    await store.begin(row, now=NOW)
    await store.settle(row, Settlement("uncertain", NOW))
    async with store.talk("web:ann", at=NOW) as talk:
        ack = talk.acks["done:1"] = Ack(row.id, "done:1", contact_id, "done", NOW)
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.acks == {"done:1": ack}
    assert (await stored(store, row.id)).state == "sent"


async def test_reminders_count_from_when_a_date_or_wish_changed(store: Store) -> None:
    contact_id = await found(store)
    later = NOW + timedelta(days=1)
    async with store.talk("web:ann", at=later) as talk:
        talk.deadlines["first"] = replace(talk.deadlines["first"], title="said otherwise")
        wish = talk.subscriptions[f"w-{contact_id}"]
        talk.subscriptions[wish.id] = replace(wish, leads=(10, 3))
    async with store.talk("web:ann", at=later) as talk:
        assert talk.deadlines["first"].since == NOW
        assert talk.subscriptions[f"w-{contact_id}"].since == later
        talk.deadlines["first"] = replace(talk.deadlines["first"], due=date(2030, 6, 1), since=None)
    async with store.talk("web:ann", at=later) as talk:
        assert talk.deadlines["first"].since == later


async def test_a_talk_within_a_talk_is_refused_rather_than_waiting_for_itself(store: Store) -> None:
    async with store.talk("web:ann", at=NOW):
        with pytest.raises(StoreError):
            async with store.talk("web:bob", at=NOW):
                pytest.fail("the block must not run")


async def test_a_second_company_is_its_own(store: Store) -> None:
    contact_id = await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        talk.companies["other"] = Company("other")
        talk.members[contact_id, "other"] = Membership(contact_id, "other")
        talk.subscriptions["w2"] = Subscription("w2", contact_id, "other", leads=(7, 0))
    async with store.talk("web:ann", at=NOW) as talk:
        assert set(talk.companies) == {"acme", "other"}
        assert talk.subscriptions["w2"].leads == (7, 0)

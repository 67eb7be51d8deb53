"""What every store promises of invitations and calendar feeds: nobody gets in who was not let in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest

from storage.errors import StoreError
from storage.records import Company, Feed, Invitation, Membership, Subscription
from storage.store import Store
from tests.storage.people import NOW, deadline, found, join

SOON = NOW + timedelta(days=1)
LATE = NOW + timedelta(days=8)


def feed(contact_id: str, key: str = "f") -> Feed:
    """A calendar address of the company."""
    return Feed(key, "acme", contact_id, NOW)


async def invited(store: Store, key: str = "i", chat: str = "web:ann") -> str:
    """The contact of a chat invites somebody to its company; the contact's id."""
    async with store.talk(chat, at=NOW) as talk:
        talk.invitations.append(Invitation(key, "acme", talk.contact.id, NOW, NOW + timedelta(days=7)))
        return talk.contact.id


async def speaks_for(store: Store, chat: str) -> set[str]:
    """The companies of a chat."""
    async with store.talk(chat, at=NOW) as talk:
        return set(talk.companies)


async def test_an_invited_colleague_speaks_for_the_company_ranked_last(store: Store) -> None:
    ann = await found(store)
    bob = await join(store, "web:bob", rank=4)
    await invited(store)
    assert await store.join("i", "web:eve", at=SOON) == Company("acme", "Acme")
    contacts = await store.contacts("acme")
    assert [contact.id for contact in contacts[:2]] == [ann, bob]
    assert [contact.chat for contact in contacts[2:]] == ["web:eve"]
    async with store.talk("web:eve", at=SOON) as talk:
        assert talk.members[talk.contact.id, "acme"].rank == 5
        assert talk.facts["acme", "staff"].value == 4


async def test_one_who_talked_before_keeps_contact_and_companies(store: Store) -> None:
    await found(store)
    eve = await found(store, "web:eve", company="other")
    await invited(store)
    await store.join("i", "web:eve", at=SOON)
    async with store.talk("web:eve", at=NOW) as talk:
        assert (talk.contact.id, talk.contact.company_id) == (eve, "other")
        assert set(talk.companies) == {"acme", "other"}


async def test_an_invitation_works_once_and_twice_for_the_same(store: Store) -> None:
    await found(store)
    await invited(store)
    for at in (SOON, SOON, LATE):
        assert await store.join("i", "web:eve", at=at) == Company("acme", "Acme")
    assert await store.join("i", "web:mallory", at=SOON) is None
    assert await speaks_for(store, "web:mallory") == set()
    assert len(await store.contacts("acme")) == 2


@pytest.mark.parametrize(("key", "at"), [("unknown", SOON), ("i", LATE), ("i", NOW + timedelta(days=7))])
async def test_an_unknown_or_expired_invitation_lets_nobody_in(store: Store, key: str, at: object) -> None:
    await found(store)
    await invited(store)
    assert await store.join(key, "web:eve", at=at) is None  # type: ignore[arg-type]
    assert [contact.chat for contact in await store.contacts("acme")] == ["web:ann"]
    assert [contact.chat for contact in await store.chats()] == ["web:ann"]


async def test_who_speaks_for_the_company_already_leaves_the_invitation_to_another(store: Store) -> None:
    await found(store)
    await invited(store)
    assert await store.join("i", "web:ann", at=SOON) == Company("acme", "Acme")
    assert await store.join("i", "web:eve", at=SOON) == Company("acme", "Acme")


async def test_of_two_at_once_one_gets_in(store: Store) -> None:
    await found(store)
    await invited(store)
    chats = [f"web:{n}" for n in range(6)]
    joined = await asyncio.gather(*(store.join("i", chat, at=SOON) for chat in chats))
    assert sum(company is not None for company in joined) == 1
    assert len(await store.contacts("acme")) == 2


async def test_the_same_chat_many_times_at_once_is_one_contact(store: Store) -> None:
    await found(store)
    await invited(store)
    joined = await asyncio.gather(*(store.join("i", "web:eve", at=SOON) for _ in range(6)))
    assert joined == [Company("acme", "Acme")] * 6
    assert [contact.chat for contact in await store.contacts("acme")] == ["web:ann", "web:eve"]


async def test_a_new_chat_may_talk_and_join_at_once(store: Store) -> None:
    await found(store)
    await invited(store)

    async def greet() -> None:
        async with store.talk("web:eve", at=SOON) as talk:
            await asyncio.sleep(0)
            talk.contact = replace(talk.contact, language="en")

    await asyncio.gather(greet(), store.join("i", "web:eve", at=SOON), greet())
    async with store.talk("web:eve", at=SOON) as talk:
        assert (talk.contact.language, set(talk.companies)) == ("en", {"acme"})


async def test_joining_within_a_talk_is_refused_rather_than_waiting_for_itself(store: Store) -> None:
    await found(store)
    await invited(store)
    async with store.talk("web:ann", at=NOW):
        with pytest.raises(StoreError, match="within a talk"):
            await store.join("i", "web:ann", at=NOW)


async def test_who_left_does_not_come_back_by_the_same_invitation(store: Store) -> None:
    await found(store)
    await invited(store)
    await store.join("i", "web:eve", at=SOON)
    async with store.talk("web:eve", at=SOON) as talk:
        del talk.companies["acme"]
    assert await store.join("i", "web:eve", at=SOON) is None


async def test_a_used_invitation_stays_used_when_who_used_it_is_forgotten(store: Store) -> None:
    await found(store)
    await invited(store)
    await store.join("i", "web:eve", at=SOON)
    async with store.talk("web:eve", at=SOON) as talk:
        talk.erase = True
    assert await store.join("i", "web:eve", at=SOON) is None
    assert await store.join("i", "web:bob", at=SOON) is None


@pytest.mark.parametrize("way", ["erase", "leave"])
async def test_invitations_and_feeds_go_with_who_made_them(store: Store, way: str) -> None:
    await found(store)
    bob = await join(store, "web:bob")
    ann = await invited(store)
    await invited(store, "kept", "web:bob")
    async with store.talk("web:ann", at=NOW) as talk:
        talk.feeds |= {"f": feed(ann), "kept": feed(bob, "kept")}
    async with store.talk("web:ann", at=NOW) as talk:
        if way == "erase":
            talk.erase = True
        else:
            del talk.companies["acme"]
    assert await store.join("i", "web:eve", at=SOON) is None
    assert await store.feed("f") is None
    assert await store.feed("kept") is not None
    assert await store.join("kept", "web:eve", at=SOON) is not None


async def test_a_company_that_goes_takes_its_feeds_and_invitations_along(store: Store) -> None:
    await found(store)
    ann = await invited(store)
    async with store.talk("web:ann", at=NOW) as talk:
        talk.feeds["f"] = feed(ann)
    async with store.talk("web:ann", at=NOW) as talk:
        del talk.companies["acme"]
    assert await store.join("i", "web:eve", at=SOON) is None
    assert await store.feed("f") is None


async def test_a_block_that_raises_invites_nobody(store: Store) -> None:
    await found(store)

    async def break_off() -> None:
        async with store.talk("web:ann", at=NOW) as talk:
            talk.invitations.append(Invitation("i", "acme", talk.contact.id, NOW, LATE))
            talk.feeds["f"] = feed(talk.contact.id)
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await break_off()
    assert await store.join("i", "web:eve", at=NOW) is None
    assert await store.feed("f") is None


async def test_a_feed_gives_the_company_and_its_open_and_done_deadlines(store: Store) -> None:
    ann = await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        talk.feeds["f"] = feed(ann)
        talk.deadlines["done"] = replace(
            deadline("done", due=deadline().due - timedelta(days=1)), state="done"
        )
        for state in ("cancelled", "superseded"):
            talk.deadlines[state] = replace(deadline(state), state=state)
    assert await store.feed("none") is None
    given = await store.feed("f")
    assert given is not None
    found_feed, company, deadlines = given
    assert (found_feed, company) == (feed(ann), Company("acme", "Acme"))
    assert [one.id for one in deadlines] == ["done", "first"]


async def test_a_revoked_feed_is_gone_for_calendars_and_talks(store: Store) -> None:
    ann = await found(store)
    await join(store, "web:bob")
    async with store.talk("web:ann", at=NOW) as talk:
        talk.feeds["f"] = feed(ann)
    async with store.talk("web:bob", at=NOW) as talk:
        assert talk.feeds == {"f": feed(ann)}
        talk.feeds["f"] = replace(talk.feeds["f"], revoked_at=SOON)
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.feeds == {}
    assert await store.feed("f") is None


async def test_a_chat_sees_no_feed_of_another_company(store: Store) -> None:
    ann = await found(store)
    async with store.talk("web:ann", at=NOW) as talk:
        talk.feeds["f"] = feed(ann)
    await found(store, "web:eve", company="other")
    async with store.talk("web:eve", at=NOW) as talk:
        assert talk.feeds == {}


async def test_a_moved_chat_keeps_what_both_its_contacts_made_and_used(store: Store) -> None:
    await found(store, "telegram:-1")
    new = await found(store, "telegram:-2", company="other")
    async with store.talk("telegram:-2", at=NOW) as talk:
        talk.invitations.append(Invitation("i", "other", new, NOW, LATE))
        talk.feeds["f"] = replace(feed(new), company_id="other")
    await store.move_chat("telegram:-1", "telegram:-2")
    assert await store.join("i", "web:bob", at=SOON) == Company("other", "Other")
    assert await store.feed("f") is not None


async def test_a_moved_chat_goes_on_hearing_what_both_its_contacts_wished_to_hear(store: Store) -> None:
    old = await found(store, "telegram:-1")
    new = await join(store, "telegram:-2", via="telegram:-1")
    async with store.talk("telegram:-2", at=NOW) as talk:
        talk.companies["other"] = Company("other", "Other")
        talk.members[new, "other"] = Membership(new, "other")
        talk.deadlines["other-first"] = deadline(company="other")
        for name, company, scope in (("o", "other", ""), ("d", "acme", "first")):
            kind: Literal["company", "deadline"] = "deadline" if scope else "company"
            state: Literal["active", "muted"] = "muted" if scope else "active"
            talk.subscriptions[name] = Subscription(name, new, company, kind, scope, state=state)
    await store.move_chat("telegram:-1", "telegram:-2")
    async with store.talk("telegram:-2", at=NOW) as talk:
        held = {(wish.contact_id, wish.company_id, wish.scope) for wish in talk.subscriptions.values()}
    assert held == {(old, "acme", "company"), (old, "acme", "deadline"), (old, "other", "company")}
    plans = await store.plans(date(2031, 1, 1))
    assert [(plan.contact.id, plan.deadline.id) for plan in plans] == [(old, "other-first")]


async def test_joining_while_the_last_one_leaves_gives_a_company_or_nothing(store: Store) -> None:
    await found(store)
    await invited(store)

    async def go() -> None:
        async with store.talk("web:ann", at=SOON) as talk:
            await asyncio.sleep(0)
            del talk.companies["acme"]

    _, company = await asyncio.gather(go(), store.join("i", "web:eve", at=SOON))
    assert (await speaks_for(store, "web:eve") == {"acme"}) is (company is not None)


async def test_a_colleague_put_in_by_hand_is_not_disturbed(store: Store) -> None:
    ann = await found(store)
    await invited(store)
    async with store.talk("web:ann", at=NOW) as talk:
        await asyncio.sleep(0)
        talk.members[ann, "acme"] = Membership(ann, "acme", 3)
    await store.join("i", "web:eve", at=SOON)
    assert [contact.chat for contact in await store.contacts("acme")] == ["web:ann", "web:eve"]

"""A contact with a chat of their own, a colleague, a consultant. Each test is a line of SECURITY.md."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.messages import Incoming
from bot.wire import unpack
from storage.records import Invitation
from tests.bot.talks import LISTED, NOW, Desk, open_desk, text_of
from tests.security.house import API_SECRET, OTHER_SECRET, SITE, House

VICTIM, THIEF = "telegram:1", "telegram:2"
NAME = "深圳市某某电镀有限公司"


@pytest.fixture
async def desk() -> Any:
    """A desk at which the victim has told something."""
    async with open_desk(("telegram",)) as opened:
        await opened.says(f"我们公司叫{NAME}", chat=VICTIM)
        await opened.says(LISTED, chat=VICTIM)
        await opened.says("到期前提醒我", chat=VICTIM)
        yield opened


async def _company(desk: Desk) -> str:
    return (await desk.talk(VICTIM)).contact.company_id or ""


async def test_a_contact_sees_its_own_companies_alone(desk: Desk) -> None:
    company = await _company(desk)
    replies = [
        await desk.says(text, chat=THIEF)
        for text in (NAME, f"我们公司叫{NAME}", "/company", "我们的期限是哪天", "/export")
    ]
    replies += [
        await desk.taps(tap, chat=THIEF) for tap in (f"company:{company}", "dates", "journal", "reminders")
    ]
    talk = await desk.talk(THIEF)

    assert company not in talk.companies
    assert not talk.deadlines
    for reply in replies:
        assert "2026年12月20日" not in text_of(reply)
        assert "list_published" not in reply.facts


@pytest.mark.parametrize(
    "verb", ["company", "leave", "leave:{}:yes", "done", "mute", "feed:revoke", "snooze"]
)
async def test_a_forged_button_changes_nothing_of_others(desk: Desk, verb: str) -> None:
    company = await _company(desk)
    before = await desk.talk(VICTIM)
    for target in (company, *before.deadlines, *before.subscriptions, "1", "2"):
        tap = verb.format(target) if "{}" in verb else f"{verb}:{target}"
        await desk.taps(tap[:64], chat=THIEF)
    after = await desk.talk(VICTIM)

    assert after.companies == before.companies
    assert after.deadlines == before.deadlines
    assert after.subscriptions == before.subscriptions
    assert after.facts == before.facts


async def test_a_file_is_for_its_chat_alone(house: House) -> None:
    victim = await house.browser()
    await victim.post("/chat/messages", json={"id": "m1234567", "text": "/export"})
    await house.answered()
    lines = (await victim.get("/chat/messages")).json()["lines"]
    [address] = [file["url"] for line in lines for file in line.get("files", ())]
    thief = await house.browser()

    assert (await victim.get(address)).status_code == 200
    assert (await thief.get(address)).status_code == 404
    assert (await house.caller().get(address)).status_code == 401


async def test_an_invitation_works_once_and_for_its_week(desk: Desk) -> None:
    company = await _company(desk)
    async with desk.store.talk(VICTIM, at=NOW) as talk:
        for name, life in (("fresh", 7), ("old", -1)):
            made = Invitation(
                name, company, talk.contact.id, NOW - timedelta(days=8), NOW + timedelta(days=life)
            )
            talk.invitations.append(made)

    assert await desk.store.join("old", THIEF, at=NOW) is None
    assert await desk.store.join("no such", THIEF, at=NOW) is None
    joined = await desk.store.join("fresh", "telegram:3", at=NOW)
    assert joined is not None
    assert await desk.store.join("fresh", THIEF, at=NOW) is None
    assert company not in (await desk.talk(THIEF)).companies


async def test_who_left_sees_nothing_any_more(desk: Desk) -> None:
    company = await _company(desk)
    async with desk.store.talk(VICTIM, at=NOW) as talk:
        talk.invitations.append(Invitation("fresh", company, talk.contact.id, NOW, NOW + timedelta(days=7)))
    await desk.store.join("fresh", THIEF, at=NOW)
    assert company in (await desk.talk(THIEF)).companies

    await desk.taps(f"leave:{company}:yes", chat=THIEF)
    talk = await desk.talk(THIEF)
    assert company not in talk.companies
    assert not talk.facts
    assert company in (await desk.talk(VICTIM)).companies


async def test_forgetting_leaves_nothing_behind(desk: Desk) -> None:
    assert await desk.store.journal()
    await desk.says("/forget", chat=VICTIM)
    await desk.taps("confirm:forget", chat=VICTIM)

    talk = await desk.talk(VICTIM)
    assert not talk.companies
    assert not talk.facts
    assert not talk.deadlines
    rows = [row for row, _ in await desk.store.journal() if row.chat == VICTIM]
    assert all(NAME not in text_of(unpack(row.payload)) for row in rows if row.kind == "reply")


async def test_one_contact_cannot_fill_the_store_with_companies(house: House) -> None:
    reply = None
    for number in range(8):
        incoming = Incoming(
            "telegram:9", NOW, text=f"我们公司叫深圳第{number}电镀有限公司", update=f"u{number}"
        )
        reply = await house.service._assistant.respond(incoming)
    async with house.store.talk("telegram:9", at=NOW) as talk:
        kept = len(talk.companies)

    assert kept == 5
    assert reply is not None
    assert "5" in text_of(reply)


async def test_an_operators_command_is_refused_to_others(desk: Desk) -> None:
    for command in ("/publish", "/stats", "/unanswered", "/broadcast 你好"):
        incoming = Incoming(THIEF, NOW, text=command, update=f"{THIEF}:{command}")
        await desk.assistant.respond(incoming)
    rows = [row for row, _ in await desk.store.journal() if row.dedupe_key.startswith("broadcast")]

    assert rows == []
    assert await desk.store.audit_log() == []


async def test_one_keys_chats_are_hidden_from_another(house: House) -> None:
    said = {"chat": "c1", "text": f"我们公司叫{NAME}"}
    mine = house.caller(Authorization=f"Bearer {API_SECRET}")
    answer = await mine.post("/api/v1/converse", json=said)
    other = house.caller(Authorization=f"Bearer {OTHER_SECRET}")
    seen = await other.get("/api/v1/companies")

    assert answer.status_code == 200
    assert NAME not in seen.text
    assert NAME in (await mine.get("/api/v1/companies")).text


async def test_a_key_does_what_its_scopes_say_and_no_more(house: House) -> None:
    reader = house.caller(Authorization=f"Bearer {OTHER_SECRET}")

    assert (await reader.get("/api/v1/provisions")).status_code == 200
    refused = await reader.post("/api/v1/converse", json={"chat": "c1", "text": "第十条"})
    assert refused.status_code == 403


async def test_a_web_chat_cannot_press_a_button_that_it_was_not_offered(house: House) -> None:
    browser = await house.browser(Origin=SITE)
    answer = await browser.post("/chat/messages", json={"id": "m1234567", "tap": "confirm:forget"})

    assert answer.status_code == 422

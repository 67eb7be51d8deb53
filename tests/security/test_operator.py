"""An operator, and somebody with what was an operator's or the bot's. Each test is a line of SECURITY.md."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.logs import set_up_logging
from bot.settings import Settings
from storage.records import Company, Feed, Membership
from tests.bot.console.house import ConsoleHouse, company_with_reminder
from tests.bot.talks import NOW
from tests.security.house import BOT_TOKEN, SECRETS, House, settings


@pytest.fixture
async def console(tmp_path: Path) -> object:
    """The operators' console with a company in its store."""
    house = ConsoleHouse(tmp_path)
    await house.store.open()
    await company_with_reminder(house.store)
    yield house
    await house.store.close()


async def test_what_an_operator_reads_of_a_company_is_noted(console: ConsoleHouse) -> None:
    operator = await console.operator()
    answer = await operator.post("/companies/c1", {"reason": "asked by telephone"})

    assert answer.status_code in (200, 303)
    assert any(action.startswith("company") for action in await console.audited())


async def test_the_log_of_what_operators_did_holds_nothing_of_users(console: ConsoleHouse) -> None:
    operator = await console.operator()
    await operator.post("/companies/c1", {"reason": "x"})
    entries = await console.store.audit_log()

    assert entries
    assert all("审核师" not in entry.detail and "0123456789abcdef" not in entry.detail for entry in entries)


async def test_a_form_without_its_token_changes_nothing(console: ConsoleHouse) -> None:
    operator = await console.operator()
    for token in ("", "0" * 64):
        answer = await operator.client.post("/console/companies/c1", data={"token": token})
        assert answer.status_code == 403


async def test_a_pass_that_was_given_back_opens_nothing(console: ConsoleHouse) -> None:
    operator = await console.operator()
    stolen = operator.client.cookies["xize_console"]
    await operator.post("/logout", of="/")
    thief = console.visitor(Cookie=f"xize_console={stolen}")

    assert (await thief.get("/companies")).status_code == 303


async def test_a_pass_ends_by_itself(console: ConsoleHouse) -> None:
    operator = await console.operator()
    console.now = console.now.replace(year=console.now.year + 1)

    assert (await operator.get("/companies")).status_code == 303


async def test_a_login_gives_a_pass_that_nobody_held_before(console: ConsoleHouse) -> None:
    visitor = console.visitor()
    await visitor.get("/login")
    before = visitor.client.cookies["xize_console"]
    await visitor.post("/login", {"password": "a long word for operators"}, of="/login")

    assert visitor.client.cookies["xize_console"] != before


async def test_a_revoked_calendar_address_is_dead(house: House) -> None:
    async with house.store.talk("web:1", at=NOW) as talk:
        talk.companies["c"] = Company("c", "x")
        talk.members[talk.contact.id, "c"] = Membership(talk.contact.id, "c")
        talk.feeds["f"] = Feed("f", "c", talk.contact.id, NOW)
    assert await house.store.feed("f") is not None

    async with house.store.talk("web:1", at=NOW) as talk:
        talk.feeds["f"] = replace(talk.feeds["f"], revoked_at=NOW)
    assert await house.store.feed("f") is None


@pytest.fixture
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.mark.usefixtures("_logging_as_before")
def test_no_secret_reaches_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("json", "INFO", settings().secrets)
    for secret in SECRETS:
        logging.getLogger("x").error("sent %s", secret)
        try:
            raise OSError(f"https://api.telegram.org/bot{BOT_TOKEN}/x?token={secret}")
        except OSError:
            logging.getLogger("x").exception("failed")

    written = capsys.readouterr().err
    assert [secret for secret in SECRETS if secret in written] == []
    assert all(json.loads(line) for line in written.splitlines())


async def test_no_secret_stands_on_any_page(house: House) -> None:
    pages = ("/", "/console/login", "/api/v1/openapi.json", "/api/v1/docs", "/healthz", "/readyz", "/nowhere")
    for path in pages:
        text = (await house.caller().get(path)).text
        assert [secret for secret in SECRETS if secret in text] == []


def test_no_secret_shows_when_settings_are_printed() -> None:
    shown = repr(settings()) + str(settings().model_dump())

    assert [secret for secret in SECRETS if secret in shown] == []


def test_secrets_come_from_the_environment_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert Settings().secrets == ()

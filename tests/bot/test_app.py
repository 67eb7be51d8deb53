"""The composition root: the parts together, the clock aware, secrets out of sight."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click
import pytest

from bot import app
from bot.messages import Incoming, Reply
from bot.settings import Settings
from storage.talk import Talk
from tests.bot.talks import NOW


def test_the_clock_is_aware_and_today_is_the_day_in_shenzhen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.clock().utcoffset() == timedelta(0)

    monkeypatch.setattr(app, "clock", lambda: NOW.replace(hour=0, minute=30))
    assert app.today() == NOW.date()


def test_ids_are_never_the_same() -> None:
    assert len({app.new_id() for _ in range(100)}) == 100


def test_later_ids_sort_behind_earlier_ones() -> None:
    ids = [app.new_id() for _ in range(100)]
    assert ids == sorted(ids)


def test_law_and_rules_are_loaded_once() -> None:
    assert app.load_sources() is app.load_sources()


def test_every_reference_of_the_rules_is_in_the_law() -> None:
    sources = app.load_sources()
    for goal in sources.rulebook.goals:
        for ref in sources.rulebook.check(goal, {}, NOW.date()).citations:
            assert sources.library.provision(ref).ref == ref


def test_imported_texts_are_where_the_operator_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIZE_LIBRARY", "/elsewhere")
    assert app.imported_texts() == Path("/elsewhere")

    monkeypatch.delenv("XIZE_LIBRARY")
    assert app.imported_texts() == Path("data/knowledge")


async def test_an_opened_assistant_answers() -> None:
    assistant, store = await app.open_assistant("sqlite:///:memory:")
    try:
        reply = await assistant.respond(Incoming("jsonl:a", NOW, text="第十条讲什么"))
    finally:
        await store.close()

    assert reply.citations


async def test_before_anybody_asks_an_answer_is_rehearsed_that_leaves_nothing() -> None:
    given: list[tuple[Talk, Incoming]] = []

    def answer(talk: Talk, incoming: Incoming) -> Reply:
        given.append((talk, incoming))
        return assistant.answer(talk, incoming)

    assistant, store = await app.open_assistant("sqlite:///:memory:")
    try:
        await app._rehearse(answer, app.load_sources())
        assert await store.chats() == []
    finally:
        await store.close()

    [(talk, incoming)] = given
    assert talk.contact.chat == incoming.chat
    assert not talk.outbox


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ann:secret@host/x", "postgresql://ann:***@host/x"),
        ("postgresql://host/x", "postgresql://host/x"),
        ("sqlite:///data/xize.db", "sqlite:///data/xize.db"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    assert app.redact_url(url) == shown


def test_the_welcome_says_what_is_on_where_and_what_to_try(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    told = app.welcome(Settings(http_port=8123, database_url="postgresql://ann:secret@host/x"))

    assert "http://127.0.0.1:8123" in told
    assert "XIZE_TELEGRAM_TOKEN" in told
    assert "审核师" in told
    assert "secret" not in told


def test_a_token_turns_telegram_on_and_is_not_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XIZE_TELEGRAM_TOKEN", "123456:ABCDEFGHIJKLMNOP")
    told = app.welcome(Settings())

    assert "Telegram   on" in told
    assert "ABCDEFGH" not in told


def test_an_ipv6_host_is_written_as_browsers_want_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    assert "http://[::1]:8080" in app.welcome(Settings(http_host="::1"))


def test_a_button_can_be_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    app.show_once("goal:consultant-voluntary", {"trained_auditors": "3"}, on="2018-09-10", language="zh-Hans")

    assert "3 / 4" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "on", "named"),
    [
        ({"nope": "1"}, None, "nope"),
        ({"trained_auditors": "-1"}, None, "-1"),
        ({}, "2018-02-30", "2018-02-30"),
    ],
)
def test_what_cannot_be_shown_is_wrong_use(given: dict[str, str], on: str | None, named: str) -> None:
    with pytest.raises(click.UsageError, match=named):
        app.show_once("goal:consultant-voluntary", given, on=on, language="zh-Hans")

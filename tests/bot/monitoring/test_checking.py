"""Each check finds what is wrong, says what to do, and needs no network."""

from __future__ import annotations

from collections import namedtuple
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app import load_sources
from bot.monitoring import checking
from bot.settings import Settings
from tests.bot.talks import NOW
from tests.fakes.telegram import FakeTelegram

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _empty_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


async def test_a_new_database_opens_and_can_be_written(tmp_path: Path) -> None:
    found = await checking.database(Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}"), NOW)

    assert found.level == "ok"


async def test_a_damaged_database_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("a letter to a friend" * 500, encoding="utf-8")
    found = await checking.database(Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}"), NOW)

    assert found.level == "failure"
    assert "restore" in found.todo


async def test_a_server_that_is_away_does_not_show_its_password() -> None:
    url = "postgresql://xize:hunter2secret@127.0.0.1:1/xize"
    found = await checking.database(Settings(database_url=url), NOW)

    assert found.level == "failure"
    assert "hunter2secret" not in found.text


@pytest.mark.parametrize(("free", "level"), [(2**20, "failure"), (2**29, "warning"), (2**40, "ok")])
def test_room_on_the_disk(monkeypatch: pytest.MonkeyPatch, free: int, level: str) -> None:
    monkeypatch.setattr(checking.shutil, "disk_usage", lambda _: Usage(0, 0, free))

    assert checking.disk(Settings()).level == level


def test_a_clock_that_was_never_set_is_found() -> None:
    assert checking.clock(Settings(), datetime(1970, 1, 2, tzinfo=UTC)).level == "failure"
    assert checking.clock(Settings(), NOW).level == "ok"


def test_holiday_data_that_run_out_are_told_with_the_folder_to_put_them() -> None:
    found = checking.rest_days(load_sources(), date(2026, 11, 23))
    beyond = checking.rest_days(load_sources(), date(2090, 1, 1))

    assert (found.level, beyond.level) == ("warning", "warning")
    assert "2027" in found.text
    assert "holidays" in beyond.todo


def test_a_machine_without_a_chinese_font_is_told_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_chinese_font", lambda: "")

    found = checking.fonts()
    assert found.level == "warning"
    assert "fonts-" in found.todo


async def test_telegram_off_is_fine() -> None:
    assert (await checking.telegram(Settings())).level == "ok"


def _with_bot(monkeypatch: pytest.MonkeyPatch, world: FakeTelegram, token: str | None = None) -> Settings:
    from bot.channels.telegram.building import build_telegram

    bot = build_telegram(token or world.token, request=world.request, updates_request=world.request)
    monkeypatch.setattr("bot.delivery.telegram_bot", lambda settings: bot)
    return Settings()


async def test_a_token_that_telegram_takes_names_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await checking.telegram(_with_bot(monkeypatch, FakeTelegram(lambda: NOW)))

    assert found.level == "ok"
    assert found.text.startswith("@")


async def test_telegram_that_cannot_be_reached_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(telegram_token="123456:abcdefghijklmnop", telegram_api_url="http://127.0.0.1:1")  # type: ignore[arg-type]
    found = await checking.telegram(settings)

    assert found.level == "warning"
    assert "abcdefghijklmnop" not in found.text


async def test_a_public_address_that_leads_nowhere_is_a_warning() -> None:
    settings = Settings(
        telegram_mode="webhook",
        public_url="https://127.0.0.1:1",  # type: ignore[arg-type]
        webhook_secret="s3cret",  # type: ignore[arg-type]
    )

    assert (await checking.webhook(settings, NOW)).level == "warning"


async def test_a_public_address_without_tls_cannot_work() -> None:
    settings = Settings(
        telegram_mode="webhook",
        public_url="http://127.0.0.1:1",  # type: ignore[arg-type]
        webhook_secret="s3cret",  # type: ignore[arg-type]
    )

    assert (await checking.webhook(settings, NOW)).level == "failure"


def test_law_and_rules_are_proved(tmp_path: Path) -> None:
    found, sources = checking.sources(Settings())
    assert found.level == "ok"
    assert sources is not None

    library = tmp_path / "own"
    library.mkdir()
    (library / "broken.txt").write_text("x", encoding="utf-8")
    found, sources = checking.sources(Settings(library=library))
    assert found.level == "failure"
    assert "broken.txt" in found.text
    assert sources is None


def test_a_master_of_the_machine_is_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking.os, "geteuid", lambda: 0)
    assert checking.rights().level == "warning"

    monkeypatch.setattr(checking.os, "geteuid", lambda: 1000)
    assert checking.rights().level == "ok"

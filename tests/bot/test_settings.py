"""Settings are checked at start; each error names its variable and keeps its secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import read_settings


@pytest.fixture(autouse=True)
def _empty_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_defaults_serve_one_machine_without_telegram() -> None:
    settings = read_settings()

    assert settings.database_url == "sqlite:///data/xize.db"
    assert settings.telegram_token is None
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("XIZE_HTTP_PORT", "http"),
        ("XIZE_HTTP_PORT", "70000"),
        ("XIZE_TIMEZONE", "Asia/Atlantis"),
        ("XIZE_DATABASE_URL", "mysql://x"),
        ("XIZE_LOG_LEVEL", "LOUD"),
        ("XIZE_TELEGRAM_MODE", "pigeon"),
        ("XIZE_OPERATORS", "me"),
        ("XIZE_TRUSTED_PROXIES", "the-proxy"),
        ("XIZE_TELEGRAM_TOKEN", "very-secret-and-wrong"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert name in str(caught.value)
    assert "very-secret" not in str(caught.value)


def test_webhook_mode_needs_its_address_and_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIZE_TELEGRAM_MODE", "webhook")
    with pytest.raises(SettingsError, match="XIZE_PUBLIC_URL"):
        read_settings()

    monkeypatch.setenv("XIZE_PUBLIC_URL", "https://example.org/")
    with pytest.raises(SettingsError, match="XIZE_WEBHOOK_SECRET"):
        read_settings()


def test_lists_are_separated_by_commas_and_an_empty_variable_is_unset(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XIZE_OPERATORS", "12, 34")
    monkeypatch.setenv("XIZE_TELEGRAM_TOKEN", "")

    settings = read_settings()

    assert settings.operators == (12, 34)
    assert settings.telegram_token is None


def test_a_secret_does_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIZE_TELEGRAM_TOKEN", "123456:abcdefghijklmnop")

    assert "abcdefghijklmnop" not in repr(read_settings())


def test_every_secret_is_known_for_striking_out_and_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIZE_TELEGRAM_TOKEN", "123456:abcdefghijklmnop")
    monkeypatch.setenv("XIZE_API_KEYS", "one:read:key-of-one,key-of-two")
    monkeypatch.setenv("XIZE_DATABASE_URL", "postgresql://xize:of-the-database@host/xize")
    monkeypatch.setenv("XIZE_METRICS_TOKEN", "metrics-token-long")

    known = set(read_settings().secrets)

    assert known >= {"abcdefghijklmnop", "key-of-one", "key-of-two", "of-the-database", "metrics-token-long"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("XIZE_METRICS_TOKEN", "short"),
        ("XIZE_KEEP_JOURNAL", "0"),
        ("XIZE_KEEP_UPDATES", "for ever"),
        ("XIZE_LIMIT_MESSAGES", "0"),
    ],
)
def test_limits_and_times_have_to_make_sense(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=name):
        read_settings()

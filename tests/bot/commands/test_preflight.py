"""``xize preflight``: a list that says what to do, an exit code that a script can go by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.preflight import preflight


@pytest.fixture(autouse=True)
def _empty_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def _run(*arguments: str, **settings: str) -> Result:
    return CliRunner().invoke(preflight, arguments, env=settings)


def test_a_fresh_machine_can_start() -> None:
    done = _run()

    assert done.exit_code == 0
    for check in (
        "settings",
        "database",
        "disk",
        "clock",
        "holidays",
        "fonts",
        "telegram",
        "webhook",
        "sources",
    ):
        assert f" {check} " in done.output


def test_what_is_to_be_done_stands_under_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("", encoding="utf-8")
    done = _run(XIZE_DATABASE_URL=f"sqlite:///{tmp_path / 'folder' / 'x.db'}")

    assert done.exit_code == 1
    assert "✗ database" in done.output
    assert "→ check XIZE_DATABASE_URL" in done.output


def test_a_wrong_setting_is_named_and_nothing_else_is_looked_at() -> None:
    done = _run("--json", XIZE_HTTP_PORT="web")
    found = json.loads(done.output)

    assert done.exit_code == 1
    assert found["ok"] is False
    assert [finding["check"] for finding in found["findings"]] == ["settings"]
    assert "XIZE_HTTP_PORT" in found["findings"][0]["text"]


def test_machines_get_one_object() -> None:
    found = json.loads(_run("--json").output)

    assert found["ok"] is True
    assert {"check", "level", "text", "todo"} == set(found["findings"][0])

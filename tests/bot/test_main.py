"""``python -m bot``: an error is one sentence and an exit code; a traceback reaches nobody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot import __main__ as entry
from bot.cli import cli
from bot.errors import ChannelError, SettingsError
from knowledge.errors import CorpusError
from rules_engine.errors import RulebookError
from storage.errors import StoreUnavailable
from tests.bot.commands.test_serve import surroundings
from tests.waiting import PATIENCE


def _run(*arguments: str, lines: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=lines,
        cwd=folder,
        env=surroundings(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def _exit_code(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> object:
    """What a command that ends so gives to the shell."""

    def failing(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "main", failing)
    with pytest.raises(SystemExit) as stop:
        entry.main()
    return stop.value.code


@pytest.mark.parametrize(
    "error",
    [
        SettingsError("XIZE_X: wrong"),
        ChannelError("the port is taken"),
        CorpusError("a.txt: broken"),
        RulebookError("b.yaml: broken"),
        StoreUnavailable("x.db: unreadable"),
    ],
)
def test_a_known_error_is_one_sentence_and_exit_code_2(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _exit_code(error, monkeypatch) == 2
    assert capsys.readouterr().err == f"xize: {error}\n"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_is_quiet(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _exit_code(error, monkeypatch) == 130
    assert capsys.readouterr().err == ""


def test_an_unexpected_error_is_exit_code_1_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "main", failing)
    with pytest.raises(SystemExit) as stop:
        entry.main()

    assert stop.value.code == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("xize: ")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("fly",), "fly"),
        (("ask",), "QUESTION"),
        (("check", "no-such-goal"), "no-such-goal"),
        (("converse", "--jsonl", "--database", "mysql://x"), "mysql"),
    ],
)
def test_wrong_use_of_the_process_is_named_with_exit_code_2(arguments: tuple[str, ...], named: str) -> None:
    done = _run(*arguments)

    assert done.returncode == 2
    assert done.stdout == ""
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreadable_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    file.write_bytes(b"no database " * 500)
    done = _run("converse", "--jsonl", "--database", f"sqlite:///{file}")

    assert done.returncode == 2
    assert "database" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_version_is_told() -> None:
    done = _run("--version")

    assert done.returncode == 0
    assert "xize" in done.stdout


def test_bad_lines_do_not_end_the_process() -> None:
    good = '{"goal": "consultant-voluntary"}'
    done = _run("check", "--jsonl", lines=f"{{\n{good}\n[]\n{good}\n")

    assert done.returncode == 0
    assert ["error" in line for line in done.stdout.splitlines()] == [True, False, True, False]


def test_a_reader_that_goes_away_is_no_error() -> None:
    line = '{"goal": "consultant-voluntary"}\n' * 200
    shell = f'"{sys.executable}" -m bot check --jsonl | head -n 1'
    done = subprocess.run(
        ["bash", "-c", shell],
        input=line,
        env=surroundings(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""

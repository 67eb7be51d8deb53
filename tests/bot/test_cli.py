"""The command line: every command has its help, and only the one called is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from bot.cli import COMMANDS, cli
from tests.bot.commands.test_serve import surroundings
from tests.waiting import PATIENCE

# What only the channels need; a question in the terminal must not wait for it.
HEAVY = ("telegram", "fastapi", "uvicorn", "starlette", "docx", "pypdf", "icalendar", "psycopg")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_help(name: str) -> None:
    done = CliRunner().invoke(cli, [name, "--help"], catch_exceptions=False)

    assert done.exit_code == 0
    assert "Usage:" in done.output


@pytest.mark.parametrize("name", COMMANDS)
def test_each_subcommand_has_its_help(name: str) -> None:
    command = cli.commands.get(name) or cli.get_command(None, name)  # type: ignore[arg-type]
    for sub in getattr(command, "commands", {}):
        done = CliRunner().invoke(cli, [name, sub, "--help"], catch_exceptions=False)
        assert done.exit_code == 0, sub


def test_help_lists_every_command_with_a_line() -> None:
    done = CliRunner().invoke(cli, ["--help"])

    assert done.exit_code == 0
    for name, (_, _, line) in COMMANDS.items():
        assert name in done.output
        assert line.split()[0] in done.output


def test_an_unknown_command_is_named() -> None:
    done = CliRunner().invoke(cli, ["fly"])

    assert done.exit_code == 2
    assert "fly" in done.output


def _loaded(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        env=surroundings(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    modules = done.stdout.splitlines()[-1].split()
    return {*modules, *(name.partition(".")[0] for name in modules)}


def test_help_loads_no_room() -> None:
    assert not _loaded("import bot.cli") & {*HEAVY, "knowledge", "rules_engine", "storage", "pydantic"}


def test_a_question_loads_nothing_that_only_channels_need() -> None:
    asked = (
        "from click.testing import CliRunner; from bot.cli import cli\n"
        "done = CliRunner().invoke(cli, ['ask', '你好']); assert done.exit_code == 0, done.output"
    )

    assert not _loaded(asked) & set(HEAVY)


def test_lines_for_machines_load_nothing_that_only_channels_need() -> None:
    served = (
        "from click.testing import CliRunner; from bot.cli import cli\n"
        "for name in ('converse', 'check', 'deadlines'):\n"
        "    done = CliRunner().invoke(cli, [name, '--jsonl'], input='{}\\n'); assert done.exit_code == 0"
    )

    assert not _loaded(served) & set(HEAVY)


@pytest.mark.parametrize("words", [["check", "--jsonl"], ["deadlines", "--jsonl"], ["knowledge", "list"]])
def test_a_command_that_never_talks_loads_no_reader_of_messages(words: list[str]) -> None:
    done = (
        "from click.testing import CliRunner; from bot.cli import cli\n"
        f"done = CliRunner().invoke(cli, {words}, input='{{}}\\n'); assert done.exit_code == 0"
    )

    assert not _loaded(done) & {"bot.assistant", "bot.understanding.reader"}

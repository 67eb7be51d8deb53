"""Tables in the documents say what the code says: settings, commands, keys of the machine interface, tables
of the store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import sqlite_utils
from click.testing import CliRunner

from bot.cli import COMMANDS
from bot.cli import cli as whole
from bot.menu import COMMANDS as MENU
from bot.menu import commands_for
from bot.messages import Audience, Language
from bot.settings import PREFIX, Settings
from storage.sqlite.schema import migrate
from tests.docs import pages

ENGLISH, CHINESE = pages.read("README.md"), pages.read("README.zh-CN.md")
OPERATORS, MACHINE = pages.read("docs/operators.md"), pages.read("docs/machine-interface.md")
NOW = "2026-11-23T09:00:00+08:00"


# --- settings ----------------------------------------------------------------------------------


def _fields(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Each setting of a table as its field, with the cell that gives its default."""
    for names, default, *_ in rows:
        for name in pages.code(names):
            yield name.removeprefix(PREFIX).lower(), default


@pytest.mark.parametrize(("page", "heading"), [(ENGLISH, "Settings"), (CHINESE, "设置")])
def test_every_setting_stands_once_with_its_default(page: str, heading: str) -> None:
    rows = [
        *_fields(pages.table(page, heading)),
        *_fields(pages.table(OPERATORS, "Settings of operation")),
    ]

    assert sorted(name for name, _ in rows) == sorted(Settings.model_fields)
    for name, cell in rows:
        assert _says(cell, Settings.model_fields[name].default), f"{name}: {cell}"


def _says(cell: str, default: object) -> bool:
    if isinstance(default, tuple) and default:
        return all(_says(cell, one) for one in default)
    if default in (None, ()):
        return bool(re.match("none|无|the built-in one", cell))
    return str(default) in re.findall(r"[\w./:-]+", cell)


# --- commands ----------------------------------------------------------------------------------


def test_every_command_of_the_command_line_is_in_the_tables() -> None:
    in_english = {pages.code(row[0])[0]: row[1] for row in pages.table(ENGLISH, "On the command line")}
    in_chinese = [pages.code(row[0])[0] for row in pages.table(CHINESE, "命令行")]

    assert in_english == {f"xize {name}": line for name, (_, _, line) in COMMANDS.items()}
    assert in_chinese == list(in_english)


@pytest.mark.parametrize(
    ("page", "heading", "language"),
    [(ENGLISH, "Commands", "en"), (CHINESE, "菜单命令", "zh-Hans")],
)
def test_the_table_of_chat_commands_is_the_menu(page: str, heading: str, language: Language) -> None:
    rows = [(pages.code(name)[0], line) for name, _, line in pages.table(page, heading)]

    assert rows == [(f"/{command.name}", command.description(language)) for command in MENU]


@pytest.mark.parametrize(
    ("page", "heading", "audiences"),
    [
        (ENGLISH, "Commands", ("everyone", "people", "operators")),
        (CHINESE, "菜单命令", ("所有人", "个人", "运营人员")),
    ],
)
def test_the_table_of_chat_commands_says_whose_they_are(
    page: str, heading: str, audiences: tuple[str, str, str]
) -> None:
    words = dict(zip((Audience.EVERYONE, Audience.PRIVATE, Audience.OPERATORS), audiences, strict=True))

    assert [row[1] for row in pages.table(page, heading)] == [words[command.audience] for command in MENU]


def test_contacts_read_of_the_commands_that_they_have() -> None:
    rows = [(pages.code(name)[0], line) for name, line in pages.table(pages.read("docs/contacts.md"), "命令")]

    assert rows == [(f"/{one.name}", one.description("zh-Hans")) for one in commands_for(Audience.PRIVATE)]


# --- the machine interface ---------------------------------------------------------------------


def _asked(command: str, **line: object) -> Mapping[str, Any]:
    done = CliRunner().invoke(whole, [command, "--jsonl"], input=json.dumps(line), catch_exceptions=False)
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def _keys(heading: str) -> list[str]:
    return [key for row in pages.table(MACHINE, heading) for key in pages.code(row[0])]


def test_every_key_of_a_reply_is_told() -> None:
    reply = _asked("converse", chat="c", now=NOW, text="请咨询机构做自愿审核，3个审核师")

    assert _keys("What converse gives") == list(reply)
    assert set(reply["check"]) == set(_keys("What check gives"))


def test_every_key_of_a_check_is_told() -> None:
    check = _asked("check", goal="consultant-voluntary", facts={"trained_auditors": 3})
    rows = {pages.code(row[0])[0]: row[1] for row in pages.table(MACHINE, "What check gives")}

    assert list(rows) == list(check)
    assert set(check["requirements"][0]) <= set(pages.code(rows["requirements"]))
    assert set(pages.code(rows["rulebook"])) == set(check["rulebook"])


def test_every_key_of_deadlines_is_told() -> None:
    answer = _asked("deadlines", events={"list_published": "2026-01-31"}, today="2026-02-10", industry="水泥")

    assert set(_keys("What deadlines gives")) == set(answer)
    assert set(_keys("One deadline")) == set(answer["deadlines"][0])
    assert set(answer["deadlines"][0]["reminders"][0]) == {"lead", "on", "skipped"}


@pytest.mark.parametrize("command", ["converse", "check", "deadlines"])
def test_every_key_that_is_told_is_taken_and_no_other(command: str) -> None:
    told = _keys(f"What {command} takes")
    lines = dict.fromkeys(told) | {"no such key": 1}

    refused = _asked(command, **lines)["error"]

    assert refused == {"code": "unknown_key", "message": "unknown key: no such key"}


def test_every_error_that_is_told_is_given_somewhere() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (pages.HOUSE / "bot").rglob("*.py"))

    for code in _keys("Errors"):
        assert f'"{code}"' in source, code


# --- the store ---------------------------------------------------------------------------------


def test_every_table_of_the_store_is_told_with_its_columns() -> None:
    page = pages.read("docs/data-model.md")
    told = {
        pages.code(row[0])[0]: set(pages.code(row[1]))
        for heading in ("Talks", "Deadlines and reminders", "Lists", "The house")
        for row in pages.table(page, heading)
    }
    store = sqlite_utils.Database(memory=True)
    migrate(store)
    names = {name for name in store.table_names() if not name.startswith(("_", "sqlite_"))}

    assert told == {
        name: {row[1] for row in store.execute(f"pragma table_xinfo('{name}')")} for name in names
    }
    store.close()


# --- make --------------------------------------------------------------------------------------


def test_every_make_target_that_is_told_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", pages.read("Makefile"), re.MULTILINE))

    for page in pages.documents():
        named = set(re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8")))
        assert named <= targets, pages.name_of(page)

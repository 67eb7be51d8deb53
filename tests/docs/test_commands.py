"""Every command in the documents is tried, in the order in which a reader types it."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import click
import pytest
import yaml

from bot.cli import cli
from tests.docs import pages
from tests.docs.bench import Bench
from tests.docs.kinds import Kind, kind_of

SAME = {"README.zh-CN.md": "README.md"}  # the same commands in another language: tried once
CHANGING = {"docs/adding-a-regulation.md"}  # their commands change the rooms, so they get a copy
PAGES = [
    page
    for page in pages.documents()
    if pages.commands(page.read_text(encoding="utf-8")) and pages.name_of(page) not in SAME
]
MAKEFILE = pages.read("Makefile")
COMPOSE = yaml.safe_load(pages.read("compose.yaml"))


def test_the_documents_hold_commands() -> None:
    names = {pages.name_of(page) for page in PAGES}

    assert {*SAME.values(), *CHANGING} <= names


def test_a_translated_page_has_the_same_commands() -> None:
    def bare(name: str) -> list[str]:
        blocks = pages.commands(pages.read(name))
        return [re.sub(r"\s+# .*", "", line) for block in blocks for line in block.lines]

    for name, original in SAME.items():
        assert bare(name) == bare(original)


@pytest.mark.parametrize("page", PAGES, ids=pages.name_of)
def test_every_command_of_a_page_does_what_the_page_says(page: Path, tmp_path: Path) -> None:
    bench = Bench(tmp_path, copy=pages.name_of(page) in CHANGING)
    for block in pages.commands(page.read_text(encoding="utf-8")):
        printed = "".join(_tried(bench, command) for command in block.lines)
        for line in block.printed:
            assert line in printed, f"{block.lines} do not print it"


def _tried(bench: Bench, command: str) -> str:
    kind = kind_of(command)
    if kind is Kind.RUN:
        return bench.run(command)
    if kind is Kind.SERVE:
        assert bench.serve(command) == 200, command
    elif kind is Kind.XIZE_HELD:
        _read_options(command)
    elif kind is Kind.MAKE:
        for target in re.findall(r"make ([a-z]+)", command):
            assert re.search(rf"^{target}:.*## ", MAKEFILE, re.MULTILINE), command
    elif kind is Kind.COMPOSE:
        _in_compose(command)
    elif kind in (Kind.MACHINE, Kind.LITESTREAM):
        for name in re.findall(r"(?<![/\w])(?:deploy/[\w./-]+|requirements[\w.-]*\.txt)", command):
            assert (pages.HOUSE / name).is_file(), command
        _module_exists(command)
    else:
        assert "http://127.0.0.1:8080/api/v1" in command, command
    return ""


def _read_options(command: str) -> None:
    """Let click read the arguments, down to the command meant, without carrying it out."""
    words = shlex.split(command, comments=True)
    words = words[next(place for place, word in enumerate(words) if word.endswith("xize")) + 1 :]
    group: click.Command = cli
    context = click.Context(cli, info_name="xize")
    while isinstance(group, click.Group) and words:
        _, found, words = group.resolve_command(context, words)
        assert found is not None
        group, context = found, click.Context(found, parent=context)
    group.make_context(group.name, words)


def _in_compose(command: str) -> None:
    words = shlex.split(command, comments=True)
    profiles = {name for service in COMPOSE["services"].values() for name in service.get("profiles", ())}
    for option, value in pairwise(words):
        if option == "--profile":
            assert value in profiles
    assert set(words) & set(COMPOSE["services"]), command
    inside = command.partition(" exec -T xize ")[2]
    if inside.startswith("xize "):
        _read_options(inside)
    for place in re.findall(r"/srv/[\w/]+", command):
        assert place.startswith("/srv/data/"), "nothing else is kept"


def _module_exists(command: str) -> None:
    for module in re.findall(r"-m ((?:benchmarks|tests)[\w.]*)", command):
        path = pages.HOUSE / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), command


def test_a_command_of_no_known_kind_is_refused() -> None:
    with pytest.raises(LookupError):
        kind_of("rm -rf data")

"""Each figure of the README stands beside a command that is there, and both READMEs give the same figures."""

from __future__ import annotations

import re

from click.testing import CliRunner

from bot.cli import COMMANDS, cli
from tests.docs import pages

ENGLISH = pages.table(pages.read("README.md"), "Numbers")
CHINESE = pages.table(pages.read("README.zh-CN.md"), "数字")


def _figures(cell: str) -> list[str]:
    return sorted(re.findall(r"\d+", cell))


def test_both_readmes_give_the_same_figures_by_the_same_commands() -> None:
    assert [pages.code(row[2]) for row in ENGLISH] == [pages.code(row[2]) for row in CHINESE]
    for english, chinese in zip(ENGLISH, CHINESE, strict=True):
        assert _figures(english[1]) == _figures(chinese[1]), english


def test_every_figure_has_a_command_that_is_there() -> None:
    makefile = pages.read("Makefile")
    for *_, cell in ENGLISH:
        for command in pages.code(cell):
            program, first, *rest = command.split()
            if program == "make":
                assert re.search(rf"^{first}:", makefile, re.MULTILINE), command
            elif program == "xize":
                assert first in COMMANDS, command
            else:
                module = pages.HOUSE / rest[0].replace(".", "/")
                assert module.with_suffix(".py").is_file() or (module / "__main__.py").is_file(), command


def test_figures_that_a_command_prints_at_once_are_what_it_prints() -> None:
    """The slow ones are measured by hand."""
    for _, figure, cell in ENGLISH:
        (command, *_) = pages.code(cell)
        if command.startswith("xize "):
            printed = CliRunner().invoke(cli, command.split()[1:], catch_exceptions=False).stdout
            assert set(_figures(figure)) <= set(_figures(printed)), f"{command}: {printed}"

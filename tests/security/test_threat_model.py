"""SECURITY.md and its tests say the same: each line names tests that exist, each test stands in a line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
MODEL = HERE.parents[1] / "SECURITY.md"
HOLDING = ("test_outsider.py", "test_contact.py", "test_operator.py", "test_files.py")


def _lines() -> list[list[str]]:
    rows = [
        line.split("|") for line in MODEL.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    return [re.findall(r"`(test_\w+)`", cells[-2]) for cells in rows if cells[-2].strip() != "held by"]


def _tests() -> list[str]:
    return [
        node.name
        for name in HOLDING
        for node in ast.parse((HERE / name).read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]


def test_every_line_is_held_by_a_test() -> None:
    assert len(_lines()) > 30
    assert all(_lines())


def test_every_test_that_a_line_names_exists() -> None:
    named = {name for names in _lines() for name in names}

    assert named - set(_tests()) == set()


def test_every_test_here_stands_in_a_line() -> None:
    named = {name for names in _lines() for name in names}

    assert set(_tests()) - named == set()

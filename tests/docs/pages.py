"""The documents of the project as data: their fenced blocks, tables and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[2]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PRINTED = re.compile(r"\s*^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEREDOC = re.compile(r"<<-?'?(\w+)'?")


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of one ``sh`` block and what a ``text`` block right behind it says that they print."""

    lines: tuple[str, ...]
    printed: tuple[str, ...]


def documents() -> list[Path]:
    """Every document: those of the top folder, docs/ and beneath."""
    return sorted((*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md")))


def name_of(page: Path) -> str:
    """A document's path from the top folder, for test ids."""
    return page.relative_to(HOUSE).as_posix()


def read(name: str) -> str:
    """A document by its path from the top folder."""
    return (HOUSE / name).read_text(encoding="utf-8")


def commands(text: str) -> list[Commands]:
    """The ``sh`` blocks of a document, each with the output that the document promises."""
    fences = [found for found in _FENCE.finditer(text) if found[1] == "sh"]
    return [Commands(tuple(_lines(found[2])), _printed(text, found.end())) for found in fences]


def _printed(text: str, place: int) -> tuple[str, ...]:
    promised = _PRINTED.match(text, place)
    return tuple(promised[1].splitlines()) if promised else ()


def _lines(text: str) -> Iterator[str]:
    """Whole commands: continued lines are joined, a here-document stays with its command."""
    waiting: list[str] = []
    end = ""
    for line in text.splitlines():
        waiting.append(line)
        if end:
            end = "" if line == end else end
        elif opened := _HEREDOC.search(line):
            end = opened[1]
        if not end and not line.endswith("\\"):
            whole, waiting = "\n".join(waiting), []
            if whole.strip() and not whole.lstrip().startswith("#"):
                yield whole
    assert not waiting, f"a command that does not end: {waiting}"


def links(text: str) -> list[str]:
    """The targets of all links and pictures outside fenced blocks."""
    return _LINK.findall(_FENCE.sub("", text))


def anchors(text: str) -> set[str]:
    """The headings of a document as addresses, as the usual renderers make them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def table(text: str, heading: str) -> list[list[str]]:
    """The rows, without the head, of the first table under a heading; cells as written."""
    part = re.split(rf"^#+ {re.escape(heading)}$", text, maxsplit=1, flags=re.MULTILINE)
    assert len(part) == 2, f"no heading {heading!r}"
    rows: list[list[str]] = []
    for line in part[1].splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
        elif rows:
            break
    assert len(rows) > 2, f"no table under {heading!r}"
    return rows[2:]


def code(cell: str) -> list[str]:
    """What stands in backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)

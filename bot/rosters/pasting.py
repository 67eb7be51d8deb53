"""A roster pasted into a message, as cells copied from a spreadsheet come: taken out of the words around it
and read like a file that was dropped."""

from __future__ import annotations

from bot.lists.files import Row
from bot.rosters.columns import NAME, find_header

_SEPARATORS = ("\t", "|", ",")
_RULE = "|-: \t"  # what the line under a table's header is made of
_LEAST_CELLS = 3
_LEAST_ROWS = 2
_LONGEST_CELL = 40  # characters: longer ones are sentences
_WORTH = 4  # the name and one more column surely recognised


def split(text: str) -> tuple[str, str] | None:
    """The words around a pasted roster, and its lines as a separated table; None where there is none."""
    lines = [line for line in text.splitlines() if line.strip(_RULE)]
    for separator in _SEPARATORS:
        cells = [_cells(line, separator) for line in lines]
        table = [row for row in cells if row]
        if len(table) >= _LEAST_ROWS and _is_roster(table):
            words = "\n".join(line for line, row in zip(lines, cells, strict=True) if not row)
            return words, "\n".join("\t".join(row) for row in table)
    return None


def is_table(text: str) -> bool:
    """Whether cells copied from a spreadsheet stand in the text, of whatever kind."""
    return sum(bool(_cells(line, _SEPARATORS[0])) for line in text.splitlines()) >= _LEAST_ROWS


def _cells(line: str, separator: str) -> tuple[str, ...]:
    """The cells of a line of a table; none where it is a line of words."""
    inner = line.strip().removeprefix("|").removesuffix("|") if separator == "|" else line
    cells = tuple(cell.strip(' "') for cell in inner.split(separator))
    is_row = len(cells) >= _LEAST_CELLS and max(map(len, cells)) <= _LONGEST_CELL
    return cells if is_row else ()


def _is_roster(table: list[tuple[str, ...]]) -> bool:
    rows: list[Row] = list(enumerate(table, start=1))
    header = find_header(rows)
    return NAME in header.columns and header.worth >= _WORTH and header.place + 1 < len(rows)

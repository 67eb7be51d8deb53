"""Where quotations run over several lines: an amendment quotes articles that are not its own."""

from __future__ import annotations

from collections.abc import Sequence

_OPENING = "“「『"
_CLOSING = "”」』"
_LONGEST = 120  # lines; a quotation that seems longer is a missing quotation mark


def opens_quotation(text: str) -> bool:
    """Whether ``text`` starts inside quotation marks, so that its label is not one of this text."""
    return text[:1] in _OPENING or text[:1] in ('"', "＂")


class Quotations:
    """The ends of quotations over the lines of one text. Looking one up takes constant time."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._ends = _closing_lines(lines)

    def end(self, index: int, content: str) -> int | None:
        """The line where the quotation that ``content``, of line ``index``, leaves open is closed.

        None where none is left open, or where it is not closed within a reasonable length.
        """
        if not _leaves_open(content) or index + 1 >= len(self._ends):
            return None
        end = self._ends[index + 1]
        return end if end is not None and end - index <= _LONGEST else None


def _leaves_open(content: str) -> bool:
    """Whether a quotation starts ``content``, or follows a colon in it, and does not end there."""
    depth, opened_at = 0, -1
    straight = content.count('"') % 2
    for position, sign in enumerate(content):
        if sign in _OPENING:
            if depth == 0:
                opened_at = position
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
    if depth == 0:
        return bool(straight) and content.startswith('"')
    return opened_at == 0 or content[opened_at - 1] in "：:"


def _closing_lines(lines: Sequence[str]) -> list[int | None]:
    """For each line the next one, itself included, that ends a quotation opened before it."""
    ends: list[int | None] = [None] * len(lines)
    following: int | None = None
    for index in range(len(lines) - 1, -1, -1):
        if _closes(lines[index]):
            following = index
        ends[index] = following
    return ends


def _closes(line: str) -> bool:
    opened = sum(line.count(sign) for sign in _OPENING)
    closed = sum(line.count(sign) for sign in _CLOSING)
    end = line.rstrip("。；;.")[-1:]
    if closed > opened or (end == '"' and line.count('"') % 2):
        return True
    # Each paragraph of a long quotation may open again; only its last one closes.
    return opens_quotation(line) and opened == closed and end in (*_CLOSING, '"')

"""What a printed page adds to a text: its number, and the head that it repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from knowledge.parsing.labels import ends_sentence, is_label
from knowledge.parsing.lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}|第\s*\d{1,4}\s*页(?:\s*[/／，,]?\s*共\s*\d{1,4}\s*页)?"
)


_BARE = re.compile(r"\d{1,3}")
_LEAST_PAGE = 5  # lines; numbers that stand closer count rows


def without_furniture(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines without page numbers and the heads beside them, and what was left out.

    A head goes only where it was printed before: what stands once is never left out.
    """
    pages = {index for index, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text)}
    pages |= _bare_numbers(lines)
    if not pages:
        return list(lines), ()
    times = Counter(line.text for line in lines)
    seen: set[str] = set()
    kept: list[Line] = []
    left_out: list[str] = []
    for index, line in enumerate(lines):
        beside = index - 1 in pages or index + 1 in pages
        head = beside and times[line.text] > 1 and not is_label(line.text) and not ends_sentence(line.text)
        if index in pages or (head and line.text in seen):
            left_out.append(line.text)
        else:
            kept.append(line)
            seen.add(line.text)
    return kept, tuple(left_out)


def _bare_numbers(lines: Sequence[Line]) -> set[int]:
    """The lines that are numbers alone, where all of them count on by one and stand apart as pages do."""
    places = [index for index, line in enumerate(lines) if _BARE.fullmatch(line.text)]
    numbers = [int(lines[index].text) for index in places]
    counting = all(later == earlier + 1 for earlier, later in pairwise(numbers))
    apart = all(later - earlier >= _LEAST_PAGE for earlier, later in pairwise(places))
    return set(places) if len(places) > 1 and counting and apart else set()

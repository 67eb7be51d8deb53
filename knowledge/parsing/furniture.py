"""What a printed page adds to a text: its number, and the head that it repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.parsing.labels import ends_sentence, is_label
from knowledge.parsing.lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}|第\s*\d{1,4}\s*页(?:\s*[/／，,]?\s*共\s*\d{1,4}\s*页)?"
)


def without_furniture(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines without page numbers and the heads beside them, and what was left out.

    A head goes only where it was printed before: what stands once is never left out.
    """
    pages = {index for index, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text)}
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

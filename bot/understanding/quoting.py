"""Which clauses only repeat words: in quotation marks, behind 招聘启事:, in what is to be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.lexicon import Lexicon
from knowledge.finding import Finder

_QUOTED: Final = re.compile(
    r"[“\"「『](?P<said>[^“”\"「」『』\n]{6,})[”\"」』]|(?<![\w'])'(?P<said2>[^'\n]{6,}(?:'\w[^'\n]*)*)'(?!\w)"
    r"|(?:^|(?<=\n)) ?>(?P<said3>[^\n]{6,})"
)  # shorter ones are names and terms
_LINE: Final = "\n"
_SENTENCE_END: Final = re.compile("[。!?\n]")
_NEAR: Final = 12  # characters before a quotation, that say who wrote it


class Quotes:
    """Knows what a message repeats. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["recited"]
        self._lead, self._whole = Finder(table["lead"]), Finder(table["whole"])
        self._cited = Finder(table["cited"])
        self._printed = re.compile(table["printed"])

    def marked(self, text: str, clauses: Sequence[Clause]) -> Iterator[Clause]:
        """Words of the law or of others stand in quotation marks; a message that is all one quotation is
        said. What is recited tells nothing, whoever 我们 is in it."""
        spans = [match.span() for match in _QUOTED.finditer(text) if len(match[0]) < len(text.strip(" 。.!"))]
        recited = list(self._recited(text))
        recited += [span for span in spans if self._printed.search(text[max(span[0] - _NEAR, 0) : span[0]])]
        for clause in clauses:
            first, last = (clause.tokens[at].start if clause.tokens else 0 for at in (0, -1))
            inside = _within(first, spans) and not clause.has("self")
            yield replace(clause, quoted=True) if inside or _within(last, recited) else clause

    def _recited(self, text: str) -> Iterator[tuple[int, int]]:
        if next(iter(self._whole.spans(text)), None) is not None:
            yield 0, len(text)
        for _, end in self._lead.spans(text):
            stop = text.find(_LINE, end)  # in a line of its own the lead is of all lines behind it
            yield end, len(text) if stop <= end else stop
        for _, end in self._cited.spans(text):
            ended = _SENTENCE_END.search(text, end)
            yield end, ended.end() if ended else len(text)


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)

"""What the readers of counts share while a message is read: the sums, and what waits for its number."""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.changes import Changes
from bot.understanding.clause import Clause
from bot.understanding.contrast import Contrast
from bot.understanding.demotions import Demotions
from bot.understanding.exams import Exams
from bot.understanding.leaving_out import LeavingOut
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.model import ReadingContext
from bot.understanding.named import Names
from bot.understanding.numbers import Quantity
from bot.understanding.shares import Shares
from bot.understanding.tally import Tally

NONE: Final = Quantity(0, 0)


class Counting:
    """The counts of one message as they come; make one for each."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger, context: ReadingContext, route: str | None) -> None:
        self.ledger = ledger
        self.tally = Tally(lexicon, ledger, context, route)
        self.shares = Shares(self.tally, ledger, context.facts)
        self.changes = Changes(self.tally, ledger)
        self.demotions = Demotions(self.tally, ledger, context)
        claims = lexicon.tables["claim"].items()
        self.marks = {value: str(entry["counts"]) for value, entry in claims if "counts" in entry}
        self.marked = [
            (re.compile(entry["marked"]), str(entry["counts"])) for _, entry in claims if "marked" in entry
        ]
        self.held_by = _held_by(lexicon)
        self.holders = re.compile("|".join(form.pattern for form in self.held_by.values()) or "(?!)")
        self.contrast = Contrast(self.tally)
        self.leaving_out = LeavingOut(lexicon, self.tally)
        self.full = re.compile(lexicon.tables["full_time"]["form"])
        self.duration_before = False  # the clause before told for how long
        self.exams = Exams(lexicon, self.tally)
        self.trained = re.compile(lexicon.tables["trained_behind"]["said"])
        counted = lexicon.tables["kind"]["count"]
        self.asked = next((name for name in context.asked if name in counted), None)
        told = [name for name in context.last_facts if name in counted]
        self.latest = told[0] if len(told) == len(context.last_facts) == 1 else None
        self.timed = self._timed_before(context)  # a noun for which time counts: 社保
        self.open: Token | None = None  # a noun that waits for its number
        self.resolving = re.compile(lexicon.tables["resolved"]["form"])
        self.good = re.compile(lexicon.tables["counting_ones"]["form"])
        self.arriving = re.compile(lexicon.tables["arriving"]["form"])
        self.sole = re.compile(lexicon.tables["sole"]["form"])
        self.gained = re.compile(lexicon.tables["gained"]["form"])
        self.names = Names.of(lexicon)
        self.attribute = re.compile(lexicon.tables["attribute"]["form"])
        self.remaining = re.compile(lexicon.tables["remaining"]["form"])
        self.excepting = re.compile(lexicon.tables["except"]["form"])
        self.alone = re.compile(lexicon.tables["except"]["alone"])
        self.left = False  # the number told last is of those that remain: 只剩2个，走了1个
        self.parted = False  # some were taken off, or came, since a number was told
        self.by_name = False  # the number told last is of a colleague by name
        self.staffed = False  # the message names some of the people that are counted
        self.bare: list[tuple[Clause, Quantity]] = []  # numbers whose noun is not in the message

    def waits_for(self, mark: Token) -> bool:
        """Whether the noun that waits for its number, or the question before, is of those a mark is about."""
        return str(mark.value) == (str(self.open.value) if self.open is not None else self.asked)

    def _timed_before(self, context: ReadingContext) -> Token | None:
        """满一年的有4个, when the talk was of insurance."""
        spoken = (*context.asked[:1], *context.last_facts)
        nouns = (Token("noun", name, 0, 0, "") for name in spoken)
        return next((noun for noun in nouns if self.tally.timed(noun)), None)


def _held_by(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """How the holders of a certificate are named behind it, by its noun."""
    nouns = lexicon.tables["noun"].items()
    forms = {
        name: entry["held_by"] for name, entry in nouns if isinstance(entry, dict) and "held_by" in entry
    }
    return {name: re.compile(form) for name, form in forms.items()}

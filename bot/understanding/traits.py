"""Facts that are so or not, in whatever words: a matter, and words that say or deny it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadingContext

_LEFT_OPEN: Final = frozenset(
    {"ask", "tail", "unknown", "former", "hypothetical", "rule", "reference", "plan", "wish", "other"}
)
_OTHER_MATTER: Final = frozenset({"event", "other_event", "history", "person", "choice", "lack", "score"})
_BEGINS_ANEW: Final = "。!?;\n"
_ALWAYS: Final = ""
_NEVER: Final = "(?!)"


@dataclass(frozen=True, slots=True)
class Trait:
    """How one fact is spoken of: see the head of traits.toml."""

    fact: str
    about: re.Pattern[str]
    said: re.Pattern[str]
    yes: re.Pattern[str]
    no: re.Pattern[str]
    unless: re.Pattern[str]
    of_all: bool
    not_in: str

    @classmethod
    def of(cls, fact: str, table: Mapping[str, Any]) -> Trait:
        """The trait as its table words it; what may be left out is always, or never, there."""
        left_out = {"said": _ALWAYS, "unless": _NEVER}
        forms = {
            key: re.compile(table.get(key, left_out.get(key)))
            for key in ("about", "said", "yes", "no", "unless")
        }
        return cls(fact, **forms, of_all=table.get("all", False), not_in=table.get("not_in", "\0"))


@dataclass(frozen=True, slots=True)
class Traits:
    """All traits, and the words that explain themselves. Built once."""

    each: tuple[Trait, ...]
    any_matter: re.Pattern[str]
    plain: re.Pattern[str]
    most: int  # signs of a clause that may stay unexplained

    @classmethod
    def of(cls, lexicon: Lexicon) -> Traits:
        """Compile the lexicon's traits."""
        tables, words = lexicon.tables["trait"], lexicon.tables["trait_words"]
        matters = "|".join(f"(?:{table['about']})" for table in tables.values())
        each = tuple(Trait.of(fact, table) for fact, table in tables.items())
        return cls(each, re.compile(matters), re.compile(words["plain"]), words["most"])


class TraitReader:
    """Reads what the finer readers left untold; make one for each message."""

    def __init__(self, traits: Traits, ledger: Ledger, context: ReadingContext) -> None:
        self._traits = traits
        self._goal = str(context.goal or "")
        self._year = context.now.year
        self._ledger = ledger
        self._named: list[Trait] = []  # spoken of in the clause before, which says nothing of them

    def read(self, clause: Clause) -> None:
        """Take what the next clause says of a matter that it, or the one before it, names."""
        before, self._named = self._named, []
        if any(sign in clause.before for sign in _BEGINS_ANEW):
            before = []
        here: Sequence[Trait] = ()
        if self._traits.any_matter.search(clause.text):
            here = [trait for trait in self._traits.each if trait.about.search(clause.text)]
        if not (here or before) or clause.mood != "tell" or clause.questioned or clause.has(*_LEFT_OPEN):
            return
        for trait in here or before:
            if trait.fact in self._ledger.facts or trait.unless.search(clause.text):
                continue
            if self._goal.startswith(trait.not_in):
                continue
            said = self._says(trait, clause)
            if said is False and clause.dated_before(self._year):
                continue  # how it was is not how it is
            if said is not None:
                self._ledger.state(clause, trait.fact, said)
            elif here:
                self._named.append(trait)

    def _says(self, trait: Trait, clause: Clause) -> bool | None:
        """Whether the clause says that it is so, or that it is not; None where that stays open."""
        rest = trait.about.sub(lambda named: " " * len(named[0]), clause.text)
        denied = trait.no.search(rest) is not None
        if not trait.said.search(rest) or not (denied or trait.yes.search(rest)):
            return None
        if trait.of_all and clause.has("count") and (denied or not clause.has("all")):
            return None  # 有两个没经验 says nothing of all
        if self._unexplained(trait, clause) > self._traits.most:
            return None
        return not denied

    def _unexplained(self, trait: Trait, clause: Clause) -> int:
        """Signs of the clause that neither the trait nor a lexicon knows; all, where it tells of something
        else as well, of which the denial may be."""
        known = bytearray(len(clause.text))
        for form in (trait.about, trait.said, trait.yes, trait.no):
            for match in form.finditer(clause.text):
                known[match.start() : match.end()] = b"1" * (match.end() - match.start())
        first = clause.tokens[0].start
        if any(not any(known[t.start - first : t.end - first]) for t in clause.of(*_OTHER_MATTER)):
            return len(clause.text)
        for match in self._traits.plain.finditer(clause.text):
            known[match.start() : match.end()] = b"1" * (match.end() - match.start())
        return sum(
            sign.isalnum() and not known[token.start - first + at]
            for token in clause.of("gap")
            for at, sign in enumerate(token.text)
            if token.start - first + at < len(known)
        )

"""Days that the authority's own notice sets: 通知要求12月20日前完成注册. They are no day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from bot.understanding.clause import Clause, asks
from bot.understanding.dates import settle
from bot.understanding.lexicon import DIRECTORY, Lexicon, Token
from bot.understanding.model import Noticed
from knowledge.kept import read_table

SET = "noticed"  # the role of a day that a notice sets


def deadlines_in(words: str) -> tuple[str, ...]:
    """All the deadlines that words speak of, by id."""
    return tuple(name for name, form in _forms().items() if form.search(words))


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    table = read_table(DIRECTORY / "intents.toml")
    return {name: re.compile(form) for name, form in table["deadline"].items()}


class NoticeReader:
    """Finds the days that a notice sets. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["notice"]
        self._source = re.compile(table["source"])
        self._before = re.compile(f"(?:{table['before']})$")
        self._after = re.compile(table["after"])
        self._granted, self._until = (
            re.compile(lexicon.tables["extended"][key]) for key in ("granted", "until")
        )
        self._extends: str = lexicon.tables["extended"]["deadline"]
        self._deadlines = {name: re.compile(form) for name, form in lexicon.tables["deadline"].items()}

    def read(self, clauses: Sequence[Clause], today: date) -> tuple[list[Clause], tuple[Noticed, ...]]:
        """The clauses, in which such days are nothing else any more, and the days."""
        found: list[Noticed] = []
        left: list[Clause] = []
        spoken = granted = False
        for clause in clauses:
            spoken = spoken or self._source.search(clause.text) is not None
            granted = granted or self._granted.search(clause.text) is not None
            more = [token for token in clause.of("date") if granted and self._extended(clause, token)]
            if more and clause.mood in ("tell", "rule", "plan") and not _questioned(clause):
                found += self._noticed(clause, more, today, self._extends)
                clause = _set_apart(clause, more)
            days = [token for token in clause.of("date") if self._limits(clause, token)]
            if spoken and days and clause.mood in ("tell", "rule") and not _questioned(clause):
                found += self._noticed(clause, days, today)
                clause = _set_apart(clause, days)
            left.append(clause)
        return left, tuple(found)

    def deadline(self, words: str) -> str | None:
        """Which deadline is spoken of."""
        return next((name for name, form in self._deadlines.items() if form.search(words)), None)

    def spoken_of(self, clauses: Sequence[Clause], words: str) -> str | None:
        """Which deadline a message is about: 注册马上弄，启动是哪天前 asks about the start."""
        asking = (self.deadline(clause.text.lower()) for clause in clauses if asks(clause))
        return next(filter(None, asking), None) or self.deadline(words)

    def _limits(self, clause: Clause, day: Token) -> bool:
        """Whether the words right beside a day make it the last one."""
        start = day.start - clause.tokens[0].start
        ahead, behind = clause.text[:start], clause.text[start + len(day.text) :]
        return self._before.search(ahead) is not None or self._after.match(behind) is not None

    def _extended(self, clause: Clause, day: Token) -> bool:
        """Whether a day is the one until which more time is granted: 局里批了,延到1月31日."""
        return self._until.search(clause.text[: day.start - clause.tokens[0].start]) is not None

    def _noticed(
        self, clause: Clause, days: Sequence[Token], today: date, otherwise: str | None = None
    ) -> Iterator[Noticed]:
        for token in days:
            settled = settle(token.value, today, "nearest")
            if settled.last is not None and not settled.fault:
                confirm = "year" if settled.assumed else None
                yield Noticed(
                    self.deadline(clause.text) or otherwise, settled.last.isoformat(), clause.text, confirm
                )


def _questioned(clause: Clause) -> bool:
    """Asked or supposed itself; 截止日 and 最晚 only name what the day is."""
    asked = any(token.value != "what" for token in clause.of("ask"))
    return asked or "?" in clause.after or clause.has("tail", "hypothetical")


def _set_apart(clause: Clause, days: Sequence[Token]) -> Clause:
    tokens = tuple(replace(token, role=SET) if token in days else token for token in clause.tokens)
    return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))

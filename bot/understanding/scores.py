"""Points of an acceptance: 82分, 得分 82, 验收88.5."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Token
from knowledge.numerals import to_int

SCORE: Final = "acceptance_score"
_FULL: Final = 100
_ENDS: Final = "。!?;\n"
_SIGN: Final = "[一二三四五六七八九]"
_RUN_ON: Final = re.compile(f"(?:{_SIGN}?十{_SIGN}|{_SIGN}十)(?:点[零一二三四五六七八九])?(?![分足点])")
_ACCEPTANCES: Final = ("acceptance", "acceptance_on")
_JUDGED: Final = (*_ACCEPTANCES, "acceptance_failed_on")
_LIGHT: Final = frozenset({"soft", "have", "only", "self", "municipal", "event", "scoring", "count"})
_NO_MATTER: Final = ("soft", "scoring", "have", "only")
_ELSE: Final = ("noun", "other_event")
_JUDGING: Final = (
    "验收",
    "评审",
    "复审",
    "年检",
    "考试",
    "培训",
    "培训班",
    "过了",
    "通过了",
    "评上了",
    "认定了",
    "拿下了",
)


class ScoreReader:
    """Reads the points of one message; make one for each."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._named = False  # points were spoken of, and not told: 分数不高，81
        self._else = False  # the sentence is of what else has points
        self._last: list[Token] = []  # what happened in the clause before

    def read(self, clause: Clause) -> None:
        """Take the points that the next clause states."""
        self._else = self._judged_else_before(clause)
        denied = _denied(clause)
        if denied and clause.mood == "tell":
            self._ledger.correcting = True
        for token in clause.of("score"):
            if not (self._else or token in denied or _of_something_else(clause, token)):
                self._points(clause, token)
        if not clause.has("score"):
            if clause.has("scoring") and not self._else:
                self._behind_its_word(clause)
            elif self._named or clause.has("event"):
                self._alone(clause)
        spoken = clause.has("scoring") or _of_acceptance(clause)
        self._named = spoken and SCORE not in self._ledger.facts
        self._last = clause.of("other_event")

    def _judged_else_before(self, clause: Clause) -> bool:
        """软件系统验收通过了，评分90: whether the sentence is of what else has points."""
        if clause.has("event", "municipal", "self") or any(sign in clause.before for sign in _ENDS):
            return False
        return self._else or any(map(_judged_else, self._last))

    def _points(self, clause: Clause, token: Token) -> None:
        found = token.value
        written: float | None = found.written
        if written is not None and not 0 <= written <= _FULL:
            self._ledger.reject(clause, SCORE, "rejected.score_range", token.text)
        elif found.quantity.vague:
            self._ledger.doubt("value", SCORE, clause, (found.quantity.value,))
        elif found.quantity.exact is not None and written is not None and written != int(written):
            self._ledger.state(clause, SCORE, written)
        elif found.quantity.low is not None and found.quantity.high is None:
            sure = clause.possessive or clause.has("scoring", "only")
            self._ledger.state(clause, SCORE, found.quantity.value, sure=sure)
        else:
            self._ledger.state(clause, SCORE, found.quantity.value)

    def _behind_its_word(self, clause: Clause) -> None:
        """得分 82: a number after the word for points."""
        mark = next(token for token in clause.tokens if token.role == "scoring")
        behind = next((token for token in clause.of("gap") if token.start >= mark.end), None)
        words = _numeral(behind.text.strip()) if behind else ""
        written = _points(words)
        if written is not None:
            self._whole(clause, written, words)
            return
        counted = [token for token in clause.of("count") if token.start >= mark.end and not token.value.unit]
        if len(counted) == 1 and not _between(clause, mark, counted[0]) and not _times(clause, counted[0]):
            self._number(clause, counted[0])

    def _alone(self, clause: Clause) -> None:
        """验收88.5; 81, behind a clause that spoke of points."""
        counted = clause.of("count")
        events = [str(token.value) for token in clause.of("event")]
        if len(counted) != 1 or counted[0].value.unit or not clause.roles <= _LIGHT:
            return
        if all(event in _ACCEPTANCES for event in events) and counted[0].text.replace(".", "", 1).isdigit():
            self._number(clause, counted[0])

    def _number(self, clause: Clause, counted: Token) -> None:
        try:
            number = float(counted.text)
        except ValueError:
            return
        self._whole(clause, int(number) if number.is_integer() else number, counted.text)

    def _whole(self, clause: Clause, number: float, words: str) -> None:
        if number <= _FULL:
            self._ledger.state(clause, SCORE, number)
        else:
            self._ledger.reject(clause, SCORE, "rejected.score_range", words)


def _denied(clause: Clause) -> list[Token]:
    """是78分不是86分: the figure that it is not."""
    return [
        token
        for before, token in pairwise(clause.tokens)
        if token.role == "score" and (before.role, before.value) == ("not", "be")
    ]


def _points(words: str) -> float | None:
    """八十一, 八十一点五."""
    whole, _, tenth = words.partition("点")
    number, part = to_int(whole, digit_strings=False), to_int(tenth, digit_strings=False) if tenth else 0
    return None if number is None or part is None else number + part / 10 if part else number


def _of_something_else(clause: Clause, score: Token) -> bool:
    """培训考试成绩85分, 我考审核师考了81分: right behind what else has points."""
    before = [token for token in clause.tokens if token.end <= score.start and token.role not in _NO_MATTER]
    if not before or clause.has("event", "municipal"):
        return False
    return before[-1].role in _ELSE or any(_judged_else(token) for token in before)


def _judged_else(token: Token) -> bool:
    """消防验收, 培训考试: what else is judged, and so has points of its own."""
    return token.role == "other_event" and token.text.strip().endswith(_JUDGING)


def _times(clause: Clause, counted: Token) -> bool:
    """电话打了3遍: a measure that nobody knows, right behind the number."""
    behind = next((token for token in clause.tokens if token.start == counted.end), None)
    return behind is not None and behind.role == "gap"


def _of_acceptance(clause: Clause) -> bool:
    """市级没过，才72; 验收完了，90."""
    outcome = clause.has("municipal") and clause.has("not")
    return outcome or any(token.value in _JUDGED for token in clause.of("event"))


def _numeral(words: str) -> str:
    """The words, or the numeral that they begin with where they run on: 分数是八十八排放也没有超标."""
    led = _RUN_ON.match(words)
    return led[0] if led else words


def _between(clause: Clause, first: Token, last: Token) -> bool:
    return any(
        token.role not in ("soft", "have", "only", "published", "correct", "hedge")
        for token in clause.tokens
        if first.end <= token.start and token.end <= last.start
    )

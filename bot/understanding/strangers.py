"""Words that nobody knows before what a clause tells: it may be told of somebody else, so it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile, zip_longest
from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.cutting import FILLING
from bot.understanding.lexicon import Lexicon, Token, spell_out
from bot.understanding.tally import ALL_STAFF

_TOLD: Final = frozenset(
    {"count", "noun", "unfit", "fit", "score", "scoring", "event", "other_event", "history"}
    | {"topic", "claim", "denial", "near_miss", "near_hit", "person"}
)
_NAMING: Final = frozenset({"noun", "unfit", "score", "scoring", "event", "history", "near_miss", "near_hit"})
_POINTED: Final = frozenset({"score", "scoring"})
_HAVING: Final = frozenset({"have", "agency", "self", "among"})
_JUDGED: Final = frozenset({"event", "history", "near_miss", "near_hit"})
_FIGURES: Final = frozenset({"count", "score"})
_COUNTED: Final = frozenset({"count", "score", "noun"})
_OWNED: Final = frozenset({"all", "among", "event", "history", "scoring", "name"})
_THERE: Final = ("have", "soft", "only", "conj")  # 有一个审核师在休产假
_ONE_OR_TWO: Final = (1, 2)
_POINTS: Final = "分"
_ENDING: Final = frozenset("。!?;\n.")


class Strangers:
    """Knows clauses whose subject nobody knows. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["strangers"]
        self._ourselves = re.compile(table["ourselves"])
        self._familiar = _run_of(table["familiar"])
        self._remark = re.compile(table["remark"])
        self._happened = frozenset(table["happened"])
        self._issuing = _run_of([*table["familiar"], *table["issuing"]])

    def marked(self, clauses: Sequence[Clause]) -> list[Clause]:
        """The clauses; strange are those of an unknown subject, and what goes on about it."""
        done: list[Clause] = []
        strange = False
        for clause, after in zip_longest(clauses, clauses[1:]):
            if clause.has("self", "agency", "correct", "municipal") or not _ENDING.isdisjoint(clause.before):
                strange = False
            here = clause.has(*_NAMING)
            here = here and (strange or self._of_a_stranger(clause) or self._of_any(clause, after))
            done.append(replace(clause, strange=True) if here else clause)
            strange = here and clause.has(*_FIGURES, "scoring")
        return done

    def _of_a_stranger(self, clause: Clause) -> bool:
        """老乡厂里有3个审核师, 食堂评分75; but not 讲返正题:我们有5个审核师."""
        before = list(takewhile(lambda token: token.role not in _TOLD, clause.tokens))
        told = clause.tokens[len(before)]
        if clause.has("score", "scoring"):
            points = takewhile(lambda token: token.role not in _POINTED, clause.tokens)
            return any(_unknown(token, self._issuing) for token in points)
        ours = [at for at in range(len(before)) if self._is_us(before, at)]
        subject = before[max(ours, default=-1) + 1 :]
        if told.role in _JUDGED:
            plan = told.role == "event" and told.value not in self._happened
            open_to_all = plan or (told.role == "history" and clause.has("not"))
            strange = (token for token in subject if not (ours and token.text.isascii()))  # our plant in X
            return not open_to_all and any(_unknown(token, self._issuing) for token in strange)
        return not ours and self._has_a_stranger(subject)

    def _has_a_stranger(self, subject: Sequence[Token]) -> bool:
        """Whether who has them, or whose agency they are of, is a word that nobody knows."""
        having = max((at for at, token in enumerate(subject) if token.role in _HAVING), default=0)
        strangers = [at for at, token in enumerate(subject) if _unknown(token, self._familiar)]
        return any(at < having or subject[at].text.isascii() for at in strangers)

    def _of_any(self, clause: Clause, after: Clause | None) -> bool:
        """4名审核师是硬指标, 有四个员工刚报名: what is said of these, nobody knows. 4个审核师，这门槛不低
        speaks of the rule."""
        first = next((token for token in clause.tokens if token.role not in _THERE), clause.tokens[0])
        if first is not clause.tokens[0] and not (first.role == "count" and first.value.exact in _ONE_OR_TWO):
            first = clause.tokens[0]  # 有4个审核师撑着 are all there are
        counted = first.role == "count" or (first.role == "score" and not _named(first))
        if clause.has(*_OWNED) or not (counted or _some_staff(clause)):
            return False
        if after is not None and after.sentence == clause.sentence and self._remark.match(after.text):
            return True
        last = max(at for at, token in enumerate(clause.tokens) if token.role in _COUNTED)
        staff = next((at for at, token in enumerate(clause.tokens) if token.value == ALL_STAFF), last)
        behind = clause.tokens[staff + 1 :]
        done = staff < last and any(token.role == "affirm" for token in behind)
        return done or any(_unknown(token, self._familiar) and not token.text.isascii() for token in behind)

    def _is_us(self, tokens: Sequence[Token], at: int) -> bool:
        """我们, the agency; but not 我哥的咨询公司."""
        token = tokens[at]
        if token.role in ("self", "agency") and self._ourselves.match(token.text):
            return True
        led = [one for one in tokens[:at] if one.role != "soft"]
        return token.role == "agency" and not (led and _unknown(led[-1], self._familiar))


def _some_staff(clause: Clause) -> bool:
    counted = [token for token in clause.tokens if token.role in _COUNTED]
    return [token.role for token in counted[:2]] == ["count", "noun"] and counted[1].value == ALL_STAFF


def _named(score: Token) -> bool:
    """得分86 says what is told, 86分 only a figure."""
    return not score.text.endswith(_POINTS)


def _unknown(token: Token, familiar: re.Pattern[str]) -> bool:
    words = token.text.strip(FILLING)
    return token.role == "gap" and bool(words) and familiar.fullmatch(words) is None


def _run_of(spellings: Iterable[str]) -> re.Pattern[str]:
    """Nothing but these words, one behind the other."""
    words = {word for spelling in spellings for word in spell_out(spelling)}
    longest = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?:(?:{longest})[\s:,]*+)++")

"""People told one by one in running words: 老赵是高工也是审核师，小钱小孙是审核师. Who has what is summed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.cutting import FILLING
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.named import Names
from bot.understanding.numbers import Quantity
from bot.understanding.pairing import denied

_KEEPING: Final = ("person", "agency", "self", "loss", "gain", "plan", "former", "hypothetical", "require")
_ALSO: Final = ("也是", "也有")
_ENDS: Final = frozenset(";。\n")
_COUNTED: Final = ("noun", "decoy")
_SAYING_NONE: Final = frozenset({"soft", "only", "have", "name", "conj", "all", "not", "unfit", "gap"})
_HOLDING: Final = _SAYING_NONE | {"noun", "decoy", "fit", "duration", "count"}


@dataclass(slots=True)
class _Telling:
    """What was told of single people so far."""

    sums: dict[str, int] = field(default_factory=dict)
    nouns: dict[str, Token] = field(default_factory=dict)
    latest: list[str] = field(default_factory=list)  # what was told of the one told of last
    people: int = 0
    closed: bool = False  # 其他人没有
    last: Clause | None = None
    taken: dict[int, Clause] = field(default_factory=dict)  # clauses that tell nothing else


class Apiece:
    """Sums what is told of people one by one. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = Names.of(lexicon)

    def read(self, clauses: Sequence[Clause]) -> Mapping[int, list[Clause]]:
        """By ``id`` of a clause what stands for it: nothing, or the sums behind the last of them. Empty where
        fewer than two people are told of and nothing is said of the others."""
        telling = _Telling()
        current = 0  # how many the clause is about
        for clause in clauses:
            current = self._next(clause, current, telling)
            if current < 0:
                return {}
        if telling.last is None or not telling.sums or (telling.people < 2 and not telling.closed):
            return {}
        told: dict[int, list[Clause]] = {at: [] for at in telling.taken}
        told[id(telling.last)] = list(_sums(telling))
        return told

    def _next(self, clause: Clause, current: int, telling: _Telling) -> int:
        """Take the next clause; how many people the one behind it may go on about, -1: it is no list."""
        many, plain = self._about(clause)
        fresh = many > 0
        if telling.people and self._names.of_the_others(clause.text):
            telling.closed = clause.has("not") and not clause.has("count", "noun")
            if telling.closed:
                telling.taken[id(clause)] = clause
            return 0
        if not fresh and not clause.has("count") and not _ENDS & set(clause.before):
            many = current
        if not many or clause.mood != "tell" or clause.has(*_KEEPING) or not self._only_holds(clause):
            return 0
        nouns = [(at, token) for at, token in enumerate(clause.tokens) if token.role in _COUNTED]
        also = not nouns and any(token.text in _ALSO for token in clause.of("have"))
        if also and len(telling.latest) > 1:
            return -1
        if fresh and not (nouns or also or plain):
            return 0
        if plain:
            telling.taken[id(clause)] = clause
        if fresh:
            telling.people += many
            telling.latest = [] if nouns else telling.latest
        self._take(clause, nouns, many, also, telling)
        return many

    def _take(
        self, clause: Clause, nouns: Sequence[tuple[int, Token]], many: int, also: bool, telling: _Telling
    ) -> None:
        has = [token for at, token in nouns if token.role == "noun" and not denied(clause.tokens, at)]
        for noun in has:
            name = str(noun.value)
            telling.sums[name] = telling.sums.get(name, 0) + many
            telling.nouns[name] = noun
            telling.latest.append(name)
        for name in telling.latest if also else ():
            telling.sums[name] += many
        if has or also or nouns:
            telling.taken[id(clause)] = clause
            telling.last = clause

    def _about(self, clause: Clause) -> tuple[int, bool]:
        """How many people a clause begins with, and whether it says no more than that they have none."""
        counts = clause.of("count")
        if len(counts) == 1 and counts[0].value.exact is not None:
            named = counts[0] is clause.tokens[0] and self._names.begins(counts[0].text)
            added = clause.added and not clause.has("self", "agency", "among")
            held = clause.has("have", "noun")
            return (counts[0].value.exact if held and (named or added) else 0), False
        if counts or not clause.tokens:
            return 0, False
        if not self._names.begins(clause.text) and not self._named_behind(clause):
            return 0, False
        return 1, clause.has("not", "unfit") and clause.roles <= _SAYING_NONE

    def _only_holds(self, clause: Clause) -> bool:
        """Whether a clause says who has what, and no more."""
        unknown = [token.text.strip(FILLING) for token in clause.of("gap")]
        return clause.roles <= _HOLDING and all(map(self._names.whole, unknown))

    def _named_behind(self, clause: Clause) -> bool:
        """审核师证我有."""
        first, *rest = clause.tokens
        return first.role == "noun" and len(rest) > 1 and self._names.whole(rest[0].text)


def _sums(telling: _Telling) -> Iterator[Clause]:
    for name, many in telling.sums.items():
        noun = telling.nouns[name]
        text = f"{noun.text}{many}"
        count = Token("count", Quantity(many, many, "个"), noun.end, noun.end, str(many))
        if telling.last is not None:
            roles = frozenset({"noun", "count"})
            yield replace(telling.last, tokens=(noun, count), roles=roles, text=text, before=",", after=",")

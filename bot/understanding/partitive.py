"""Some of a number, as English says it: three of our six auditors are senior engineers, none of the four."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bot.understanding.clause import Clause
from bot.understanding.counting import NONE
from bot.understanding.lexicon import Token
from bot.understanding.tally import ALL_STAFF, AUDITORS, TITLED

_KIND: Final = frozenset({"count", "noun", "soft", "have", "gap"})  # 2个是环保的, of those just counted
_OTHER_TITLE: Final = "title"  # of decoys: a title that does not count
_NONE_OF: Final = "none"
_OF: Final = ("of", "out of", "among", "of these", "of those")
_WHOSE: Final = ("the", "these", "those")
_BEING: Final = ("是", "为", "is", "are")
_STAFF: Final = ("staff", "people", "persons", "colleagues", "folks", "workers")
_LEAST: Final = 5  # tokens of a whole with its number, and of a part
_PAIR: Final = 2  # a number and what stands behind it
_COUNTED: Final = frozenset({"noun", "decoy"})
# Of the part: four of the nine passed the training.
_DOING: Final = ("passed", "completed", "finished", "hold", "holds")


def whole_and_part(clause: Clause) -> Iterator[Clause]:
    """What is told of the whole, where its number and noun stand there, then what is told of the part."""
    tokens = _among_first(clause.tokens)
    clause = clause if tokens is clause.tokens else _of(clause, tokens)
    if (begins := _behind_whole(tokens)) is not None:
        yield _of(clause, tokens[1:begins])
        yield _of(clause, (replace(tokens[0], role="among", value=""), *tokens[begins:]))
        return
    of = _between(tokens)
    if of is None:
        yield clause
        return
    whole = _first(tokens, of + 1)
    tokens = _staff_named(tokens, whole)
    behind = whole + 1
    counted = behind < len(tokens) and tokens[behind].role in _COUNTED
    if tokens[whole].role == "count" and counted and not tokens[behind].text.startswith(_DOING):
        behind += 1
        yield _of(clause, tokens[whole:behind])
    part = tokens[of - 1]
    if of > 1 and tokens[of - 2].role == "all" and tokens[whole].role in _COUNTED:
        yield _of(clause, (part, tokens[whole]))  # all five of our auditors have insurance
    if part.role == "not":
        part = replace(part, role="count", value=NONE)
    inside = _inside(tokens[of], tokens[behind - 1], tokens[behind:])
    yield _of(clause, (*tokens[: of - 1], *inside, part, *tokens[behind:]))


def _among_first(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Two of them hold a title: of whom before how many, as in 其中2个."""
    for at, (number, token) in enumerate(pairwise(tokens)):
        whole = at + _PAIR < len(tokens) and tokens[at + _PAIR].role == "count"  # two of those five
        if token.role != "among" or not token.text.strip().startswith(_OF) or whole:
            continue
        if number.role == "count":
            return (*tokens[:at], token, number, *tokens[at + 2 :])
        if number.text.strip() == _NONE_OF:  # none of them holds a title
            return (*tokens[:at], token, replace(number, role="count", value=NONE), *tokens[at + 2 :])
    return tokens


def _staff_named(tokens: tuple[Token, ...], whole: int) -> tuple[Token, ...]:
    """Five of our 12 staff: the word behind the number of all is what it counts."""
    behind = tokens[whole + 1] if whole + 1 < len(tokens) else None
    if tokens[whole].role != "count" or behind is None or behind.text.strip() not in _STAFF:
        return tokens
    return (*tokens[: whole + 1], replace(behind, role="noun", value=ALL_STAFF), *tokens[whole + 2 :])


def _behind_whole(tokens: Sequence[Token]) -> int | None:
    """Of the four auditors one has left: where what is told of the part begins."""
    if len(tokens) < _LEAST or tokens[0].text.strip() not in _OF:
        return None
    whole = _first(tokens, 1)
    roles = [token.role for token in tokens[whole : whole + 3]]
    return whole + 2 if roles == ["count", "noun", "count"] else None


def _inside(of: Token, noun: Token, told: Sequence[Token]) -> tuple[Token, ...]:
    """Two of our five auditors hold a title: they are titled among the auditors; one of our four has left."""
    if any(token.role in ("loss", "unfit") for token in told):
        return (replace(of, role="among", value=""),)
    titled = any(token.value == TITLED for token in told)
    if noun.role == "count" and titled and of.role == "among":
        return (replace(of, value=""),)  # four auditors, none of those four holds a title
    if noun.value != AUDITORS or not titled:
        return ()
    return (noun, replace(noun, role="among", value=""))


def of_those_before(clause: Clause, before: Clause | None) -> Clause:
    """Of our five auditors, two hold a title; five auditors, two with a title: two of those."""
    if before is None or len(clause.tokens) < _PAIR or not before.tokens:
        return clause
    first, then = clause.tokens[:_PAIR]
    if before.has("count", "noun") and before.sentence == clause.sentence and _who_is(clause):
        return _of(clause, (replace(first, role="among", value="", text=""), *clause.tokens))
    if first.role != "count" or before.sentence != clause.sentence:
        return clause
    headed = before.tokens[0].text.strip() in _OF or before.tokens[0].role == "among"
    if before.has("count", "noun") and (headed or then.text.strip() == "with"):
        return _of(clause, (replace(first, role="among", value=""), *clause.tokens))
    return clause


def parts_of_wholes(clauses: Sequence[Clause]) -> dict[int, Sequence[Clause]]:
    """高级职称三位，一位是高级会计师，两位是环保高工: parts that make up the whole are of those just counted;
    高工3个，2个环保，1个暖通 tells nothing more. What to read in the stead of such clauses, by ``id``."""
    found: dict[int, Sequence[Clause]] = {}
    for at, whole in enumerate(clauses):
        many, name = _whole(whole)
        parts = _making_up(many, whole, clauses[at + 1 :])
        if name == TITLED and any(map(_does_not_count, parts)):
            for part in parts:
                some = replace(part.tokens[0], role="among", value="", text="")
                found[id(part)] = (_of(part, (some, *part.tokens)),)
        elif all(part.roles <= _KIND and {one.value for one in part.of("noun")} <= {name} for part in parts):
            found |= {id(part): () for part in parts}
    return found


def _does_not_count(part: Clause) -> bool:
    return part.has("unfit") or any(token.value == _OTHER_TITLE for token in part.of("decoy"))


def _whole(clause: Clause) -> tuple[int, str]:
    """How many of whom a clause counts, and nothing else; 0 where it does not."""
    counts, nouns = clause.of("count"), clause.of("noun")
    plain = len(counts) == len(nouns) == 1 and clause.mood == "tell" and not clause.has("among", "decoy")
    return (counts[0].value.exact or 0, str(nouns[0].value)) if plain else (0, "")


def _making_up(many: int, whole: Clause, behind: Sequence[Clause]) -> list[Clause]:
    """The clauses right behind a whole, each of a number, that make it up; none where they do not."""
    parts: list[Clause] = []
    for clause in behind if many else ():
        first = clause.tokens[0] if clause.tokens else None
        if clause.sentence != whole.sentence or first is None or first.role != "count":
            break
        many -= first.value.exact or many + 1
        parts.append(clause)
        if many <= 0:
            break
    return parts if many == 0 and len(parts) > 1 else []


def _who_is(clause: Clause) -> bool:
    """审核师四个，有一个是高工; 审核师4人(高工1人): what some of those just counted are."""
    roles = [token.role for token in clause.tokens]
    titled = any(token.value == TITLED for token in clause.of("noun"))
    some = roles[:3] == ["have", "count", "have"] and clause.tokens[2].text in _BEING
    return titled and (some or (clause.before == "(" and roles in (["noun", "count"], ["count", "noun"])))


def _between(tokens: Sequence[Token]) -> int | None:
    """Where ``of`` stands between a number, or none, and a whole: one with its number, or named (one of our
    auditors) with what is told of the part behind it."""
    for of in range(1, len(tokens) - 1):
        part, whole = tokens[of - 1], _first(tokens, of + 1)
        some = part.role == "count" or (part.role, part.value) == ("not", "have")
        if tokens[of].text.strip() not in _OF or not some or whole == len(tokens):
            continue
        told = any(token.role == "noun" for token in tokens[whole + 1 :])
        named = tokens[whole].role in _COUNTED and whole > of + 1 and told
        if tokens[whole].role == "count" or named:
            return of
    return None


def _first(tokens: Sequence[Token], at: int) -> int:
    """The first token from there on that says more than whose they are."""
    while at < len(tokens) and (tokens[at].role == "self" or tokens[at].text.strip() in _WHOSE):
        at += 1
    return at


def _of(clause: Clause, tokens: tuple[Token, ...]) -> Clause:
    return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))

"""A message as sentences, clauses and tokens, each clause with its mood: only what is told can be a fact."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from bot.understanding.dates import find_dates, hide
from bot.understanding.durations import find_durations, find_scores
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.numbers import find_quantities
from bot.understanding.typos import TypoMender

Mood = Literal["tell", "ask", "suppose", "plan", "rule", "other"]

_BREAK = re.compile(r"[。!?;\n]+|(?<![\d.])\.(?=\s|$)|(?<=\d)\.(?=\s[a-z]|$)|[,、()“”\"「」]+")
_FILLING: Final = " :/'\"~-=*·•×→>\0"
_ENDS: Final = "。!?;\n."
FILLER: Final = "filler"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two breaks. ``sentence`` counts from 0; ``after`` is the sign that ends it.

    ``before_question``: a question follows in the same clause, so only a plain "we have" makes it a fact.
    """

    tokens: tuple[Token, ...]
    text: str
    sentence: int
    before: str
    after: str
    mood: Mood = "tell"
    hedged: bool = False
    before_question: bool = False
    roles: frozenset[str] = field(default_factory=frozenset)
    questioned: bool = False  # a question about it follows in the sentence

    def of(self, *roles: str) -> list[Token]:
        """Tokens with one of these roles."""
        if self.roles.isdisjoint(roles):
            return []
        return [token for token in self.tokens if token.role in roles]

    def has(self, *roles: str) -> bool:
        """Whether a token has one of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def owned(self) -> bool:
        """Names the speaker's side: 我们, the agency, 目前只."""
        return self.has("self", "agency", "only")

    @property
    def possessive(self) -> bool:
        """Says of itself that it speaks of the speaker's own: 我们有, 目前只有."""
        if self.has("self", "agency"):
            return True
        return any(token.role == "have" and not token.text.endswith(("是", "属于")) for token in self.tokens)

    def as_condition(self) -> Clause:
        """自己没有高工，外聘行不行: without 我们 it is the condition of the question behind it."""
        condition = self.questioned and self.mood == "tell" and not self.owned
        return replace(self, mood="suppose") if condition else self


class Segmenter:
    """Cuts a message into clauses with what the lexicon knows in each."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._typos = TypoMender(lexicon)
        self._guards = _compiled(lexicon, "guard")
        self._references = _compiled(lexicon, "reference")
        self._listing = _compiled(lexicon, "listing")
        choices = lexicon.tables["choice"].items()
        self._engaging = frozenset(value for value, entry in choices if entry.get("agency"))

    def clauses(self, text: str, today: date, *, agency: bool = False, people: bool = False) -> list[Clause]:
        """The clauses of a normalised message, moods set. ``agency``: the talk is about one, so that
        他们 are its people; ``people``: some were counted before, so that 他们都 are they."""
        lower = text.lower()
        tokens = self._tokens(lower, today)
        pieces = [self._mended(piece) for piece in _cut(lower, tokens)]
        return _with_moods(
            [split for piece in pieces for split in _split_question(piece)], self._engaging, agency, people
        )

    def _mended(self, clause: Clause) -> Clause:
        """A number that counts nothing known may stand beside a misspelt noun."""
        if not clause.has("count") or not clause.has("gap") or clause.has("noun", "decoy"):
            return clause
        tokens = self._typos.mend(clause.tokens)
        return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))

    def _tokens(self, text: str, today: date) -> list[Token]:
        tokens, rest = self._hidden(text)
        dates, rest = find_dates(rest, today)
        durations, rest = find_durations(rest)
        scores, rest = find_scores(rest)
        for role, items in (("date", dates), ("duration", durations), ("score", scores)):
            tokens += [Token(role, item, item.start, item.end, text[item.start : item.end]) for item in items]
        for item in find_quantities(rest):
            tokens.append(Token("count", item.quantity, item.start, item.end, text[item.start : item.end]))
            rest = hide(rest, item.start, item.end)
        tokens += self._lexicon.scan(rest)
        return sorted(tokens, key=lambda token: token.start)

    def _hidden(self, text: str) -> tuple[list[Token], str]:
        tokens: list[Token] = []
        rest = text
        for form in self._listing:
            for match in form.finditer(rest):  # 1. and (2) begin a line of a list
                tokens.append(Token("conj", "break", match.start(), match.end(), match[0]))
                rest = hide(rest, match.start(), match.end())
        for role, forms in (("reference", self._references), ("guard", self._guards)):
            for form in forms:
                for match in form.finditer(rest):
                    tokens.append(Token(role, "", match.start(), match.end(), match[0]))
                    rest = hide(rest, match.start(), match.end())
        return tokens, rest


def _compiled(lexicon: Lexicon, role: str) -> list[re.Pattern[str]]:
    return [re.compile(form) for form in lexicon.tables[role]["forms"]]


def _cut(text: str, tokens: Sequence[Token]) -> Iterator[Clause]:
    """Clauses at punctuation outside tokens, and before 但, 而且, 另外."""
    held = bytearray(len(text))
    for token in tokens:
        if token.role != "soft":
            held[token.start : token.end] = b"1" * (token.end - token.start)
    cuts = [
        (match.start(), match.end(), match[0])
        for match in _BREAK.finditer(text)
        if not any(held[match.start() : match.end()])
    ]
    cuts += [
        (token.start, token.end, "") for token in tokens if token.role == "conj" and token.value == "break"
    ]
    cuts.sort()
    starts = [token.start for token in tokens]
    start, sentence, before = 0, 0, ""
    for cut_start, cut_end, sign in [*cuts, (len(text), len(text), "")]:
        if start < cut_start:
            inside = tokens[bisect_left(starts, start) : bisect_left(starts, cut_start)]
            yield _clause(text, inside, start, cut_start, sentence, before, sign)
        if any(mark in _ENDS for mark in sign):
            sentence += 1
        start, before = cut_end, sign or before


def _clause(
    text: str, inside: Sequence[Token], start: int, end: int, sentence: int, before: str, after: str
) -> Clause:
    filled = tuple(_with_gaps(text, inside, start, end))
    if telling := tuple(token for token in filled if token.role != FILLER):
        # What is said around a fact goes; 嗯 alone may be an answer.
        start, filled = (start if telling[0] is filled[0] else telling[0].start), telling
    return Clause(
        filled,
        text[start:end].strip(),
        sentence,
        before,
        after,
        roles=frozenset(token.role for token in filled),
    )


def _with_gaps(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Token]:
    """The tokens, and between them a gap token for words that nobody knows."""
    at = start
    for token in tokens:
        if text[at : token.start].strip(_FILLING):
            yield Token("gap", "", at, token.start, text[at : token.start])
        yield token
        at = token.end
    if text[at:end].strip(_FILLING):
        yield Token("gap", "", at, end, text[at:end])


def _split_question(clause: Clause) -> Iterator[Clause]:
    """我们有3个审核师够吗: what is told, then what is asked."""
    if clause.has("hypothetical"):
        yield clause
        return
    telling = ("count", "date", "noun", "score", "event", "history", "topic", "near_miss")
    for index, token in enumerate(clause.tokens):
        if token.role == "tail" or (token.role == "ask" and token.value == "what"):
            head = clause.tokens[:index]
            if token.role != "tail" and not _tells_of_something(head):
                continue
            if not any(item.role in telling for item in head) or any(
                item.role == "ask" and item.value == "whether" for item in head
            ):
                break
            cut = token.start - clause.tokens[0].start
            yield _part(clause, head, clause.text[:cut], after="", before_question=True)
            yield _part(
                clause, clause.tokens[index:], clause.text[cut:], after=clause.after, before_question=False
            )
            return
    yield clause


def _tells_of_something(head: Sequence[Token]) -> bool:
    """Whether words before a question hold a figure, or a day with what happened on it: 今年一共公布几批
    only says when."""
    roles = {token.role for token in head}
    return bool(roles & {"count", "score"}) or ("date" in roles and bool(roles & {"event", "history", "noun"}))


def _part(
    clause: Clause, tokens: tuple[Token, ...], text: str, *, after: str, before_question: bool
) -> Clause:
    return replace(
        clause,
        tokens=tokens,
        text=text,
        after=after,
        before_question=before_question,
        roles=frozenset(token.role for token in tokens),
    )


def _with_moods(clauses: list[Clause], engaging: frozenset[str], agency: bool, people: bool) -> list[Clause]:
    """Moods in order: a supposition holds to the end of its sentence, hearsay until 我们."""
    done: list[Clause] = []
    supposed_in, hearsay = -1, False
    for clause in clauses:
        agency = (
            agency or clause.has("agency") or any(token.value in engaging for token in clause.of("choice"))
        )
        if _supposes(clause):
            supposed_in = clause.sentence
        if clause.has("self", "agency") or clause.sentence != (done[-1].sentence if done else 0):
            hearsay = hearsay and not clause.has("self", "agency") and not clause.has("correct")
        if _speaks_of_others(clause, agency or (people and clause.has("all"))):
            hearsay = True
        people = people or clause.has("count")
        mood = _mood(clause, supposed=supposed_in == clause.sentence, hearsay=hearsay)
        if mood == "tell" and done and _goes_on(clause, done[-1]):
            mood = done[-1].mood
        hedged = clause.has("hedge")
        done.append(replace(clause, mood=mood, hedged=hedged) if hedged or mood != "tell" else clause)
    return _with_questions(done)


def _supposes(clause: Clause) -> bool:
    """如果…; but 社保的话 only names the topic."""
    marks = clause.of("hypothetical")
    if not marks or any(token.text != "的话" for token in marks):
        return bool(marks)
    head = [token.role for token in clause.tokens if token.start < marks[0].start]
    return not {"have", "plan", "gain", "not", "count", "choice", "event", "gap"}.isdisjoint(head)


def _goes_on(clause: Clause, before: Clause) -> bool:
    """需要4个审核师、1个高工: what was laid down or asked goes on through the list."""
    if before.mood not in ("rule", "ask") or before.sentence != clause.sentence:
        return False
    led = before.mood == "rule" or any(token.value == "whether" for token in before.of("ask"))
    return led and not clause.has("self", "have", "agency", "correct", "not", "event")


def _with_questions(clauses: list[Clause]) -> list[Clause]:
    """Mark what a question of the same sentence is about; a list with a bare ? behind it is all asked.
    What follows the speaker's telling of the own side is told, not supposed."""
    done: list[Clause] = []
    telling = min(
        (at for at, clause in enumerate(clauses) if clause.mood == "tell" and clause.has("self")),
        default=None,
    )
    asked_in, listed = -1, False
    for at, clause in reversed(list(enumerate(clauses))):
        if clause.mood == "ask":
            asked_in = clause.sentence
            listed = not clause.has("ask", "tail") and "?" in clause.after
        elif clause.sentence == asked_in and clause.mood == "tell":
            item = listed and not clause.has("self", "have", "agency", "only", "event", "gap")
            own = telling is not None and at > telling
            clause = replace(clause, questioned=not own, mood="ask" if item else "tell")
        done.append(clause)
    return done[::-1]


def _speaks_of_others(clause: Clause, known: bool) -> bool:
    """他们 are the agency where one was named before, or the people just counted."""
    others = clause.of("other")
    if known and all(token.text.startswith(("他们", "they", "对方", "你们")) for token in others):
        return False
    own = [token.start for token in clause.of("self")]
    return any(not own or token.start > max(own) or token.start < min(own) for token in others)


def _mood(clause: Clause, *, supposed: bool, hearsay: bool) -> Mood:
    if hearsay:
        return "other"
    if _lays_down(clause):
        return "rule"
    if supposed:
        return "suppose"
    if asks(clause):
        return "ask"
    return "plan" if clause.has("plan") else "tell"


def asks(clause: Clause) -> bool:
    """Whether the clause holds a question, whatever its mood."""
    if clause.has("ask", "tail"):
        return True
    return "?" in clause.after or "?" in clause.text


def _lays_down(clause: Clause) -> bool:
    """规定要4名, 第十条说要4个: a requirement word before the count, or the law as the one who speaks."""
    counted = [token.start for token in clause.of("count", "score", "duration", "noun", "topic")]
    required = [token.start for token in clause.of("require")]
    if required and counted and (min(required) < max(counted) or not clause.possessive):
        return True
    return clause.has("rule", "reference") and not clause.has("self", "correct")

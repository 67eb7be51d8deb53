"""Whether a clause tells, asks, supposes, plans or lays down: only what is told can be a fact."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.understanding.clause import Clause, Mood, asks
from bot.understanding.pairing import pair

_THEY: Final = ("他们", "they", "对方", "你们", "人家")
_ONE: Final = ("有一家", "有一个", "有家", "有个")  # 还有一家客户叫…: the company that the message names


def with_moods(
    clauses: list[Clause], engaging: frozenset[str], *, agency: bool, named: bool, people: bool
) -> list[Clause]:
    """Moods in order: a supposition holds to the end of its sentence, hearsay until 我们."""
    done: list[Clause] = []
    supposed_in, hearsay, person = -1, False, False
    for clause in clauses:
        agency = (
            agency or clause.has("agency") or any(token.value in engaging for token in clause.of("choice"))
        )
        if supposes(clause):
            supposed_in = clause.sentence
        if clause.has("self", "agency") or clause.sentence != (done[-1].sentence if done else 0):
            hearsay = hearsay and not clause.has("self", "agency") and not clause.has("correct")
        known = _THEY if agency or named or person or (people and clause.has("all")) else ()
        if _speaks_of_others(clause, (*known, *_ONE) if named else known):
            hearsay = True
        people = people or clause.has("count")
        person = person or clause.has("person")
        mood = _mood(clause, supposed=supposed_in == clause.sentence, hearsay=hearsay)
        if mood == "tell" and done and _goes_on(clause, done[-1]):
            mood = done[-1].mood
        hedged = clause.has("hedge")
        done.append(replace(clause, mood=mood, hedged=hedged) if hedged or mood != "tell" else clause)
    return done


def supposes(clause: Clause) -> bool:
    """如果…; but 社保的话 only names the topic."""
    marks = clause.of("hypothetical")
    if not marks or any(token.text != "的话" for token in marks):
        return bool(marks)
    before = [token for token in clause.tokens if token.start < marks[0].start]
    if before and before[-1].role == "noun" and len(before) - 1 not in pair(before).values():
        last = max((at for at, token in enumerate(before) if token.role == "count"), default=-1)
        before = before[last + 1 :]  # 高工有一个社保的话四个: a new topic behind what was told
    head = [token.role for token in before if token.text != "是"]
    return not {"have", "plan", "gain", "not", "count", "choice", "event", "gap"}.isdisjoint(head)


def _goes_on(clause: Clause, before: Clause) -> bool:
    """需要4个审核师、1个高工: what was laid down or asked goes on through the list."""
    if before.mood not in ("rule", "ask") or before.sentence != clause.sentence or clause.before == ":":
        return False
    asked = any(token.value == "whether" for token in before.of("ask"))
    led = asked or (before.mood == "rule" and not before.quoted)
    return led and not clause.has("self", "have", "agency", "correct", "not", "event")


def with_questions(clauses: list[Clause], concluding: re.Pattern[str]) -> list[Clause]:
    """Mark what a question of the same sentence is about; a list with a bare ? behind it is all asked.
    What follows the speaker's telling of the own side is told, not supposed."""
    done: list[Clause] = []
    telling = min(
        (at for at, clause in enumerate(clauses) if clause.mood == "tell" and clause.has("self")),
        default=None,
    )
    asked_in, listed = -1, False
    for at, clause in reversed(list(enumerate(clauses))):
        concludes = concluding.match(clause.text) is not None and asks(clause)
        if clause.mood == "ask" or concludes:
            asked_in, listed = clause.sentence, concludes
            listed = listed or (not clause.has("ask", "tail") and "?" in clause.after)
        elif clause.sentence == asked_in and clause.mood == "tell":
            item = listed and not clause.has("self", "have", "agency", "only", "event", "gap")
            own = telling is not None and at > telling
            clause = replace(clause, questioned=not own, mood="ask" if item else "tell")
        done.append(clause)
    return done[::-1]


def _speaks_of_others(clause: Clause, known: tuple[str, ...]) -> bool:
    """他们 are the agency or client where one was named before, or the people just counted. ``known``: how
    words begin that mean these."""
    others = [token for token in clause.of("other") if not token.text.startswith(known)]
    if not others:
        return False
    own = [token.start for token in clause.of("self")]
    return any(not own or token.start > max(own) or token.start < min(own) for token in others)


def _mood(clause: Clause, *, supposed: bool, hearsay: bool) -> Mood:
    if hearsay:
        return "other"
    if clause.quoted or (_lays_down(clause) and not clause.has("request")):
        return "rule"
    if supposed:
        return "suppose"
    if asks(clause):
        return "ask"
    return "plan" if clause.has("plan") else "tell"


def _lays_down(clause: Clause) -> bool:
    """规定要4名, 第十条说要4个: a requirement word before the count, or the law as the one who speaks."""
    counted = [token.start for token in clause.of("count", "score", "duration", "noun", "topic")]
    required = [token.start for token in clause.of("require")]
    if required and counted and (min(required) < max(counted) or not clause.possessive):
        return True
    return clause.has("rule", "reference") and not clause.has("self", "correct")

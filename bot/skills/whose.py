"""Whose people and equipment were told of: a factory that does the audit itself speaks of its own, one that
hires an agency of the agency's. What was told of the one says nothing of the other, and is not counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.subjects import Subject, subject_for_route, subject_of
from bot.turn import Turn
from storage.records import Company


def note(turn: Turn) -> None:
    """Remember of which route the facts just told are: of the check in play, else of the company's."""
    company = turn.company
    if company is None or not turn.understood:
        return
    subject = _in_play(turn)
    about = _facts_of(turn, subject)
    held = turn.session.whose.setdefault(company.id, {})
    for name in turn.understood:
        if subject is not None and subject.route and name in about:
            held[name] = subject.route
        else:
            held.pop(name, None)


def counted(
    turn: Turn, goal: str, facts: Mapping[str, Any], company: Company | None = None
) -> dict[str, Any]:
    """The facts without those that were told of the other route's people."""
    apart = not_theirs(turn, goal, facts, company)
    return {name: value for name, value in facts.items() if name not in apart}


def not_theirs(
    turn: Turn, goal: str, facts: Mapping[str, Any], company: Company | None = None
) -> tuple[str, ...]:
    """The names of those facts, as they are held; what is supposed, or told just now, is of this check."""
    company, subject = company or turn.company, subject_of(goal)
    if company is None or subject is None or subject.route is None:
        return ()
    held = turn.facts_of(company)
    return tuple(
        name
        for name, route in turn.session.whose.get(company.id, {}).items()
        if route != subject.route
        and name not in turn.understood
        and name in facts
        and facts[name] == held.get(name)
    )


def of_another(turn: Turn, name: str) -> bool:
    """Whether a fact was held of the other route's people until the message told it of these."""
    subject, company = _in_play(turn), turn.company
    if subject is None or subject.route is None or company is None:
        return False
    return turn.session.whose.get(company.id, {}).get(name, subject.route) != subject.route


def _in_play(turn: Turn) -> Subject | None:
    if turn.session.goals:
        return subject_of(turn.session.goals[0])
    return subject_for_route(turn.facts.get("route"))


def _facts_of(turn: Turn, subject: Subject | None) -> set[str]:
    known = turn.sources.rulebook.goals
    return {
        name for goal in (subject.goals if subject else ()) if goal in known for name in known[goal].facts
    }

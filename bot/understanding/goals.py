"""Which checks a message is about: its words, the facts it states, route and kind, the talk so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadingContext

KINDS = ("voluntary", "mandatory")
_AGENCY = "consultant"


class GoalReader:
    """Points from a message to goals of the rulebook. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._subjects: Mapping[str, Mapping[str, Any]] = lexicon.tables["goal"]
        self._forms = {name: re.compile(subject["form"]) for name, subject in self._subjects.items()}

    def read(
        self, text: str, stated: Iterable[str], route: str | None, kind: str | None, context: ReadingContext
    ) -> tuple[str, ...]:
        """Goal names, best first; both kinds of audit where none is known."""
        facts = set(stated)
        scores = {name: self._score(name, text, facts, route, context) for name in self._subjects}
        ranked = sorted((name for name, score in scores.items() if score > 0), key=lambda name: -scores[name])
        kinds = self._kinds(kind, context)
        return tuple(dict.fromkeys(str(self._subjects[name][each]) for name in ranked for each in kinds))

    def of_agency(self, context: ReadingContext) -> bool:
        """Whether the route held, or else the check in play, is about an agency that works for them."""
        if held := context.facts.get("route"):
            return bool(held == _AGENCY)
        return any(
            item.get("route") == _AGENCY
            for item in self._subjects.values()
            if context.goal and context.goal in (item["voluntary"], item["mandatory"])
        )

    def _score(
        self, name: str, text: str, facts: set[str], route: str | None, context: ReadingContext
    ) -> float:
        subject = self._subjects[name]
        words = (2.5 if subject.get("strong") else 1.0) if self._forms[name].search(text) else 0.0
        score = words + 0.6 * len(facts.intersection(subject.get("facts", ())))
        named = subject.get("route")
        if named and route:
            plain = not subject.get("strong")
            score += (1.0 if plain else 0.0) if named == route else -1.5
        if context.goal in (subject["voluntary"], subject["mandatory"]):
            score += 0.8 if not (named and route and named != route) else 0.0
        return score

    def _kinds(self, kind: str | None, context: ReadingContext) -> tuple[str, ...]:
        known = kind or context.facts.get("audit_kind") or self._kind_of(context.goal)
        return (str(known),) if known in KINDS else KINDS

    def _kind_of(self, goal: str | None) -> str | None:
        for subject in self._subjects.values():
            if subject["voluntary"] != subject["mandatory"]:
                for kind in KINDS:
                    if subject[kind] == goal:
                        return kind
        return None

"""Which checks a message is about: its words, the facts it states, route and kind, the talk so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadingContext

KINDS = ("voluntary", "mandatory")
_AGENCY = "consultant"
_STRONG, _BY_ARTICLES = 2.5, 4.0


class GoalReader:
    """Points from a message to goals of the rulebook. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._subjects: Mapping[str, Mapping[str, Any]] = lexicon.tables["goal"]
        self._forms = {name: re.compile(subject["form"]) for name, subject in self._subjects.items()}
        self._articles = _compiled(self._subjects, "articles")
        self._clause = _compiled(self._subjects, "clause")
        self._beside = _compiled(self._subjects, "beside")
        kinds = lexicon.tables["kind_of_article"]
        self._kinds_of_articles = {kind: re.compile(kinds[kind]) for kind in KINDS}

    def read(
        self, text: str, stated: Iterable[str], route: str | None, kind: str | None, context: ReadingContext
    ) -> tuple[str, ...]:
        """Goal names, best first; both kinds of audit where none is known."""
        facts = set(stated)
        kind = kind or self.kind_of_articles(text)
        scores = {name: self._score(name, text, facts, route, context) for name in self._subjects}
        ranked = sorted((name for name, score in scores.items() if score > 0), key=lambda name: -scores[name])
        kinds = self._kinds(kind, context)
        return tuple(dict.fromkeys(str(self._subjects[name][each]) for name in ranked for each in kinds))

    def named(self, text: str, context: ReadingContext) -> tuple[str, ...]:
        """The goals that the words themselves name, whatever was told or is in play."""
        held = [item for name, item in self._subjects.items() if self._words(name, text, context)]
        return tuple(dict.fromkeys(str(item[kind]) for item in held for kind in KINDS))

    def kind_of_articles(self, text: str) -> str | None:
        """The kind of audit that articles named together are about: 第十六条加第二十一条."""
        if not any(form.search(text) for form in self._articles.values()):
            return None
        told = [kind for kind, form in self._kinds_of_articles.items() if form.search(text)]
        return told[0] if len(told) == 1 else None

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
        clause = _STRONG if name in self._clause and self._clause[name].search(text) else 0.0
        score = max(self._words(name, text, context), clause) + 0.6 * len(
            facts.intersection(subject.get("facts", ()))
        )
        named = subject.get("route")
        if named and route:
            plain = not subject.get("strong")
            score += (1.0 if plain else 0.0) if named == route else -1.5
        if context.goal in (subject["voluntary"], subject["mandatory"]):
            score += 0.8 if not (named and route and named != route) else 0.0
        return score

    def _words(self, name: str, text: str, context: ReadingContext) -> float:
        """How much the words speak for a subject; those that mean it only beside another one in play too."""
        if name in self._articles and self._articles[name].search(text):
            return _BY_ARTICLES
        subject = self._subjects[name]
        if name in self._beside and context.goal in subject["in_play"] and self._beside[name].search(text):
            return _STRONG
        if self._forms[name].search(text) is None:
            return 0.0
        return _STRONG if subject.get("strong") else 1.0

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


def _compiled(subjects: Mapping[str, Mapping[str, Any]], key: str) -> dict[str, re.Pattern[str]]:
    """The forms that subjects have under a key; not all have one."""
    return {name: re.compile(subject[key]) for name, subject in subjects.items() if key in subject}

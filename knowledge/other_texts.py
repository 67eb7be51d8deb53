"""Questions that name a text which is not held: that is said, whatever else is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.composing import Part
from knowledge.model import Abstain, Finding, Statement, Step, Words

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.titles import Alien

_CITED, _NAMED = 0.95, 0.8  # how sure it is that another text is asked for


class OtherTexts:
    """Says of titles that they are not ours."""

    def __init__(self, library: Library) -> None:
        self._topics = library.topics

    def part(self, aliens: tuple[Alien, ...]) -> Part:
        """The only part of an answer to a question about other texts."""
        offered = (self._topics.topics.get(identity) for identity in self._topics.lexicon.offered)
        return Part(
            self._said(aliens),
            abstain=Abstain.OUT_OF_SCOPE,
            steps=tuple(Step(topic.label, "topic", topic.id) for topic in offered if topic),
            confidence=_CITED if any(alien.cited for alien in aliens) else _NAMED,
        )

    def beside(self, finding: Finding, aliens: tuple[Alien, ...]) -> Finding:
        """An answer to what else the question asks, with what is not held said behind it."""
        return replace(finding, statements=(*finding.statements, *self._said(aliens)))

    def _said(self, aliens: tuple[Alien, ...]) -> tuple[Statement, ...]:
        phrases = self._topics.phrases
        titles = dict.fromkeys(alien.title for alien in aliens)
        return tuple(Statement(phrases.say("other_text", title=Words(title, title)), ()) for title in titles)


def without(text: str, aliens: tuple[Alien, ...]) -> str:
    """``text`` with the titles blanked out, everything else in its place: what else the question says."""
    for alien in aliens:
        text = text[: alien.start] + " " * (alien.end - alien.start) + text[alien.end :]
    return text

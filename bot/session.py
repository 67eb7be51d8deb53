"""A talk's own memory between messages: what is in play, what was asked, what was last spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from bot.messages import Intent


@dataclass(slots=True)
class Session:
    """Kept as JSON with the contact. Facts and dates live with the company, not here."""

    goals: tuple[str, ...] = ()  # the check in play: several while route or kind is open
    asked: tuple[str, ...] = ()  # what the last reply asked for, the foremost first
    asking: Intent | None = None  # the skill that asked
    pending: str | None = None  # an action waiting for a yes: "forget"
    wanted: str | None = None  # what goes on once a missing fact is given: "subscribe"
    last_intent: Intent | None = None
    last_refs: tuple[str, ...] = ()
    last_topics: tuple[str, ...] = ()
    last_by_topic: bool = False  # a topic gave the last answer from the law, and not a clause
    last_facts: tuple[str, ...] = ()
    last_named: tuple[str, ...] = ()  # the facts that the last message named
    last_of: str = ""  # the company of which they were told
    last_question: str = ""
    confirming: tuple[str, ...] = ()  # facts of the last message that rest on an assumption
    refused: dict[str, str] = field(default_factory=dict)  # of the last message: fact -> words
    offered: str = ""  # the check that the last answer from the law led on to
    checks: dict[str, list[str]] = field(default_factory=dict)  # company -> the check that was in play for it
    whose: dict[str, dict[str, str]] = field(default_factory=dict)  # company -> fact -> route it was told of
    unknown: tuple[str, ...] = ()  # facts the user does not know; not asked again in this check
    left: tuple[str, ...] = ()  # the check that was last left: 继续 takes it up again
    trail: tuple[str, ...] = ()  # facts that were asked for and answered, the last first: for going back
    notices: dict[str, str] = field(default_factory=dict)  # dates of an authority's notice: deadline -> day
    kind: str = ""  # the kind of audit that was spoken of last, of the company in play
    supposed: tuple[str, ...] = ()  # the fact just supposed to be other, and whether by so many more
    wondered: dict[str, int] = field(default_factory=dict)  # numbers that the law was last asked about
    trade: str = ""  # the one that the law was last asked about: 我们就是做这个的
    noticed: str = ""  # the deadline of which the last message told the notice's day
    client: bool = False  # the company in play was named as a client: 他们 are its people
    last_deadline: str = ""  # the deadline that was last asked about
    finished: tuple[str, ...] = ()  # deadlines told to be done in one message, the last of that kind
    readings: tuple[str, ...] = ()  # declared readings that this talk has heard
    spoken: str = ""  # the language that the user chose, whatever they write in
    roster: str = ""  # where the roster that was last sent lies, apart from the store
    which_article: str = ""  # when it was asked which article, as an ISO time
    column: str = ""  # when a column of it was asked about, as an ISO time
    limit_said: bool = False  # "this is no legal advice" was said in this talk
    answers: dict[str, list[str]] = field(default_factory=dict)  # key -> question, provisions: to be rated
    disliked: str = ""  # key of an answer that was disliked, the reason not yet given
    told: dict[str, dict[str, str]] = field(default_factory=dict)  # message -> fact -> when it was said
    replaced: dict[str, list[Any]] = field(default_factory=dict)  # told last: fact -> company, words, value

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> Self:
        """From JSON; keys of older releases that are no longer known are left out."""
        known = {item.name for item in fields(cls)}
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in stored.items()
            if key in known
        }
        session = cls(**values)
        session.last_intent = Intent(session.last_intent) if session.last_intent else None
        session.asking = Intent(session.asking) if session.asking else None
        return session

    def dump(self) -> dict[str, Any]:
        """As JSON."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key in _KEPT
            if (value := getattr(self, key))
        }

    def leave_check(self) -> None:
        """The check in play is over; what was said about the company stays."""
        self.left = self.goals or self.left
        self.goals = self.asked = self.unknown = self.trail = ()
        self.asking = self.pending = self.wanted = None


_KEPT = tuple(item.name for item in fields(Session))

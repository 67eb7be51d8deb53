"""What a reminder says of a deadline: the rulebook's and the library's words, as of the day it is sent."""

from __future__ import annotations

from datetime import date

from bot.messages import Language
from bot.phrases import phrases
from bot.reminders.notices import DeadlineWords
from bot.taps import SEPARATOR
from bot.turn import Sources, Turn
from rules_engine.model import DeadlineResult, ScheduleRequest
from storage.records import Deadline


def describe(sources: Sources, deadline: Deadline, on: date, language: Language) -> DeadlineWords:
    """Words for a stored deadline. One that today's rulebook no longer computes keeps its stored title."""
    say = phrases(language)
    result = _computed(sources, deadline, on)
    if result is None:
        return DeadlineWords(deadline.title)
    library = sources.library
    ref = result.citations[0] if result.citations else None
    return DeadlineWords(
        title=say.words(result.title),
        action=say.words(result.action) if result.action else "",
        trigger=say.say(
            "reminder_trigger", event=_event(sources, deadline, language), day=deadline.trigger_on
        ),
        rest_day=say.words(result.postponement) if result.postponement else "",
        clause="、".join(library.brief_label(ref) for ref in result.citations[:2]),
        clause_tap=SEPARATOR.join(("clause", ref)) if ref else "",
        standing=_standing(sources, ref, on, language) if ref else "",
        effective=result.effective,
        citations=tuple(library.cite(ref, on) for ref in result.citations),
    )


def title(turn: Turn, deadline: Deadline) -> str:
    """A deadline's title in the talk's language."""
    return describe(turn.sources, deadline, turn.today, turn.language).title


def _computed(sources: Sources, deadline: Deadline, on: date) -> DeadlineResult | None:
    if deadline.trigger not in sources.rulebook.facts:
        return None
    schedule = sources.rulebook.schedule(
        ScheduleRequest(
            facts={deadline.trigger: deadline.trigger_on.isoformat()},
            today=on,
            noticed={deadline.key: deadline.due} if deadline.origin == "notice" else None,
        )
    )
    return next((item for item in schedule.deadlines if item.id == deadline.key), None)


def _event(sources: Sources, deadline: Deadline, language: Language) -> str:
    definition = sources.rulebook.facts.get(deadline.trigger)
    return phrases(language).words(definition.label) if definition is not None else ""


def _standing(sources: Sources, ref: str, on: date, language: Language) -> str:
    line = sources.library.standing(sources.library.provision(ref).instrument, on)
    return phrases(language).words(line) if line is not None else ""

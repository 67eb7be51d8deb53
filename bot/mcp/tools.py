"""The tools: what each takes, gives and does. The work is the rooms' own, the same as over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from bot.api.answered import CheckAnswer, LookupAnswer, ScheduleAnswer
from bot.api.asked import Asked, CheckAsked, DeadlinesAsked, LookupAsked
from bot.api.naming import name_all
from bot.channels.jsonl import LineError, as_day
from bot.channels.machine import checked, scheduled
from bot.mcp.lookup import look_up
from bot.turn import Sources
from rules_engine.rulebook import Rulebook

Work = Callable[[Sources, Asked, date], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. ``work`` is given today for where no day was asked for."""

    name: str
    title: str
    description: str
    asked: type[Asked]
    answered: type[BaseModel]
    work: Work

    def takes(self, rulebook: Rulebook) -> dict[str, Any]:
        """The schema of what it takes, with the rulebook's goals and facts by name."""
        schema = self.asked.model_json_schema()
        name_all({self.name: schema}, rulebook)
        return schema

    def gives(self) -> dict[str, Any]:
        """The schema of what it gives."""
        return self.answered.model_json_schema()

    def call(self, sources: Sources, arguments: Mapping[str, Any], today: date) -> dict[str, Any]:
        """Do the work. Raises LineError for arguments that cannot be served, naming each."""
        try:
            asked = self.asked.model_validate(arguments)
        except ValidationError as error:
            wrong = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
            raise LineError("invalid", "; ".join(wrong)) from None
        return self.work(sources, asked, today)


def _lookup(sources: Sources, asked: Asked, today: date) -> dict[str, Any]:
    question = cast(LookupAsked, asked)
    return look_up(sources.library, question, as_day("on", question.on) if question.on else today)


def _check(sources: Sources, asked: Asked, today: date) -> dict[str, Any]:
    return checked(sources, asked.model_dump(), today)


def _dates(sources: Sources, asked: Asked, today: date) -> dict[str, Any]:
    return scheduled(sources, asked.model_dump(), today)


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "lookup_clause",
            "Look up the law",
            "What the rules say: give a reference, a clause as people name it, or a question. The answer "
            "names the provision behind every sentence, how near its wording is to the instrument's own "
            "words, and its legal standing: pass all three on. With `abstain` set the sources are silent; do "
            "not fill the gap.",
            LookupAsked,
            LookupAnswer,
            _lookup,
        ),
        Tool(
            "check_requirements",
            "Check requirements",
            "Whether a company or institution qualifies, requirement by requirement, what is missing and "
            "what would mend it. Give only facts that the user stated: an absent fact is unknown, which is "
            "not false.",
            CheckAsked,
            CheckAnswer,
            _check,
        ),
        Tool(
            "compute_deadlines",
            "Work out dates",
            "Which dates follow from what happened, how they stand today and on which days to remind. A rest "
            "day moves `effective`, never `due`; null means that it is not known yet.",
            DeadlinesAsked,
            ScheduleAnswer,
            _dates,
        ),
    )
}

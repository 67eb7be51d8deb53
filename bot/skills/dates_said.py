"""One date, and how often rounds come back, in words."""

from __future__ import annotations

from bot.skills.showing import day, label, remaining, value
from bot.turn import Turn
from rules_engine.model import Cycle, DeadlineResult, DeadlineStatus, Schedule


def one_date(turn: Turn, asked: DeadlineResult, *, alarming: bool = True) -> str:
    """One date: what, when, counted from which day, how long until then. ``alarming``: a date that was
    missed is told as such, with what to do about it."""
    late = alarming and asked.status is DeadlineStatus.OVERDUE
    form = "_assumed" if asked.trigger in turn.confirm else "_late" if late else ""
    return turn.say.say(
        f"deadlines.one{form}",
        title=turn.say.words(asked.title),
        on=day(turn, asked.due),
        event=label(turn, asked.trigger),
        day=day(turn, asked.trigger_on),
        left=remaining(turn, asked),
        assumed=turn.confirm.get(asked.trigger),
    )


def cycle(turn: Turn, schedule: Schedule) -> str:
    """How often a round comes back for the company: 铅蓄电池：每 2 年完成一轮."""
    return _cycle(turn, schedule.cycle) if schedule.cycle is not None else ""


def _cycle(turn: Turn, cycle: Cycle) -> str:
    industry = turn.facts.get("industry") or turn.facts.get("industry_class")
    said = (
        value(turn, "industry" if "industry" in turn.facts else "industry_class", industry)
        if industry
        else ""
    )
    key = "none" if cycle.statutory is False else (cycle.action if cycle.years else None) or "unknown"
    return turn.say.say(f"deadlines.cycle.{key}", industry=said, years=cycle.years)

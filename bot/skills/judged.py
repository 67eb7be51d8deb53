"""How a company of the contact stands in the check that was made for it, whether it is in play or not."""

from __future__ import annotations

from bot.skills.checks import judge
from bot.skills.showing import known_as
from bot.skills.verdicts import said
from bot.subjects import subject_for_route
from bot.turn import Turn
from rules_engine.model import CheckResult
from storage.records import Company


def of(turn: Turn, company: Company) -> CheckResult | None:
    """The check last made for it, else that of the route it was told to go, on what is held of it; None
    where nothing held bears on one."""
    facts = turn.facts_of(company)
    subject = subject_for_route(facts.get("route"))
    by_route = subject.narrowed(facts.get("audit_kind")) if subject is not None else ()
    goal = next(iter(turn.session.checks.get(company.id) or by_route), "")
    known = turn.sources.rulebook.goals
    told = goal in known and bool(facts.keys() & set(known[goal].facts))
    return judge(turn, goal, facts, company) if told else None


def line(turn: Turn, company: Company, result: CheckResult) -> str:
    """The company, what was checked, and the verdict."""
    title = turn.say.words(result.title)
    return turn.say.say("comparing.line", name=known_as(turn, company), said=said(turn, result), title=title)

"""Who qualifies: a goal judged on what is known, line by line, and the one question that decides most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.messages import Block, Button, Intent, Reply, Text
from bot.skills import goals
from bot.skills.asking import answers, ask, question
from bot.skills.clauses import standing
from bot.skills.heard import to_ask_again
from bot.skills.showing import brief, value
from bot.skills.verdicts import card, headline, mending, title, verdict
from bot.taps import button, offered
from bot.turn import Turn
from rules_engine.model import CheckResult, Outcome, Verdict

READINGS = 2  # declared readings shown under a verdict; the rest is in `xize rules show`


def answer(turn: Turn) -> Reply:
    """Judge the goal in play; ask which one is meant when none is, and for the fact that decides most."""
    turn.session.goals = goals.in_play(turn)
    if not turn.session.goals:
        return ask(turn, Intent.CHECK, ("route",), headline=turn.say.say("check.which"))
    results = [judge(turn, goal, turn.facts) for goal in turn.session.goals]
    first = results[0]
    if goals.differ(results):
        return _reply(turn, first, (goals.KIND,), both=False)
    return _reply(turn, first, _worth_asking(turn, first), both=len(results) > 1)


def judge(turn: Turn, goal: str, facts: Mapping[str, Any]) -> CheckResult:
    """A goal on these facts under today's rules."""
    return turn.sources.rulebook.check(goal, facts, turn.today)


def supposes(turn: Turn) -> bool:
    """Whether the message only supposes something that the check in play is about."""
    supposed = {fact.name for fact in turn.read.hypothetical}
    known = turn.sources.rulebook.goals
    return not turn.understood and any(supposed & set(known[goal].facts) for goal in goals.in_play(turn))


def decides_nothing(turn: Turn) -> bool:
    """Whether what the message told bears on no requirement of the check: then its question comes first."""
    told = set(turn.understood)
    if not told or turn.session.goals:
        return False
    rows = [row for goal in goals.in_play(turn)[:1] for row in judge(turn, goal, turn.facts).requirements]
    return not any(told & set(row.facts) and row.outcome is not Outcome.UNKNOWN for row in rows)


def what_if(turn: Turn) -> Reply:
    """The same check with a change that is not kept."""
    goal = goals.in_play(turn)[0]
    changed = {fact.name: fact.value for fact in turn.read.hypothetical}
    before = judge(turn, goal, turn.facts)
    after = judge(turn, goal, {**turn.facts, **changed})
    first = turn.say.say(
        "check.what_if",
        changes=[
            turn.say.say("check.change", name=brief(turn, n), value=value(turn, n, v))
            for n, v in changed.items()
        ],
        before=verdict(turn, before),
        after=verdict(turn, after),
        missing=[brief(turn, name) for name in after.missing],
    )
    return Reply(
        intent=Intent.CHECK,
        blocks=(Text(first, "headline"), card(turn, after), *standing(turn, _instrument(turn, after))),
        buttons=offered(*_next_steps(turn, after)),
        check=after,
        citations=turn.cite(after.citations),
    )


def _worth_asking(turn: Turn, result: CheckResult) -> tuple[str, ...]:
    contradicted = (name for name in turn.understood if name in result.rejected)
    # What was said and could not be kept leaves an older value standing that is no longer meant.
    not_kept = set(turn.sources.rulebook.goals[result.goal].facts) - set(turn.understood)
    open_still = {*result.missing, *result.rejected, *not_kept}
    again = tuple(name for name in (*to_ask_again(turn), *contradicted) if name in open_still)
    if result.verdict is Verdict.PASS:
        return again
    missing = (name for name in result.missing if name not in turn.session.unknown)
    return tuple(dict.fromkeys((*again, *missing)))


def _reply(turn: Turn, result: CheckResult, wanted: tuple[str, ...], *, both: bool) -> Reply:
    turn.session.asked, turn.session.asking = wanted, Intent.CHECK
    rejected = {name: turn.say.words(reason) for name, reason in result.rejected.items()}
    turn.session.last_refs = (result.failing or result.citations)[:4]
    blocks: list[Block] = [
        Text(headline(turn, result), "headline"),
        Text(title(turn, result, both=both), "note"),
        *(Text(reason) for reason in dict.fromkeys(rejected.values())),
        card(turn, result),
    ]
    blocks += [Text(text) for text in mending(turn, result)]
    if wanted:
        blocks.append(Text(question(turn, wanted[0])))
    blocks += [Text(turn.say.words(note), "note") for note in _readings(result)]
    blocks += standing(turn, _instrument(turn, result))
    return Reply(
        intent=Intent.CHECK,
        blocks=tuple(blocks),
        buttons=offered(*(answers(turn, wanted[0]) if wanted else ()), *_next_steps(turn, result)),
        citations=turn.cite(result.citations),
        asks=wanted[:1],
        rejected=rejected,
        check=result,
    )


def _readings(result: CheckResult) -> list[Any]:
    """The readings that bear on a settled verdict; legal standing has its own line."""
    said = [note for note in result.notes if note not in result.standing]
    return [] if result.verdict is Verdict.UNKNOWN and result.requirements else said[:READINGS]


def _instrument(turn: Turn, result: CheckResult) -> str | None:
    return turn.sources.library.provision(result.citations[0]).instrument if result.citations else None


def _next_steps(turn: Turn, result: CheckResult) -> list[Button | None]:
    refs = (result.failing or result.citations)[:1]
    steps = [button(turn.clause_label(ref), "clause", ref) for ref in refs]
    if result.verdict is Verdict.UNKNOWN:
        return steps
    known = turn.sources.rulebook.goals
    return steps + [
        button(turn.say.words(known[goal].title), "goal", goal) for goal in goals.others(result.goal)[:2]
    ]

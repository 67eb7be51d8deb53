"""Who qualifies: a goal judged on what is known, line by line, and the one question that decides most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.messages import Block, Button, Intent, Reply, Text, VerdictCard, VerdictRow
from bot.skills import goals
from bot.skills.asking import answers, ask, question
from bot.skills.clauses import standing
from bot.skills.heard import to_ask_again
from bot.skills.showing import label, value
from bot.taps import button, offered
from bot.turn import Turn
from rules_engine.model import CheckResult, Outcome, RequirementResult, Verdict


def answer(turn: Turn) -> Reply:
    """Judge the goal in play; ask which one is meant when none is, and for the fact that decides most."""
    turn.session.goals = goals.in_play(turn)
    if not turn.session.goals:
        return ask(turn, Intent.CHECK, ("route",), headline=turn.say.say("check.which"))
    results = [judge(turn, goal, turn.facts) for goal in turn.session.goals]
    first = results[0]
    if goals.differ(results):
        return _with_question(turn, first, (goals.KIND,), both=False)
    return _with_question(turn, first, _worth_asking(turn, first), both=len(results) > 1)


def judge(turn: Turn, goal: str, facts: Mapping[str, Any]) -> CheckResult:
    """A goal on these facts under today's rules."""
    return turn.sources.rulebook.check(goal, facts, turn.today)


def supposes(turn: Turn) -> bool:
    """Whether the message only supposes something that the check in play is about."""
    supposed = {fact.name for fact in turn.read.hypothetical}
    known = turn.sources.rulebook.goals
    return not turn.understood and any(supposed & set(known[goal].facts) for goal in goals.in_play(turn))


def what_if(turn: Turn) -> Reply:
    """The same check with a change that is not kept."""
    goal = goals.in_play(turn)[0]
    changed = {fact.name: fact.value for fact in turn.read.hypothetical}
    before = judge(turn, goal, turn.facts)
    after = judge(turn, goal, {**turn.facts, **changed})
    said = [
        turn.say.say("check.change", name=label(turn, n), value=value(turn, n, v)) for n, v in changed.items()
    ]
    headline_ = turn.say.say(
        "check.what_if",
        changes=said,
        before=_verdict(turn, before),
        after=_verdict(turn, after),
        missing=[label(turn, name) for name in after.missing],
    )
    return Reply(
        intent=Intent.CHECK,
        blocks=(Text(headline_, "headline"), _card(turn, after), *standing(turn, _instrument(turn, after))),
        buttons=offered(*_next_steps(turn, after)),
        check=after,
        citations=turn.cite(after.citations),
    )


def _worth_asking(turn: Turn, result: CheckResult) -> tuple[str, ...]:
    again = tuple(name for name in to_ask_again(turn) if name in result.missing or name in result.rejected)
    if result.verdict is Verdict.PASS:
        return again
    missing = (name for name in result.missing if name not in turn.session.unknown)
    return tuple(dict.fromkeys((*again, *missing)))


def _with_question(turn: Turn, result: CheckResult, wanted: tuple[str, ...], *, both: bool) -> Reply:
    blocks: list[Block] = [Text(headline(turn, result), "headline"), _card(turn, result)]
    blocks += [Text(text) for text in _what_mends(turn, result)]
    if both:
        blocks.append(Text(turn.say.say("check.both"), "note"))
    blocks += [Text(turn.say.words(note), "note") for note in result.notes]
    turn.session.asked, turn.session.asking = wanted, Intent.CHECK
    if wanted:
        blocks.append(Text(question(turn, wanted[0])))
    blocks += standing(turn, _instrument(turn, result))
    turn.session.last_refs = (result.failing or result.citations)[:4]
    return Reply(
        intent=Intent.CHECK,
        blocks=tuple(blocks),
        buttons=offered(*(answers(turn, wanted[0]) if wanted else _next_steps(turn, result))),
        citations=turn.cite(result.citations),
        asks=wanted[:1],
        rejected={name: turn.say.words(reason) for name, reason in result.rejected.items()},
        check=result,
    )


def headline(turn: Turn, result: CheckResult) -> str:
    """The verdict in a line: what fails first, or what is still open."""
    failing = [row for row in result.requirements if row.outcome is Outcome.NOT_MET]
    changed = _what_changed(turn, result)
    if result.verdict is Verdict.FAIL and failing:
        reasons = [f"{_row_text(turn, row)}（{_clause(turn, row)}）" for row in failing[:2]]
        return changed + turn.say.say("check.fail", title=turn.say.words(result.title), reasons=reasons)
    if result.verdict is Verdict.PASS:
        return changed + turn.say.say("check.pass", title=turn.say.words(result.title))
    missing = [label(turn, name) for name in result.missing]
    return changed + turn.say.say("check.unknown", title=turn.say.words(result.title), missing=missing[:3])


def _what_changed(turn: Turn, result: CheckResult) -> str:
    corrected = [fact for fact in turn.read.facts if fact.correction and fact.name in turn.before]
    if not corrected:
        return ""
    said = [
        turn.say.say(
            "check.corrected",
            name=label(turn, fact.name),
            old=value(turn, fact.name, turn.before[fact.name]),
            new=value(turn, fact.name, fact.value),
        )
        for fact in corrected
        if turn.before[fact.name] != fact.value
    ]
    return turn.say.say("check.changed", changes=said) if said else ""


def _what_mends(turn: Turn, result: CheckResult) -> list[str]:
    lines = []
    if result.verdict is Verdict.FAIL and result.fixes:
        fixes = [
            [
                turn.say.say("check.change", name=label(turn, n), value=value(turn, n, v))
                for n, v in fix.items()
            ]
            for fix in result.fixes[:3]
        ]
        lines.append(turn.say.say("check.fixes", fixes=fixes, open=[label(turn, n) for n in result.missing]))
    if result.heals_on is not None:
        lines.append(turn.say.say("check.heals", day=result.heals_on.isoformat()))
    return lines


def _card(turn: Turn, result: CheckResult) -> VerdictCard:
    return VerdictCard(
        tuple(
            VerdictRow(
                outcome=row.outcome.value,
                text=_row_text(turn, row),
                clause=_clause(turn, row),
                ref=row.citations[0] if row.citations else "",
            )
            for row in result.requirements
        )
    )


def _row_text(turn: Turn, row: RequirementResult) -> str:
    title = turn.say.words(row.title)
    name = row.facts[0] if row.facts else ""
    if row.required is None or isinstance(row.required, bool):
        return title
    required = value(turn, name, row.required)
    given = value(turn, name, row.given) if row.given is not None else None
    return turn.say.say("check.row", title=title, given=given, required=required)


def _clause(turn: Turn, row: RequirementResult) -> str:
    return turn.clause_label(row.citations[0]) if row.citations else ""


def _verdict(turn: Turn, result: CheckResult) -> str:
    return turn.say.say(f"verdict.{result.verdict}")


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

"""A check result in words: the verdict in a line, the card of requirements, what would mend it."""

from __future__ import annotations

from bot.messages import VerdictCard, VerdictRow
from bot.skills import whose
from bot.skills.showing import brief, value
from bot.turn import Turn
from rules_engine.model import CheckResult, Outcome, RequirementResult, Verdict

_MANY = 3  # open requirements that are not listed again with every answer


def headline(turn: Turn, result: CheckResult) -> str:
    """The verdict in a line: what fails first, or what is open; before it, what a correction changed."""
    return changes(turn) + said(turn, result)


def title(turn: Turn, result: CheckResult, *, both: bool) -> str:
    """What was checked. ``both``: the verdict holds for either kind of audit."""
    called = turn.say.words(result.title)
    if not both:
        return called
    return turn.say.say("check.both", title=called.partition("（")[0].partition(" (")[0])


def card(turn: Turn, result: CheckResult, *, going_on: bool = False) -> VerdictCard:
    """The requirements with ticks and crosses, one line where several clauses ask for the same.
    ``going_on``: what is open was listed before, so that its number is enough."""
    lines: dict[tuple[str, str], list[RequirementResult]] = {}
    for row in result.requirements:
        lines.setdefault((row.outcome.value, said_of(turn, row)), []).append(row)
    still_open = [rows for rows in lines.values() if rows[0].outcome is Outcome.UNKNOWN]
    if not going_on or len(still_open) < _MANY:
        return VerdictCard(tuple(_line(turn, text, rows) for (_, text), rows in lines.items()))
    told = ((text, rows) for (_, text), rows in lines.items() if rows not in still_open)
    more = turn.say.say("check.open_more", count=len(still_open))
    known = tuple(_line(turn, text, rows) for text, rows in told)
    return VerdictCard((*known, VerdictRow(outcome="unknown", text=more)))


def _line(turn: Turn, text: str, rows: list[RequirementResult]) -> VerdictRow:
    clauses = dict.fromkeys(filter(None, (_clause(turn, row) for row in rows)))
    return VerdictRow(
        outcome=rows[0].outcome.value,
        text=text,
        clause=turn.say.say("check.clauses", clauses=list(clauses)),
        ref=rows[0].citations[0] if rows[0].citations else "",
    )


def mending(turn: Turn, result: CheckResult) -> list[str]:
    """What would turn a failure: each cheapest change, apart from what is not yet known. When time alone
    mends it, the result's notes say on which day."""
    if result.verdict is not Verdict.FAIL or not result.fixes:
        return []
    fixes: list[list[str]] = []
    for fix in result.fixes[:3]:
        changes = {name: wanted for name, wanted in fix.items() if name not in result.missing}
        steps = [change(turn, name, wanted) for name, wanted in changes.items()]
        if steps and steps not in fixes:  # the same change may be one of several fixes
            fixes.append(steps)
    if not fixes:
        return []
    return [turn.say.say("check.fixes", fixes=fixes, open=[brief(turn, name) for name in result.missing])]


def said(turn: Turn, result: CheckResult) -> str:
    """The verdict alone, without what changed."""
    if result.verdict is Verdict.PASS:
        return turn.say.say("check.pass", short=all(is_count(row.required) for row in result.requirements))
    if result.verdict is Verdict.FAIL:
        rows = [row for row in result.requirements if row.outcome is Outcome.NOT_MET]
        return _failing(turn, rows, mendable=bool(result.fixes))
    if not result.requirements:
        return turn.say.say("check.no_rule")
    return turn.say.say("check.unknown", missing=[brief(turn, name) for name in result.missing])


def _failing(turn: Turn, rows: list[RequirementResult], *, mendable: bool) -> str:
    """What is not met, the first two with their clauses; by how much, where no change says it below."""
    lacking = {} if mendable else {said_of(turn, row): _lacking(turn, row) for row in rows}
    counted = {said_of(turn, row): is_count(row.required) for row in rows}
    clauses: dict[str, list[str]] = {}
    for row in rows:
        clauses.setdefault(said_of(turn, row), []).append(_clause(turn, row))
    reasons = [
        turn.say.say(
            "check.reason",
            row=text,
            clauses=list(filter(None, behind)),
            counted=counted[text],
            lacking=lacking.get(text, ""),
        )
        for text, behind in list(clauses.items())[:2]
    ]
    more = len(clauses) - len(reasons)
    return turn.say.say("check.fail", reasons=reasons, more=more, short=all(counted.values()))


def _lacking(turn: Turn, row: RequirementResult) -> str:
    """By how much a number falls short, with its unit: 2 分."""
    if not is_count(row.given) or not is_count(row.required):
        return ""
    short = row.required - row.given
    definition = turn.sources.rulebook.facts.get(row.facts[0])
    unit = turn.say.words(definition.unit) if definition is not None and definition.unit else ""
    return f"{short} {unit}".strip() if short > 0 else ""


def changes(turn: Turn) -> str:
    """What a correction changed, or a value that was told anew."""
    changed = [
        turn.say.say(
            "check.corrected",
            name=brief(turn, name),
            old=value(turn, name, turn.before[name]),
            new=value(turn, name, told),
        )
        for name, told in turn.understood.items()
        if name in turn.before and turn.before[name] != told and not whose.of_another(turn, name)
    ]
    return turn.say.say("check.changed", changes=changed) if changed else ""


def change(turn: Turn, name: str, wanted: object) -> str:
    """A change to a fact in a few words: so many more, or its new value."""
    held = turn.facts.get(name)
    more = wanted - held if is_count(wanted) and is_count(held) else None  # type: ignore[operator]
    if more is not None and more > 0:
        return turn.say.say("check.more", name=brief(turn, name), more=more)
    return would_be(turn, name, wanted)


def would_be(turn: Turn, name: str, wanted: object) -> str:
    """A fact with a supposed value: 审核师 4; what is a yes goes by its name alone."""
    if wanted is True:
        return brief(turn, name)
    return turn.say.say("check.change", name=brief(turn, name), value=value(turn, name, wanted))


def demand(turn: Turn, row: RequirementResult) -> str:
    """What a requirement asks for, whatever was given: 审核师 4 名以上, else its title."""
    named = turn.say.words(row.title)
    if not row.facts or not is_count(row.required) or str(row.required) in named:
        return named
    definition = turn.sources.rulebook.facts.get(row.facts[0])
    unit = turn.say.words(definition.unit) if definition is not None and definition.unit else ""
    return turn.say.say("check.demand", name=named, least=row.required, unit=unit)


def is_count(held: object) -> bool:
    """Whether a value is a number of something."""
    return isinstance(held, int) and not isinstance(held, bool)


def said_of(turn: Turn, row: RequirementResult) -> str:
    """One requirement in a few words: a figure's short noun with given and required, else its title."""
    if row.required is None or isinstance(row.required, bool) or len(row.facts) == 0:
        return turn.say.words(row.title)
    name = row.facts[0]
    required = value(turn, name, row.required)
    given = value(turn, name, row.given) if row.given is not None else None
    return turn.say.say("check.row", title=brief(turn, name), given=given, required=required)


def _clause(turn: Turn, row: RequirementResult) -> str:
    return turn.clause_label(row.citations[0]) if row.citations else ""

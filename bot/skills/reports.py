"""A check put into the words of its report: requirements, what they were judged on, clauses, standing."""

from __future__ import annotations

from pathlib import Path

from bot.documents.report import Fact, Provision, Report, Requirement, write_report
from bot.skills.clauses import clause_card
from bot.skills.showing import day, label, value
from bot.skills.verdicts import headline, is_count, mending, title
from bot.turn import Turn
from rules_engine.model import CheckResult, RequirementResult

_LONGEST = 600  # characters of a clause that a report repeats


def write_check(turn: Turn, result: CheckResult, path: Path, *, both: bool) -> None:
    """Write the report of a check. ``both``: it holds for either kind of audit."""
    report = Report(
        company=turn.company.name if turn.company is not None else "",
        goal=title(turn, result, both=both),
        day=day(turn, result.on),
        rules=f"{result.rulebook.id} {result.rulebook.version}",
        verdict=headline(turn, result),
        requirements=[_requirement(turn, row) for row in result.requirements],
        facts=_facts(turn, result),
        provisions=[_provision(turn, ref) for ref in result.citations],
        fixes=mending(turn, result),
        notes=_notes(turn, result),
    )
    write_report(path, report, turn.say)


def _requirement(turn: Turn, row: RequirementResult) -> Requirement:
    name = row.facts[0] if row.facts else ""
    return Requirement(
        title=turn.say.words(row.title),
        required=_demanded(turn, name, row.required),
        given=_shown(turn, name, row.given),
        outcome=turn.say.say(f"document.outcome.{row.outcome}"),
        clause=turn.clause_labels(row.citations),
    )


def _demanded(turn: Turn, name: str, required: object) -> str:
    """A figure that is demanded is the least that will do."""
    shown = _shown(turn, name, required)
    return turn.say.say("value.loose", low=shown, high="") if is_count(required) else shown


def _shown(turn: Turn, name: str, held: object) -> str:
    return "" if held is None else value(turn, name, held)


def _facts(turn: Turn, result: CheckResult) -> list[Fact]:
    """What was said of the facts that the check turns on, with the words."""
    company = turn.company
    names = dict.fromkeys(turn.sources.rulebook.goals[result.goal].facts)
    held = {
        fact.name: fact
        for fact in turn.talk.facts.values()
        if company is not None and fact.company_id == company.id
    }
    return [
        Fact(
            label(turn, name),
            value(turn, name, held[name].value),
            held[name].words,
            day(turn, held[name].said_at.astimezone(turn.now.tzinfo).date()),
        )
        for name in names
        if name in held
    ]


def _provision(turn: Turn, ref: str) -> Provision:
    card = clause_card(turn, ref)
    words = f"“{card.text}”" if card.verbatim and card.text else card.text
    return Provision(
        label=turn.sources.library.provision(ref).label,
        standing=f"{card.wording} · {card.status}",
        text="\n".join(part for part in (words, card.gloss) if part)
        if len(card.text) <= _LONGEST
        else turn.say.say("document.long"),
    )


def _notes(turn: Turn, result: CheckResult) -> list[str]:
    """The rules' readings, and the instrument's standing as of today."""
    said = [turn.say.words(note) for note in result.notes if note not in result.standing]
    library = turn.sources.library
    instruments = dict.fromkeys(library.provision(ref).instrument for ref in result.citations[:1])
    lines = (library.standing(instrument, turn.today) for instrument in instruments)
    return [*said, *(turn.say.words(line) for line in lines if line is not None)]

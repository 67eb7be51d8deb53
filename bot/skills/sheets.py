"""Spreadsheets for users: the dates, the roster's result person by person, the roster template."""

from __future__ import annotations

from pathlib import Path

from bot.documents.tables import Table, Value, write_tables
from bot.documents.template import Template, write_template
from bot.phrases import to_traditional
from bot.rosters.judging import JudgedPerson, Mark, Standing
from bot.rosters.reading import Roster
from bot.rosters.words import EXPIRY, table
from bot.skills.people import judged, reasons, short
from bot.skills.rosters import field_label
from bot.skills.showing import brief, remaining
from bot.turn import Turn
from rules_engine.model import DeadlineResult, Schedule


def write_deadlines(turn: Turn, schedule: Schedule, path: Path) -> None:
    """The dates, each as a true date with its clauses, rest-day remark and reminder days."""
    say = turn.say.say
    headers = [
        say(f"sheet.{name}")
        for name in ("due", "title", "status", "left", "effective", "note", "clause", "reminders", "company")
    ]
    rows = [_deadline(turn, item) for item in schedule.deadlines]
    write_tables(path, [Table(say("sheet.deadlines"), headers, rows)])


def write_roster(turn: Turn, roster: Roster, path: Path) -> None:
    """Everybody with what the file says of them and how they stand to each demand, and why."""
    people = judged(turn, roster, turn.session.goals)
    facts = tuple(people[0].standings) if people else ()
    say = turn.say.say
    headers = [say("sheet.line"), say("sheet.name"), *(brief(turn, name) for name in facts)]
    headers += [say("sheet.why"), field_label(turn, EXPIRY)]
    rows = [_person(turn, one) for one in people]
    write_tables(path, [Table(say("sheet.roster"), headers, rows)])


def write_empty_roster(turn: Turn, path: Path) -> None:
    """The template in the talk's language."""
    english = turn.language == "en"
    offered = table("offered_en" if english else "offered")
    columns = table("template")["columns"]
    example = table("example")["cells_en" if english else "cells"]
    write_template(
        path,
        Template(
            title=turn.say.say("sheet.template"),
            columns=[(name, _header(turn, name)) for name in columns],
            example=[_local(turn, cell) for cell in example],
            choices={name: [_local(turn, word) for word in words] for name, words in offered.items()},
            note=turn.say.say("roster.field.example_note"),
        ),
    )


def _header(turn: Turn, name: str) -> str:
    """A column's usual header, which is read back for sure."""
    names = table("columns")[name]
    if turn.language == "en":
        return next(str(one).capitalize() for one in names if one.isascii())
    return _local(turn, names[0])


def _local(turn: Turn, words: str) -> str:
    return to_traditional(words) if turn.language == "zh-Hant" else words


def _deadline(turn: Turn, item: DeadlineResult) -> list[Value]:
    reminders = [reminder.on.isoformat() for reminder in item.reminders if reminder.skipped is None]
    company = turn.company.name if turn.company is not None else ""
    return [
        item.due,
        turn.say.words(item.title),
        remaining(turn, item),
        item.days_left,
        item.effective,
        turn.say.words(item.postponement) if item.postponement else "",
        turn.clause_labels(item.citations),
        " ".join(reminders),
        company,
    ]


def _person(turn: Turn, one: JudgedPerson) -> list[Value]:
    marks: list[Value] = [turn.say.say(f"sheet.{standing.mark}") for standing in one.standings.values()]
    why = [
        turn.say.say("row.named", name=brief(turn, name), said=_why(turn, one, standing))
        for name, standing in one.standings.items()
        if standing.mark is not Mark.COUNTS
    ]
    return [
        one.person.line,
        one.person.name,
        *marks,
        turn.say.say("row.apart", items=why),
        one.person.expires,
    ]


def _why(turn: Turn, one: JudgedPerson, standing: Standing) -> str:
    if standing.mark is Mark.NEARLY:
        field, given, needed = short(turn, standing)
        return f"{field} {given} / {needed}"
    return turn.say.say("row.same", items=reasons(turn, one.person, standing))

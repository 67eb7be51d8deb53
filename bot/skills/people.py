"""A roster's people in words: who counts for what, who nearly does, whose certificate ends."""

from __future__ import annotations

from collections.abc import Sequence

from bot.rosters.judging import JudgedPerson, Mark, Standing, expiring, items, judge
from bot.rosters.reading import Roster
from bot.rosters.rows import ROSTER, Person
from bot.rosters.words import limit, means
from bot.skills.showing import brief, day
from bot.turn import Turn

_OPEN = (Mark.NEARLY, Mark.UNCLEAR)


def people_lines(turn: Turn, roster: Roster, goals: Sequence[str]) -> list[str]:
    """A line for each person; of many, first those with whom something is open."""
    people = judged(turn, roster, goals)
    most = limit("people_shown")
    if len(people) > most:
        people = sorted(people, key=lambda one: not any(s.mark in _OPEN for s in one.standings.values()))
    lines = [_line(turn, one) for one in people[:most]]
    if len(people) > most:
        lines.append(turn.say.say("roster.more", count=len(people) - most))
    return lines


def judged(turn: Turn, roster: Roster, goals: Sequence[str]) -> list[JudgedPerson]:
    """Everybody before the demands of these goals, in the file's order."""
    rules = turn.sources.rulebook.rules
    return list(judge(rules, roster, items(rules, turn.today, goals), turn.today))


def expiry_lines(turn: Turn, roster: Roster) -> list[str]:
    """Whose certificate has ended or ends soon."""
    return [_expiry(turn, person) for person in expiring(roster, turn.today)[: limit("people_shown")]]


def missing_columns(turn: Turn, roster: Roster, goals: Sequence[str]) -> list[str]:
    """Columns that the demands turn on and the file does not have; a field that other words gave is there."""
    rules = turn.sources.rulebook.rules
    needed = {
        one.field for item in items(rules, turn.today, goals) for one in item.where if one.is_not is None
    }
    said = {name for person in roster.people for name in person.record}
    fields = rules.facts[ROSTER].fields
    return [
        turn.say.words(column.label)
        for column in fields
        if column.name in needed and column.name in roster.missing and column.name not in said
    ]


def blank_fields(turn: Turn, roster: Roster, goals: Sequence[str]) -> list[str]:
    """Columns whose empty cells keep somebody from being counted or left out, with how many people."""
    open_fields = [
        name
        for one in judged(turn, roster, goals)
        for name in one.person.blank
        if any(s.mark is Mark.UNCLEAR and name in s.fields for s in one.standings.values())
    ]
    return [
        turn.say.say(
            "roster.blank", field=turn.say.words(column.label), people=open_fields.count(column.name)
        )
        for column in turn.sources.rulebook.rules.facts[ROSTER].fields
        if column.name in open_fields
    ]


def reasons(turn: Turn, person: Person, standing: Standing) -> list[str]:
    """What stands, or does not stand, in the cells that keep a person from counting."""
    labels = {
        column.name: turn.say.words(column.label)
        for column in turn.sources.rulebook.rules.facts[ROSTER].fields
    }
    found = []
    for name in standing.fields:
        words = person.given.get(name, "")
        key = "said" if words and not means(words, "empty") else "empty"
        found.append(turn.say.say(f"roster.person.{key}", field=labels[name], words=words))
    return found


def short(turn: Turn, standing: Standing) -> tuple[str, int, int]:
    """The field whose number is short, the number and what is needed."""
    columns = turn.sources.rulebook.rules.facts[ROSTER].fields
    label = next(turn.say.words(one.label) for one in columns if one.name == standing.fields[0])
    return label, standing.given, standing.needed


def _line(turn: Turn, one: JudgedPerson) -> str:
    say = turn.say.say
    by_mark = {mark: [n for n, s in one.standings.items() if s.mark is mark] for mark in Mark}
    parts = []
    if by_mark[Mark.COUNTS]:
        parts.append(say("roster.person.counts", items=[brief(turn, name) for name in by_mark[Mark.COUNTS]]))
    for name in by_mark[Mark.NEARLY]:
        field, given, needed = short(turn, one.standings[name])
        parts.append(
            say("roster.person.nearly", item=brief(turn, name), field=field, given=given, needed=needed)
        )
    for mark in (Mark.UNCLEAR, Mark.OUT):
        by_reason: dict[tuple[str, ...], list[str]] = {}
        for name in by_mark[mark]:
            why = tuple(_told(turn, one.person, one.standings[name]))
            by_reason.setdefault(why, []).append(brief(turn, name))
        parts += [
            say(f"roster.person.{mark}", items=names, reasons=why) for why, names in by_reason.items() if why
        ]
    return say("roster.person.line", name=one.person.name, parts=parts or [say("roster.person.none")])


def _told(turn: Turn, person: Person, standing: Standing) -> list[str]:
    """The reasons worth a line: what is simply not there keeps nobody from a demand by surprise."""
    if standing.mark is Mark.OUT and not all(_says_something(person, name) for name in standing.fields):
        return []
    return reasons(turn, person, standing)


def _says_something(person: Person, name: str) -> bool:
    return bool(person.given.get(name)) and person.record.get(name) not in (None, "none")


def _expiry(turn: Turn, person: Person) -> str:
    ends = person.expires or turn.today
    left = (ends - turn.today).days
    key = "expires" if left > 0 else "expires_today" if left == 0 else "expired"
    return turn.say.say(f"roster.person.{key}", name=person.name, day=day(turn, ends), days=abs(left))

"""A roster dropped into the chat: the verdict with everybody's part in it. Counts are kept, names are not,
unless the user says so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import get_args

from bot.attachments import set_aside
from bot.errors import UserError
from bot.messages import Bullets, Button, Intent, Language, Reply, Text
from bot.phrases import phrases
from bot.rosters.columns import NAME, Doubt
from bot.rosters.holding import Held, drop, fetch, hold
from bot.rosters.judging import counts, items
from bot.rosters.reading import Roster, read_file, read_people, refused
from bot.rosters.rows import ROSTER
from bot.rosters.words import EXPIRY, SINCE
from bot.skills import goals
from bot.skills.roster_verdicts import verdict
from bot.taps import button, offered
from bot.turn import Turn
from bot.understanding.model import StatedFact


def read(turn: Turn) -> Reply:
    """Read the file that came in. One that is no roster is refused in a sentence, and nothing is kept."""
    path = turn.incoming.file
    if path is None:
        return again(turn)
    try:
        rows = tuple(read_file(path))
    except UserError as error:
        return _refusal(turn, turn.say.say(error.phrase, **error.fill))
    return _taken_up(turn, Held(path.name, rows, pasted=turn.incoming.text is not None))


def answer(turn: Turn) -> Reply:
    """A roster's buttons: ``roster:column:<n>:<field>:yes|no``, ``roster:blank``, ``roster:keep``,
    ``roster:drop``."""
    what, *rest = turn.tap.arguments if turn.tap is not None and turn.tap.arguments else ("",)
    if what == "drop":
        return _drop(turn)
    held = fetch(turn.session.roster)
    if held is None:
        return _refusal(turn, turn.say.say("roster.gone"))
    if what == "keep":
        return _keep(turn, held)
    if what == "blank":
        held = replace(held, blank_is_none=True)
    if what == "column" and len(rest) == 3 and rest[0].isdecimal():
        held = replace(held, decided=(*held.decided, (int(rest[0]), rest[1], rest[2] == "yes")))
    return _taken_up(turn, held)


def just_asked(turn: Turn) -> bool:
    """Whether the message before this one asked about a column."""
    seen, asked = turn.talk.contact.seen_at, turn.session.column
    return bool(asked) and seen is not None and seen == datetime.fromisoformat(asked)


def said(turn: Turn) -> Reply:
    """A plain yes or no to the column that was asked about."""
    held = fetch(turn.session.roster)
    doubts = _read(turn, held).doubts if held is not None else ()
    if held is None or not doubts:
        return again(turn)
    decision = (doubts[0].column, doubts[0].field, turn.read.answer is True)
    return _taken_up(turn, replace(held, decided=(*held.decided, decision)))


def explain(turn: Turn) -> Reply:
    """How to send a roster."""
    return _refusal(turn, turn.say.say("roster.explain"))


def again(turn: Turn) -> Reply:
    """No file came along, and none is at hand."""
    return _refusal(turn, turn.say.say("roster.gone"))


def held_roster(turn: Turn) -> tuple[Held, Roster] | None:
    """The roster at hand, where its columns are settled."""
    held = fetch(turn.session.roster)
    if held is None:
        return None
    roster = _read(turn, held)
    return None if roster.doubts else (held, roster)


def _read(turn: Turn, held: Held) -> Roster:
    rules = turn.sources.rulebook.rules
    return read_people(held.rows, rules, turn.today, held.decided, blank_is_none=held.blank_is_none)


def _taken_up(turn: Turn, held: Held) -> Reply:
    """The reply to a roster; a sentence where it cannot be one."""
    try:
        return _go_on(turn, held)
    except UserError as error:
        return _refusal(turn, turn.say.say(error.phrase, **error.fill))


def _go_on(turn: Turn, held: Held) -> Reply:
    """Ask about a doubtful column, or judge."""
    rules = turn.sources.rulebook.rules
    roster = _read(turn, held)
    turn.session.column = ""
    if roster.doubts:
        turn.session.column = turn.now.isoformat()
        turn.session.roster = hold(held, turn.now)
        return _ask(turn, roster.doubts)
    reason = refused(rules, roster)
    if reason is not None:
        return _not_taken(turn, roster, turn.say.words(reason))
    decided = bool(goals.in_play(turn))
    company = turn.ensure_company()
    turn.session.roster = hold(replace(held, company=company.id), turn.now)
    words = turn.say.say("roster.words", file=held.name)
    found = counts(rules, roster, turn.facts, turn.today)
    _forget_earlier(turn, company.id, found)
    turn.record(StatedFact(name, count, words) for name, count in found.items())
    return verdict(turn, held, roster, decided=decided)


def _forget_earlier(turn: Turn, company: str, found: Collection[str]) -> None:
    """Drop what followed from an earlier roster: where the new one is silent, nothing is known any more."""
    begun = tuple(phrases(one).say("roster.words", file="") for one in get_args(Language))
    counted = {item.fact for item in items(turn.sources.rulebook.rules, turn.today)} - set(found)
    for (of, name), fact in list(turn.talk.facts.items()):
        if of == company and (name == ROSTER or (name in counted and fact.words.startswith(begun))):
            del turn.talk.facts[of, name]


def _ask(turn: Turn, doubts: tuple[Doubt, ...]) -> Reply:
    first = doubts[0]
    question = turn.say.say("roster.column", header=first.header, field=field_label(turn, first.field))
    blocks = [Text(question, "headline")]
    if len(doubts) > 1:
        blocks.append(Text(turn.say.say("roster.column_more", count=len(doubts) - 1), "note"))
    place = ("column", str(first.column), first.field)
    return Reply(
        Intent.CHECK,
        tuple(blocks),
        offered(
            button(turn.say.say("roster.button.right"), "roster", *place, "yes"),
            button(turn.say.say("roster.button.wrong"), "roster", *place, "no"),
        ),
        asks=("confirm",),
    )


def field_label(turn: Turn, name: str) -> str:
    """What a column of a roster is called."""
    for column in turn.sources.rulebook.rules.facts[ROSTER].fields:
        if column.name == name:
            return turn.say.words(column.label)
    return turn.say.say(f"roster.field.{name}") if name in (SINCE, EXPIRY) else name


def _keep(turn: Turn, held: Held) -> Reply:
    """Keep the people themselves, in the stead of what followed from them."""
    if held.company in turn.talk.companies:
        turn.play(turn.talk.companies[held.company])
    roster = _read(turn, held)
    turn.record([StatedFact(ROSTER, roster.records, turn.say.say("roster.words", file=held.name))])
    return Reply(
        Intent.COMPANY,
        (Text(turn.say.say("roster.kept", people=len(roster.people)), "headline"),),
        offered(
            button(turn.say.say("roster.button.drop"), "roster", "drop"),
            button(turn.say.say("button.check"), "check"),
        ),
    )


def _drop(turn: Turn) -> Reply:
    drop(turn.session.roster)
    turn.session.roster = ""
    company = turn.company
    was = turn.talk.facts.pop((company.id, ROSTER), None) if company is not None else None
    said = turn.say.say("roster.dropped" if was is not None else "roster.nothing_to_drop")
    return Reply(Intent.COMPANY, (Text(said, "headline"),), _ways_on(turn))


def _not_taken(turn: Turn, roster: Roster, reason: str) -> Reply:
    """The rulebook does not take these people: the same one twice, most of the time."""
    seen: dict[str, int] = {}
    for person in roster.people:
        plain = "".join(str(person.record[NAME]).split()).casefold()
        seen[plain] = seen.get(plain, 0) + 1
    twice = [name for name, times in seen.items() if times > 1]
    if not twice:
        return replace(_refusal(turn, turn.say.say("roster.not_taken", reason=reason)), intent=Intent.CHECK)
    named = Bullets(tuple(twice), fleeting=set_aside(twice, turn.now))
    return Reply(
        Intent.CHECK,
        (Text(turn.say.say("roster.doubles"), "headline"), named),
        _ways_on(turn),
        rejected={ROSTER: reason},
    )


def _refusal(turn: Turn, said: str) -> Reply:
    """A sentence, and the template to do better with."""
    return Reply(Intent.HELP, (Text(said, "headline"),), _ways_on(turn))


def _ways_on(turn: Turn) -> tuple[Button, ...]:
    return offered(
        button(turn.say.say("roster.button.template"), "document", "template"),
        button(turn.say.say("button.check"), "check"),
    )

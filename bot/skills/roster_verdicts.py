"""The verdict on a roster: the check's own reply, with everybody's part in it."""

from __future__ import annotations

from dataclasses import replace

from bot.attachments import set_aside
from bot.messages import Block, Bullets, Button, Reply, Text, VerdictCard
from bot.rosters.holding import Held
from bot.rosters.judging import items
from bot.rosters.reading import Roster
from bot.rosters.rows import ROSTER
from bot.rosters.words import SINCE
from bot.skills import checks
from bot.skills.people import blank_fields, expiry_lines, missing_columns, people_lines
from bot.skills.showing import brief, value
from bot.skills.verdicts import changes
from bot.taps import button, offered
from bot.turn import Turn
from rules_engine.model import CheckResult

_FILES = "files"  # the tap behind which the roster's result stands too


def verdict(turn: Turn, held: Held, roster: Roster, *, decided: bool) -> Reply:
    """The check's verdict, with everybody's part in it after the card of requirements. ``decided``: whether
    it was known which check is meant before the roster came."""
    replaced = _replaced(turn)
    reply = checks.answer(turn) if decided else _undecided(turn)
    blanks = [] if held.blank_is_none else blank_fields(turn, roster, turn.session.goals)
    summary = _summary(turn, held, roster)
    if reply.check is not None:
        begun: list[Block] = [reply.blocks[0], Text(summary)]
    else:
        begun = [Text(summary, "headline")]
    rest = list(reply.blocks[1:])
    after = next((place for place, block in enumerate(rest) if isinstance(block, VerdictCard)), -1) + 1
    notes = [*_other_readings(turn, reply.check, roster), turn.say.say("roster.privacy", pasted=held.pasted)]
    return replace(
        reply,
        blocks=(
            *begun,
            *replaced,
            *rest[:after],
            *_people(turn, roster, blanks),
            *rest[after:],
            *(Text(note, "note") for note in notes),
        ),
        buttons=_buttons(turn, reply, is_blank=bool(blanks)),
    )


def _replaced(turn: Turn) -> list[Text]:
    """What the roster's counts took the place of: a note, for the file corrects nothing that was said."""
    said = changes(turn).strip()
    turn.before = {name: held for name, held in turn.before.items() if name not in turn.understood}
    return [Text(said, "note")] if said else []


def _undecided(turn: Turn) -> Reply:
    """The check while it is open which one is meant: that a roster lists degrees does not choose a route, as
    somebody does who speaks of them."""
    told = dict(turn.understood)
    turn.understood.clear()
    reply = checks.answer(turn)
    turn.understood.update(told)
    return reply


def _buttons(turn: Turn, reply: Reply, *, is_blank: bool) -> tuple[Button, ...]:
    say = turn.say.say
    listed = _FILES in {one.tap for one in reply.buttons}
    return offered(
        *reply.buttons,
        button(say("roster.button.blank"), "roster", "blank") if is_blank else None,
        button(say("roster.button.keep"), "roster", "keep"),
        None if listed else button(say("roster.button.people"), "document", "roster"),
    )


def _summary(turn: Turn, held: Held, roster: Roster) -> str:
    """How many people, and how many count for each demand in play."""
    demands = items(turn.sources.rulebook.rules, turn.today, turn.session.goals)
    known = [
        f"{brief(turn, item.fact)} {value(turn, item.fact, turn.understood[item.fact])}"
        for item in demands
        if item.fact in turn.understood
    ]
    return turn.say.say("roster.summary", file=held.name, people=len(roster.people), counts=known)


def _people(turn: Turn, roster: Roster, blanks: list[str]) -> list[Block]:
    """Everybody, what ends soon, and what the file leaves open. Names go by without being kept."""
    in_play = turn.session.goals
    people = (("people", people_lines(turn, roster, in_play)), ("expiry", expiry_lines(turn, roster)))
    blocks: list[Block] = [
        Bullets(tuple(lines), turn.say.say(f"roster.{title}"), fleeting=set_aside(lines, turn.now))
        for title, lines in people
        if lines
    ]
    missing = missing_columns(turn, roster, in_play)
    remarks = {
        "since": any(SINCE in person.given for person in roster.people),
        "missing": bool(missing),
        "blanks": bool(blanks),
    }
    said = [name for name, is_so in remarks.items() if is_so]
    return blocks + [
        Text(turn.say.say(f"roster.{name}", columns=missing, fields=blanks), "note") for name in said
    ]


def _other_readings(turn: Turn, check: CheckResult | None, roster: Roster) -> list[str]:
    """What the rulebook remarks on the people as a whole that it does not remark on their number."""
    if check is None:
        return []
    known = set(turn.sources.rulebook.goals[check.goal].facts)
    counted = {name for name in turn.facts if name in turn.understood and name in known}
    facts = {name: held for name, held in turn.facts.items() if name not in counted}
    by_person = checks.judge(turn, check.goal, {**facts, ROSTER: roster.records})
    said = [turn.say.words(note) for note in by_person.notes if note not in check.notes]
    # What names people is told with the people, where it is not kept.
    return [note for note in said if not any(person.name in note for person in roster.people)]

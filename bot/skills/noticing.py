"""Days that the authority's own notice sets: noted, taken over by their deadlines, given up again."""

from __future__ import annotations

from datetime import date

from bot.messages import Intent, Reply
from bot.reminders import moves
from bot.skills.asking import ask
from bot.skills.showing import day
from bot.turn import Turn
from bot.understanding.model import Noticed


def note(turn: Turn) -> None:
    """Note the days that the message gives as the authority's own, where it says for which deadline."""
    tap = turn.tap if turn.tap is not None and turn.tap.verb == "notice" else None
    days = {
        said.deadline or turn.read.deadline or due_then(turn, said): said.day for said in turn.read.noticed
    }
    if tap is not None and len(tap.arguments) > 1:
        days[tap.arguments[0]] = tap.arguments[1]
    elif tap is not None:
        turn.moved += take_back(turn, tap.argument)
    rules = turn.sources.rulebook.rules.deadlines
    known = {key: day for key, day in days.items() if key in rules and _is_day(day)}
    turn.session.notices.update(known)
    turn.session.noticed = next(iter(known), "") if len(known) == 1 else ""
    if known:
        turn.moved += take(turn)


def take_back(turn: Turn, key: str) -> tuple[moves.Pair, ...]:
    """The notice's day no longer holds: back to the computed one."""
    return tuple(
        moves.withdraw_notice(turn.talk, item, turn.now)
        for item in turn.deadlines
        if item.key == key and item.origin == "notice" and item.state == "open"
    )


def due_then(turn: Turn, said: Noticed) -> str | None:
    """那就按通知的12月10号来: the deadline that falls on this day already."""
    return next((item.key for item in turn.deadlines if item.due.isoformat() == said.day), None)


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def take(turn: Turn) -> tuple[moves.Pair, ...]:
    """Dates that the authority's notice gave and that wait for their deadline to be known."""
    waiting = turn.session.notices
    taken: list[moves.Pair] = []
    for item in [one for one in turn.deadlines if one.state == "open" and one.key in waiting]:
        due = date.fromisoformat(waiting.pop(item.key))
        if due != item.due:
            taken.append(moves.set_by_notice(turn.talk, item, due, turn.now))
    return tuple(taken)


def early(turn: Turn, events: tuple[str, ...]) -> Reply:
    """The notice's dates are noted before it is known from which day the others are counted."""
    rules = turn.sources.rulebook.rules.deadlines
    days = [
        turn.say.say(
            "deadlines.noticed_day",
            title=turn.say.words(rules[key].title),
            day=day(turn, date.fromisoformat(due)),
        )
        for key, due in turn.session.notices.items()
        if key in rules
    ]
    return ask(
        turn,
        Intent.DEADLINES,
        events,
        headline=turn.say.say("deadlines.noticed_later", days=days),
    )

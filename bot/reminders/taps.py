"""The buttons under a reminder: ``done:<delivery>``, ``seen:<delivery>``, ``mute:<delivery>``,
``snooze:<delivery>:<length>``, ``calendar:<delivery>``; and ``reopen:<deadline>``, which undoes Done."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.messages import Button, Intent, Reply, Text
from bot.reminders import acts
from bot.reminders.acts import Outcome, settle
from bot.reminders.notices import Describe, say_day
from bot.taps import button, offered
from bot.turn import Turn
from bot.zones import zone_of
from storage.records import Deadline

__all__ = ["done", "mute", "play_company", "reopen", "seen", "settle", "snooze", "undo_button"]

_ID_DIGITS = 18  # more is no delivery's number, and more than a database holds


def done(turn: Turn, describe: Describe | None = None) -> Reply:
    """Done: the deadline is settled for the whole company. ``describe`` names it in the talk's language."""
    outcome = acts.finish(turn.talk, _delivery(turn), _tap(turn), at=turn.now)
    return _answer(turn, Intent.DONE, outcome, describe)


def snooze(turn: Turn, describe: Describe | None = None, *, length: str = "1") -> Reply:
    """Remind me later. Without a button: of the latest reminder, or where none came yet, of the deadline
    spoken of, else the next one; after ``length``."""
    arguments = turn.tap.arguments if turn.tap is not None else ()
    length = arguments[1] if len(arguments) > 1 else length
    works, deadline = turn.sources.rulebook.is_workday, _spoken_of(turn)
    if turn.tap is None and deadline is not None:
        outcome = acts.remind_on(turn.talk, deadline, length, at=turn.now, works=works)
    else:
        outcome = acts.snooze(turn.talk, _delivery(turn), _tap(turn), length, at=turn.now, works=works)
    return _answer(turn, Intent.SNOOZE, outcome, describe)


def mute(turn: Turn, describe: Describe | None = None) -> Reply:
    """Nothing more about this deadline for this contact."""
    deadline = _spoken_of(turn) if turn.tap is None else None
    if deadline is not None:
        outcome = acts.mute_deadline(turn.talk, deadline)
    else:
        outcome = acts.mute(turn.talk, _delivery(turn), _tap(turn), at=turn.now)
    return _answer(turn, Intent.UNSUBSCRIBE, outcome, describe)


def seen(turn: Turn, describe: Describe | None = None) -> Reply:
    """Seen: a near reminder has its answer, and goes on to nobody else."""
    outcome = acts.see(turn.talk, _delivery(turn), _tap(turn), at=turn.now)
    return _answer(turn, Intent.REMINDERS, outcome, describe)


def reopen(turn: Turn, describe: Describe | None = None, *, deadline_id: str = "") -> Reply:
    """Undo under the answer to Done: ``reopen:<deadline>``; or said in words, of this deadline."""
    tap = turn.tap
    meant = deadline_id if tap is None else tap.argument
    outcome = acts.reopen(turn.talk, meant, at=turn.now, whenever=tap is None)
    return _answer(turn, Intent.REMINDERS, outcome, describe)


def undo_button(turn: Turn, deadline: Deadline) -> Button | None:
    """The button that takes Done back."""
    return button(turn.say.say("reminder.button.undo"), "reopen", deadline.id)


def play_company(turn: Turn) -> None:
    """Put the company in play that a button under a reminder is about: ``calendar:<delivery>``."""
    delivery = turn.talk.sent.get(_delivery(turn)) if turn.tap is not None else None
    company = turn.talk.companies.get(delivery.company_id or "") if delivery is not None else None
    if company is not None:
        turn.play(company)


def _spoken_of(turn: Turn) -> Deadline | None:
    """The open deadline that words are about: the one named; where no reminder came yet, the next one."""
    open_ones = [item for item in turn.deadlines if item.state == "open"]
    if turn.read.deadline is not None:
        return next((item for item in open_ones if item.key == turn.read.deadline), None)
    return open_ones[0] if open_ones and _delivery(turn) < 0 else None


def _delivery(turn: Turn) -> int:
    """The delivery that a tap names, or the latest open reminder where words alone were said; -1: none."""
    if turn.tap is not None:
        said = turn.tap.argument
        return int(said) if said.isascii() and said.isdigit() and len(said) <= _ID_DIGITS else -1
    open_ids = {item.id for item in turn.talk.deadlines.values() if item.state == "open"}
    told = (
        item.id for item in turn.talk.sent.values() if item.deadline_id in open_ids and item.kind != "notice"
    )
    return max(told, default=-1)


def _tap(turn: Turn) -> str:
    """What makes a press count once: the tap itself, or the message that said it."""
    return turn.incoming.tap or f"said:{turn.incoming.update or turn.now.isoformat()}"


def _answer(turn: Turn, intent: Intent, outcome: Outcome, describe: Describe | None) -> Reply:
    say, deadline = turn.say, outcome.deadline
    if deadline is None:
        return Reply(intent, (Text(say.say("reminder.tap.unknown"), "headline"),), language=turn.language)
    what = "done_told" if outcome.what == "done" and outcome.told else outcome.what
    text = say.say(
        f"reminder.tap.{what}",
        title=describe(deadline, turn.today, turn.language).title if describe else deadline.title,
        day=say_day(say, deadline.due),
        moment=_moment(turn, outcome),
    )
    undo = undo_button(turn, deadline) if outcome.what in ("done", "already") else None
    buttons = offered(undo, button(say.say("button.reminders"), "reminders"))
    return Reply(intent, (Text(text, "headline"),), buttons=buttons, language=turn.language)


def _moment(turn: Turn, outcome: Outcome) -> str:
    if outcome.until is None:
        return ""
    zone: ZoneInfo = zone_of(turn.talk.contact)
    local = outcome.until.astimezone(zone)
    return turn.say.say("reminder.tap.moment", day=say_day(turn.say, local.date()), hour=f"{local:%H:%M}")

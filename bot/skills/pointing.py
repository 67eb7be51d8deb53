"""Which of the company's dates a question points at, by its day (12月20号那个), its name or 那天; and the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.messages import Intent, Reply, Text
from bot.skills import deadlines
from bot.skills.cues import hear
from bot.skills.showing import day
from bot.taps import button, offered
from bot.turn import Turn
from bot.understanding.dates import FoundDate, find_dates, settle
from storage.records import Deadline

FEW = 10  # characters of 那报告呢
A_LINE = 14  # characters of a question that names no date: 还有几天
_ELSEWHERE = {"whereabouts", "not_its_day"}  # something else is asked than its day


def by_day(turn: Turn) -> bool:
    """Whether a date of the company falls on a day that the message names, or asks about as 那天."""
    return (_on_the_day(turn) or _that_day(turn)) is not None


def one(turn: Turn) -> bool:
    """Whether it is clear of which date of the company a question asks: by its day, its name, or the next."""
    return by_day(turn) or _named(turn) is not None or (bool(turn.deadlines) and _short(turn))


def named_or_by_day(turn: Turn) -> bool:
    """The same, where the question names one: what holds for rest days in general is the law's matter."""
    return by_day(turn) or _named(turn) is not None


def asks_that_one(turn: Turn) -> bool:
    """Whether a few words only name another deadline of the company in play."""
    other = _ELSEWHERE & hear(turn.read.text).cues
    return bool(turn.deadlines and turn.read.deadline) and len(turn.read.text) <= FEW and not other


def answer(turn: Turn) -> Reply:
    """The date that is meant: what falls due, when, how long until then."""
    meant = _on_the_day(turn) or _named(turn) or _that_day(turn) or _next(turn)
    turn.read = replace(turn.read, deadline=meant.key, question=True)
    return deadlines.answer(turn)


def overdue(turn: Turn) -> Reply:
    """那不是已经过了: whether a date is past, asked in whatever form; of the one that a day points at."""
    meant = _on_the_day(turn)
    key = meant.key if meant is not None else turn.read.deadline
    turn.read = replace(turn.read, deadline=key, question=True)
    return deadlines.answer(turn)


def rest_day(turn: Turn) -> Reply:
    """国庆放假能往后挪吗: the date with its day of the week; that it is a working day, where it is one."""
    reply = answer(turn)
    held = reply.schedule.deadlines if reply.schedule is not None else ()
    meant = next((item for item in held if item.id == turn.read.deadline), None)
    if meant is None or meant.postponement:
        return reply
    works = Text(turn.say.say("deadlines.workday"))
    return replace(reply, blocks=(*reply.blocks[:1], works, *reply.blocks[1:]))


def weekday(turn: Turn) -> Reply:
    """那天是周几: the date named or last asked about, else the next one; any other day as it is."""
    days = _days(turn)
    other = settle(days[0], turn.today, "future").first if days else None
    if other is not None and _on_the_day(turn) is None:
        steps = offered(button(turn.say.say("button.dates"), "dates"))
        return Reply(Intent.DEADLINES, (Text(day(turn, other), "headline"),), steps)
    return answer(turn)


def _on_the_day(turn: Turn) -> Deadline | None:
    """The deadline that falls on a day named: of several the one that comes next."""
    days = _days(turn)
    falling = [item for item in turn.deadlines if any(_is(found, item.due) for found in days)]
    return min(falling, key=lambda item: (item.due < turn.today, item.due), default=None)


def _named(turn: Turn) -> Deadline | None:
    return next((item for item in turn.deadlines if item.key == turn.read.deadline), None)


def _that_day(turn: Turn) -> Deadline | None:
    """那天, where a date was spoken of last."""
    if "that_day" not in hear(turn.read.text) or turn.read.deadline:
        return None
    return next((item for item in turn.deadlines if item.key == turn.session.last_deadline), None)


def _next(turn: Turn) -> Deadline:
    """The date last spoken of, else the next one that is open."""
    last = next((item for item in turn.deadlines if item.key == turn.session.last_deadline), None)
    left = [item for item in turn.deadlines if item.state == "open"] or turn.deadlines
    return last or left[0]


def _short(turn: Turn) -> bool:
    return len(turn.read.text) <= (3 * A_LINE if turn.read.text.isascii() else A_LINE)


def _days(turn: Turn) -> list[FoundDate]:
    return [found for found in find_dates(turn.read.text.lower(), turn.today)[0] if not found.fault]


def _is(found: FoundDate, due: date) -> bool:
    """Whether a day as said is this one; the year, and the month, may be left out."""
    if found.floating is None:
        return found.first == found.last == due
    return found.floating.day == due.day and found.floating.month in (None, due.month)

"""Which of the company's dates a question points at, by its day (12月20号那个), its name or 那天."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.messages import Block, Intent, Reply, Text
from bot.skills import deadlines
from bot.skills.clauses import find, in_words
from bot.skills.cues import hear
from bot.skills.dates_said import one_date
from bot.skills.showing import day, of_whom, timeline
from bot.taps import button, offered
from bot.turn import Turn
from bot.understanding.dates import FoundDate, find_dates, settle
from storage.records import Deadline

FEW = 10  # characters of 那报告呢
A_LINE = 14  # characters of a question that names no date: 还有几天
_PLACE = re.compile("[一二两三四1-4头首]|first|second|third")
_PLACES = ("[一1头首]|first", "[二两2]|second", "[三3]|third", "[四4]")
_DOTTED = re.compile(r"(?<![\d.])(?P<m>1[0-2]|0?[1-9])\.(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.%分])")
_LAST = re.compile("最后|最末|最[晚迟]|last|final|latest")
OF_DATES = frozenset(
    {Intent.DEADLINES, Intent.SUBSCRIBE, Intent.REMINDERS, Intent.DONE, Intent.SNOOZE, Intent.EXPORT}
)
_ELSEWHERE = {"whereabouts", "not_its_day"}  # something else is asked than its day


def by_day(turn: Turn) -> bool:
    """Whether a date of the company falls on a day that the message names, or asks about as 那天."""
    return (_on_the_day(turn) or _that_day(turn)) is not None


def one(turn: Turn) -> bool:
    """Whether it is clear of which date of the company a question asks: by its day, its name, or the next."""
    return by_day(turn) or _named(turn) is not None or (bool(turn.deadlines) and _short(turn))


def named_or_by_day(turn: Turn) -> bool:
    """The same, where the question names one, or one was just spoken of: what holds for rest days in general
    is the law's matter."""
    just = turn.session.last_intent is Intent.DEADLINES and bool(turn.session.last_deadline)
    return bool(turn.deadlines) and (by_day(turn) or _named(turn) is not None or just)


def asks_that_one(turn: Turn) -> bool:
    """Whether a few words only name another deadline of the company in play."""
    other = _ELSEWHERE & hear(turn.read.text).cues
    return bool(turn.deadlines and turn.read.deadline) and len(turn.read.text) <= FEW and not other


def answer(turn: Turn) -> Reply:
    """The date that is meant: what falls due, when, how long until then."""
    meant = _on_the_day(turn) or _named(turn) or _that_day(turn) or _next(turn)
    turn.read = replace(turn.read, deadline=meant.key, question=True)
    return deadlines.answer(turn)


def named_alone(turn: Turn) -> bool:
    """啥时候之前得启动: a date of the company named, of which nothing else is asked."""
    other = {*_ELSEWHERE, "consequence", "received", "supposing"} & hear(turn.read.text).cues
    return _named(turn) is not None and turn.read.question and not other


def unnamed(turn: Turn) -> bool:
    """Whether a date of the company may be meant that is not named: no check is in play, or dates were spoken
    of last, or it is asked when."""
    of_dates = turn.session.last_intent in OF_DATES or "when" in hear(turn.read.text)
    return bool(turn.deadlines) and not turn.read.deadline and (of_dates or not turn.session.goals)


def by_order(turn: Turn) -> Reply:
    """第二个期限是哪天: the date at that place, in the order in which they fall due."""
    last = _LAST.search(turn.read.text.lower()) is not None
    found = _PLACE.search(turn.read.text.lower())
    place = next((at for at, sign in enumerate(_PLACES) if found and re.fullmatch(sign, found[0])), 0)
    dates = turn.deadlines
    chosen = dates[-1 if last else min(place, len(dates) - 1)]
    turn.read = replace(turn.read, deadline=chosen.key, question=True)
    return deadlines.answer(turn)


def spans(turn: Turn) -> bool:
    """Whether the message names a stretch of time, and the company has dates."""
    return bool(turn.deadlines) and _span(turn) is not None


def within(turn: Turn) -> Reply:
    """下个月有啥要办: what is open and falls due in that time; where nothing does, what comes next."""
    first, last = _span(turn) or (turn.today, turn.today)
    schedule = deadlines.compute(turn)
    held = {item.key for item in turn.deadlines if item.state == "open" and first <= item.due <= last}
    due = tuple(item for item in schedule.deadlines if item.id in held)
    said = turn.say.say("deadlines.due_then", count=len(due), first=day(turn, first), last=day(turn, last))
    blocks: list[Block] = [Text(of_whom(turn) + said, "headline")]
    if due:
        blocks.append(timeline(turn, due))
    else:
        upcoming = next((item for item in schedule.deadlines if item.id == _next(turn).key), None)
        blocks += [Text(one_date(turn, upcoming))] if upcoming is not None else []
    steps = offered(button(turn.say.say("button.dates"), "dates"))
    citations = turn.cite(schedule.citations)
    return Reply(Intent.DEADLINES, tuple(blocks), steps, citations=citations, schedule=schedule)


def rounds(turn: Turn) -> bool:
    """Whether rounds that come back are among the company's dates."""
    return bool(_rounds(turn))


def next_round(turn: Turn) -> Reply:
    """下一轮哪天前: the round that comes next, or the one after it."""
    ahead = [item for item in _rounds(turn) if item.due >= turn.today] or _rounds(turn)
    later = "round_after" in hear(turn.read.text)
    turn.read = replace(turn.read, deadline=ahead[min(int(later), len(ahead) - 1)].key, question=True)
    return deadlines.answer(turn)


def overdue(turn: Turn) -> Reply:
    """那不是已经过了: whether a date is past, asked in whatever form; of the one that a day points at."""
    meant = _on_the_day(turn)
    key = meant.key if meant is not None else turn.read.deadline
    turn.read = replace(turn.read, deadline=key, question=True)
    return deadlines.answer(turn)


def rest_day(turn: Turn) -> Reply:
    """国庆放假能往后挪吗: the date with its day of the week; that it is a working day, where it is one, and
    what the law says of one that is not (碰到周末怎么办)."""
    reply = answer(turn)
    held = reply.schedule.deadlines if reply.schedule is not None else ()
    meant = next((item for item in held if item.id == turn.read.deadline), None)
    by_notice = meant is not None and meant.computed not in (None, meant.due)
    if meant is None or (meant.postponement and not by_notice):
        return reply
    works = [] if by_notice else [Text(turn.say.say("deadlines.workday"))]
    finding = find(turn, turn.read.text)
    known = bool(finding.topics) and not finding.abstain
    law = [Text(in_words(turn, statement)) for statement in finding.statements[: int(known)]]
    return replace(reply, blocks=(*reply.blocks[:1], *works, *law, *reply.blocks[1:]))


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


def _span(turn: Turn) -> tuple[date, date] | None:
    """The stretch of time that the message names: more than a day of it."""
    for found in _days(turn):
        span = settle(found, turn.today, "future")
        if span.first is not None and span.last is not None and span.first < span.last:
            return span.first, span.last
    return None


def _rounds(turn: Turn) -> list[Deadline]:
    """The open dates that are counted from another event than the foremost."""
    rules, first = turn.sources.rulebook.rules.deadlines, deadlines.triggers(turn)[0]
    once = {key for key, rule in rules.items() if rule.trigger == first}
    return [item for item in turn.deadlines if item.key not in once and item.state == "open"]


def _short(turn: Turn) -> bool:
    return len(turn.read.text) <= (3 * A_LINE if turn.read.text.isascii() else A_LINE)


def _days(turn: Turn) -> list[FoundDate]:
    words = _DOTTED.sub(r"\g<m>月\g<d>日", turn.read.text.lower())
    return [found for found in find_dates(words, turn.today)[0] if not found.fault]


def _is(found: FoundDate, due: date) -> bool:
    """Whether a day as said is this one; the year, and the month, may be left out."""
    if found.floating is None:
        return found.first == found.last == due
    return found.floating.day == due.day and found.floating.month in (None, due.month)

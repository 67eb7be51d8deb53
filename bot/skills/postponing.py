"""A reminder put off: three days on, until Monday, to the next working day; never past the deadline."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.messages import Reply
from bot.reminders import taps
from bot.skills.cues import hear
from bot.skills.describing import describe
from bot.turn import Turn
from bot.understanding.dates import find_dates, settle

_REMINDING = re.compile("再?(?:提醒|通知|叫|告诉|催|说|提)我?")
_OF_THIS_MONTH = re.compile("(?<![本这下上\\d])(?<![这下上两几\\d]个)月[底末]")
_MONTH_END = re.compile("[底末]$")
_SPAN = re.compile(r"\bin (?:about )?(?P<n>a|one|two|three|\d{1,2}) (?P<unit>day|week)s?\b")
_FEW = {"a": "1", "one": "1", "two": "2", "three": "3"}
_UNTIL = re.compile("(?:until|till) (?=(?:mon|tues|wednes|thurs|fri|satur|sun)day)")
_WEEKDAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天]|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_WEEK = timedelta(days=7)
_AFTER = re.compile(r"(?:过|等|隔|缓)(\S{1,3}?(?:天|周|星期|礼拜|月))(?!之?后|以后)")  # 过两天: 两天后


def snooze(turn: Turn) -> Reply:
    """Ask again later, never past the deadline; the one spoken of is spoken of further."""
    if turn.tap is None and turn.read.deadline is None and turn.session.last_deadline:
        turn.read = replace(turn.read, deadline=turn.session.last_deadline)
    answered = taps.snooze(turn, partial(describe, turn.sources), length=_until(turn))
    turn.session.last_deadline = turn.read.deadline or turn.session.last_deadline
    return answered


def _until(turn: Turn) -> str:
    """How long to wait, as said: 三天后, 下周一, 下个工作日; a day where nothing is said."""
    words = _REMINDING.sub(" ", _AFTER.sub(r"\1后", _OF_THIS_MONTH.sub("本月底", turn.read.text.lower())))
    if "next_workday" in hear(turn.read.text):
        return "work"
    if span := _SPAN.search(words):
        return str(int(_FEW.get(span["n"], span["n"])) * (7 if span["unit"] == "week" else 1))
    words = _UNTIL.sub("on ", words)
    found, _ = find_dates(words, turn.today)
    spans = [settle(one, turn.today, "future") for one in found]
    # 月底 is the month's last day, 下周 its first; 周一 said on a Monday is the one after.
    days = [one.last if _MONTH_END.search(one.words) else one.first for one in spans]
    days = [
        day + _WEEK if day and day <= turn.today and _WEEKDAY.search(one.words) else day
        for one, day in zip(spans, days, strict=True)
    ]
    ahead = [(day - turn.today).days for day in days if day is not None and day > turn.today]
    return str(ahead[0]) if ahead else "1"

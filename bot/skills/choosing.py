"""Short answers that only the talk makes clear: 强制的, 机构, 是去年的. What they choose is told, so kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.messages import Intent
from bot.skills import checks
from bot.skills.asking import last_number
from bot.skills.cues import hear
from bot.skills.showing import without_name
from bot.skills.verdicts import is_count
from bot.turn import Turn
from bot.understanding.dates import FoundDate, find_dates, in_month_of, settle
from bot.understanding.model import Noticed, StatedFact

KIND, ROUTE, INDUSTRY = "audit_kind", "route", "industry"
BARE = 8  # characters of a word or two
_YEARS_BACK = {"this_year": 0, "last_year": 1, "year_before_last": 2}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|(?<!\d)[0-4]\d(?=年)")


def heed(turn: Turn) -> None:
    """Take what the message chooses as told."""
    if again := _notice_again(turn):
        turn.read = replace(turn.read, facts=(), noticed=(again,), question=False)
        return
    if turn.read.facts and (_only_assents(turn) or _only_steers(turn)):
        turn.read = replace(turn.read, facts=())
    if planned := _supposed_day(turn):
        turn.read = replace(turn.read, facts=(), hypothetical=(planned,))
        return
    if moved := _another_day(turn) or _day_again(turn):
        turn.read = replace(turn.read, facts=(moved,), hypothetical=(), question=False)
        return
    supposed, turn.session.supposed = turn.session.supposed, ()
    if points := _other_points(turn):
        turn.read = replace(turn.read, facts=(), hypothetical=(points,), doubts=())
        return
    if supposed and (other := _supposed_so_many(turn, supposed)):
        turn.read = replace(turn.read, facts=(), hypothetical=(other,), doubts=())
        return
    if lacking := _corrected_of_the_lacking(turn):
        turn.read = replace(turn.read, facts=(lacking,), doubts=())
        return
    if many := _many_now(turn):
        turn.read = replace(turn.read, facts=(many,), doubts=())
        return
    if same := _the_same_there(turn):
        turn.read = replace(turn.read, facts=(same,), doubts=())
        return
    if published := _day_of_the_list(turn):
        turn.read = replace(turn.read, facts=(published,))
        return
    turn.read = replace(turn.read, facts=(*turn.read.facts, *_this_trade(turn)))
    heard = hear(turn.read.text)
    asking = turn.read.question or ("follow_up" in heard and "decided" not in heard)
    if turn.tap is None and turn.read.command is None and not asking:
        chosen = tuple(fact for fact in _chosen(turn) if fact.name not in _told(turn))
        turn.read = replace(turn.read, facts=(*turn.read.facts, *chosen))


def _this_trade(turn: Turn) -> Iterator[StatedFact]:
    """我们就是做这个的, after the law on a trade: theirs is that one."""
    spoken, turn.session.trade = turn.session.trade, next(iter(turn.read.trades), "")
    if turn.tap is None and spoken and "this_trade" in hear(turn.read.text) and INDUSTRY not in _told(turn):
        yield StatedFact(INDUSTRY, spoken, turn.read.text)


def _notice_again(turn: Turn) -> Noticed | None:
    """不对，是3月15日, after the day that a notice set: of the notice, and no other day."""
    key, turn.session.noticed = turn.session.noticed, ""
    held = next((item.due for item in turn.deadlines if item.key == key), None)
    read = turn.read
    other = turn.tap is not None or read.noticed or read.leads or read.question or read.named
    if held is None or other or not {"its_day", "day_instead"} & hear(turn.read.text).cues:
        return None
    days = find_dates(turn.read.text.lower(), turn.today)[0]
    span = settle(in_month_of(days[0], held), turn.today, "nearest", held.year) if len(days) == 1 else None
    if span is None or span.first is None or span.first != span.last:
        return None
    return Noticed(key, span.first.isoformat(), turn.read.text)


def _only_steers(turn: Turn) -> bool:
    """全部清掉, 说人话, to the question which trade: words that steer the talk name none."""
    heard, words = hear(turn.read.text), turn.read.text.strip(" !?.~,")
    free = [
        fact.name for fact in turn.read.facts if fact.name == INDUSTRY and fact.words.strip(" !?.~,") == words
    ]
    return len(free) == len(turn.read.facts) and bool(heard.whole or heard.cues & {"forget", "noted"})


def _only_assents(turn: Turn) -> bool:
    """行，我回头告诉他, where a yes or no was asked for: assent and a remark, and no answer."""
    first, comma, rest = turn.read.text.partition(",")
    remark = "remark" in hear(rest) and "assent" in hear(first.strip())
    return bool(comma) and remark and all(fact.words.strip() == first.strip() for fact in turn.read.facts)


def kind_alone(turn: Turn) -> bool:
    """强制: the kind of audit and nothing else."""
    return bool(turn.read.audit_kind) and not turn.read.question and len(turn.read.text) <= BARE


def _many_now(turn: Turn) -> StatedFact | None:
    """考出来了，现在4个, under a check that fails for one number: how many there are of it now. 我们有4个,
    after the law on something counted: how many of those."""
    words = turn.read.text
    heard = hear(words)
    if turn.tap is not None or (turn.read.question and "own_count" not in heard):
        return None
    if {"back", "bare_count"} <= heard.cues and turn.session.trail:
        return _instead_of_before(turn)
    if {"bare_count", "ascertained"} <= heard.cues and (loose := _left_loose(turn)):
        return StatedFact(loose[0], last_number(words), words)
    counted = checks.short_of(turn) if "bare_count" in heard else ()
    if turn.read.facts and not _more_of_what_lacked(turn, counted):
        return None
    counted = counted or (_spoken_of(turn) if "own_count" in heard else ())
    if not (counted or turn.read.facts) and "bare_count" in heard:
        counted = _asked_for(turn) or _left_loose(turn) or _named_before(turn)
    told = last_number(words) if len(counted) == 1 else None
    return StatedFact(counted[0], told, words) if told is not None else None


def _supposed_so_many(turn: Turn, supposed: tuple[str, ...]) -> StatedFact | None:
    """两个呢, after 要是再考出来一个: supposed as well, and by as many more where that was."""
    name, said = supposed[0], last_number(turn.read.text)
    if turn.tap is not None or "so_many" not in hear(turn.read.text) or said is None:
        return None
    held = turn.facts.get(name)
    many = held + said if isinstance(held, int) and "more" in supposed else said
    return StatedFact(name, many, turn.read.text)


def _other_points(turn: Turn) -> StatedFact | None:
    """要是79呢, where points were told for the check in play: others, supposed."""
    if "points" not in hear(turn.read.text) or (said := last_number(turn.read.text)) is None:
        return None
    definitions, facts = turn.sources.rulebook.facts, turn.facts
    told = [name for name in _of_check(turn) if name in facts and definitions[name].type == "number"]
    if len(told) != 1 or said == facts[told[0]]:
        return None
    return StatedFact(told[0], said, turn.read.text)


def _asked_for(turn: Turn) -> tuple[str, ...]:
    """确认了 是4个: the number that was asked for."""
    definitions = turn.sources.rulebook.facts
    return tuple(
        name for name in turn.session.asked[:1] if name in definitions and definitions[name].type == "count"
    )


def _corrected_of_the_lacking(turn: Turn) -> StatedFact | None:
    """搞错了，其实是4个, where the check fails for one of the numbers that may be meant: that one."""
    options = [
        set(doubt.options) for doubt in turn.read.doubts if doubt.kind == "referent" and not doubt.fact
    ]
    told = last_number(turn.read.text)
    if turn.read.facts or len(options) != 1 or told is None or len(short := checks.short_of(turn)) != 1:
        return None
    meant = short[0] in options[0] and told != turn.facts.get(short[0])
    return StatedFact(short[0], told, turn.read.text, correction=True) if meant else None


def _named_before(turn: Turn) -> tuple[str, ...]:
    """3个, after 审核师够不够 had to be asked which way: of what the message before named."""
    definitions = turn.sources.rulebook.facts
    named = [name for name in turn.session.last_named if name in definitions]
    counted = [name for name in named if definitions[name].type == "count"]
    return tuple(counted) if len(counted) == 1 and turn.session.asked[:1] == (ROUTE,) else ()


def _left_loose(turn: Turn) -> tuple[str, ...]:
    """就一个, after 一两个: the number that was left loose, where the one said lies within it."""
    name, said = next(iter(turn.session.last_facts), ""), last_number(turn.read.text)
    held = turn.facts.get(name)
    if len(turn.session.last_facts) != 1 or not isinstance(held, dict) or said is None:
        return ()
    loose = held.keys() <= {"min", "max"} and held.get("min", 0) <= said <= held.get("max", said)
    return (name,) if held and loose else ()


def _instead_of_before(turn: Turn) -> StatedFact | None:
    """上一题说错了，是3个: another number for what was answered last."""
    name = turn.session.trail[0]
    told = last_number(turn.read.text) if is_count(turn.facts.get(name)) else None
    return StatedFact(name, told, turn.read.text, correction=True) if told is not None else None


def _more_of_what_lacked(turn: Turn, short: tuple[str, ...]) -> bool:
    """有同事拿证了，现在4个, while another fact is asked for: there are more now of what the check lacks."""
    told = turn.read.facts[0]
    held = turn.facts.get(short[0]) if len(short) == 1 else None
    asked = turn.session.asked[:1]
    answered = len(turn.read.facts) == 1 and (told.name,) == asked and told.name not in short
    return answered and "happened" in hear(turn.read.text) and is_count(held) and is_count(told.value)


def _day_of_the_list(turn: Turn) -> StatedFact | None:
    """查到了，10月19日 or 上个月中旬发的, after the law on what runs from a day: that day, and said so."""
    words, session = turn.read.text, turn.session
    elsewhere = turn.tap is not None or turn.read.noticed or turn.read.leads or turn.read.question
    if (
        elsewhere
        or turn.read.facts
        or session.last_intent is not Intent.LOOKUP
        or "its_day" not in hear(words)
    ):
        return None
    rules = turn.sources.rulebook.rules.deadlines.values()
    event = next(iter(dict.fromkeys(rule.trigger for rule in rules)), "")
    cited = {ref for rule in rules if rule.trigger == event for ref in rule.citations}
    days = find_dates(words.lower(), turn.today)[0]
    if len(days) != 1 or not cited & set(session.last_refs) or event in turn.facts:
        return None
    span = settle(days[0], turn.today, "past")
    if span.first is None or span.last is None or span.first > turn.today:
        return None
    first, last = span.first.isoformat(), span.last.isoformat()
    told = first if first == last else {"from": first, "to": last}
    return StatedFact(event, told, words, confirm="year" if days[0].floating else None)


def _spoken_of(turn: Turn) -> tuple[str, ...]:
    """The facts counted by the provision that the law was last asked about, in the check that it leads to."""
    session, book = turn.session, turn.sources.rulebook
    if session.last_intent is not Intent.LOOKUP or session.goals or session.offered not in book.goals:
        return ()
    rows = checks.judge(turn, session.offered, turn.facts).requirements
    about = [row for row in rows if row.facts and set(row.citations) & set(session.last_refs[:1])]
    return tuple(dict.fromkeys(row.facts[0] for row in about if is_count(row.required)))


def _told(turn: Turn) -> set[str]:
    return {fact.name for fact in turn.read.facts}


def _chosen(turn: Turn) -> Iterator[StatedFact]:
    session, words = turn.session, turn.read.text
    checking = bool(session.goals) or session.asking is Intent.CHECK
    about_them = checking or turn.deadlines or session.last_intent is Intent.COMPANY
    if kind_alone(turn) and about_them:
        yield StatedFact(KIND, turn.read.audit_kind, words)
    route = turn.read.route or hear(words).trade
    if route and session.asked[:1] == (ROUTE,) and len(words) <= BARE:
        yield StatedFact(ROUTE, route, words)
    if not turn.read.facts and len(words) <= 2 * BARE:
        yield from _in_another_year(turn)


def _in_another_year(turn: Turn) -> Iterator[StatedFact]:
    """是去年的, after a year was supplied by us: the same day of that year."""
    year = _year_said(turn)
    for name in turn.session.confirming if year else ():
        held = turn.facts.get(name)
        try:
            if isinstance(held, str) and year:
                moved = date.fromisoformat(held).replace(year=year)
                yield StatedFact(name, moved.isoformat(), turn.read.text, correction=True)
        except ValueError:  # no day, or 29 February
            return


def _another_day(turn: Turn) -> StatedFact | None:
    """具体是5月20号, after 去年5月: the day itself; 那明年3月5号呢, after a day only planned: another one."""
    words = turn.read.text
    elsewhere = turn.tap is not None or turn.read.noticed or turn.read.leads
    facts = turn.facts
    spoken = {name: facts.get(name) for name in turn.session.last_facts or _of_check(turn)}
    movable = [name for name, value in spoken.items() if _is_period(value) or _is_ahead(value, turn.today)]
    if len(movable) > 1 and "follow_up" in hear(words):
        movable = [name for name in movable if _is_ahead(spoken[name], turn.today)]  # 那明年3月呢
    longest = (5 if words.isascii() else 2) * BARE
    if elsewhere or len(words) > longest or len(movable) != 1 or not _told(turn) <= set(movable):
        return None
    name = movable[0]
    held, days = spoken[name], find_dates(words.lower(), turn.today)[0]
    if len(days) != 1:
        return None
    told: str | dict[str, str] | None = None
    if isinstance(held, dict) and not turn.read.question:
        day = _within(days[0], held, turn.today)
        told = day.isoformat() if day is not None else None
    if told is None and _is_ahead(held, turn.today) and "follow_up" in hear(words):
        told = _planned(days[0], turn.today)
    return StatedFact(name, told, words, correction=True) if told is not None else None


def _supposed_day(turn: Turn) -> StatedFact | None:
    """要是今年12月就申请呢, after a day only planned: another one, supposed."""
    if "supposing" not in hear(turn.read.text):
        return None
    moved = _another_day(turn)
    return moved if moved is not None and _is_ahead(moved.value, turn.today) else None


def _day_again(turn: Turn) -> StatedFact | None:
    """10月20号, no, it's 5 September: only a day, behind the message that told one: that day instead."""
    words, heard = turn.read.text, hear(turn.read.text)
    elsewhere = turn.tap is not None or turn.read.noticed or turn.read.leads or turn.read.question
    if elsewhere or turn.read.facts or turn.read.company or not {"its_day", "day_instead"} & heard.cues:
        return None
    if turn.session.last_intent not in (Intent.DEADLINES, Intent.CHECK):
        return None
    told = {name: turn.facts.get(name) for name in turn.session.last_facts}
    held = [(name, date.fromisoformat(str(day))) for name, day in told.items() if _is_one_day(day)]
    days = find_dates(words.lower(), turn.today)[0]
    if len(held) != 1 or len(days) != 1:
        return None
    name, before = held[0]
    span = settle(in_month_of(days[0], before), turn.today, "past", before.year)
    if span.first is None or span.first != span.last or (before <= turn.today < span.first):
        return None
    return StatedFact(name, span.first.isoformat(), words, correction=True)


def _the_same_there(turn: Turn) -> StatedFact | None:
    """明珠3个, 明珠是10月20号, after the same was told of another: a name, and a number or a day."""
    called, names = turn.read.company, turn.session.last_facts
    elsewhere = turn.tap is not None or turn.read.noticed or turn.read.leads or turn.read.question
    if elsewhere or not called or turn.read.facts or len(names) != 1:
        return None
    words, definition = without_name(turn.read.text, called), turn.sources.rulebook.facts.get(names[0])
    heard, days = hear(words), find_dates(words.lower(), turn.today)[0]
    if definition is None or turn.session.last_intent is Intent.LOOKUP:
        return None
    if "the_same" in heard:
        return _as_told_of_another(turn, names[0])
    if definition.type == "count" and "bare_count" in heard and not days:
        told = last_number(words)
        return StatedFact(names[0], told, turn.read.original) if told is not None else None
    if definition.type == "date" and "its_day" in heard and len(days) == 1:
        span = settle(days[0], turn.today, "past")
        if span.first is not None and span.first == span.last:
            confirm = "year" if days[0].floating else None
            return StatedFact(names[0], span.first.isoformat(), turn.read.original, confirm=confirm)
    return None


def _as_told_of_another(turn: Turn, name: str) -> StatedFact | None:
    """富华也是: what was told last of another company, where this one has none of it yet."""
    told = turn.talk.facts.get((turn.session.last_of, name))
    return StatedFact(name, told.value, turn.read.original) if told and name not in turn.facts else None


def _is_one_day(held: Any) -> bool:
    try:
        return isinstance(held, str) and bool(date.fromisoformat(held))
    except ValueError:
        return False


def _of_check(turn: Turn) -> tuple[str, ...]:
    """The facts of the check in play."""
    known = turn.sources.rulebook.goals
    return tuple(name for goal in turn.session.goals[:1] if goal in known for name in known[goal].facts)


def _planned(said: FoundDate, today: date) -> str | dict[str, str] | None:
    """The day said, or the period, where it lies ahead."""
    span = settle(said, today, "future")
    if span.first is None or span.last is None or span.first <= today:
        return None
    first, last = span.first.isoformat(), span.last.isoformat()
    return first if first == last else {"from": first, "to": last}


def _within(said: FoundDate, held: Mapping[str, str], today: date) -> date | None:
    """The day said, in the year of the period told before, where it lies within it."""
    first, last = (date.fromisoformat(held[end]) for end in ("from", "to"))
    settled = settle(said, today, "past", first.year)
    day = settled.first if settled.first == settled.last else None
    return day if day is not None and first <= day <= last else None


def _is_period(held: Any) -> bool:
    return isinstance(held, dict) and held.keys() >= {"from", "to"}


def _is_ahead(held: Any, today: date) -> bool:
    last = held.get("to") if isinstance(held, dict) else held
    try:
        return isinstance(last, str) and date.fromisoformat(last) > today
    except ValueError:
        return False


def _year_said(turn: Turn) -> int | None:
    if named := _YEAR.search(turn.read.text):
        return int(named[0]) if len(named[0]) > len("99") else 2000 + int(named[0])
    heard = hear(turn.read.text)
    back = next((years for cue, years in _YEARS_BACK.items() if cue in heard), None)
    return turn.today.year - back if back is not None else None

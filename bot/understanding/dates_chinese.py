"""Chinese dates, most telling form first. A form that could be a duration or a number is not taken."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.understanding.dates import (
    Floating,
    FoundDate,
    Rule,
    add_months,
    day_of,
    fixed,
    floating,
    full_year,
    month_span,
    vague,
    year_span,
)
from knowledge.finding import Finder
from knowledge.numerals import to_int

_HAN: Final = "零〇一二三四五六七八九十两廿"
_SIGN: Final = "[零〇一二三四五六七八九]"
_FULL_YEAR: Final = rf"(?:(?<!\d)(?:19|20)\d\d|{_SIGN}{{4}})"
_YEAR: Final = rf"(?:{_FULL_YEAR}|(?<![\d.])[0-4]\d|(?<![前后每第整近满半头])[零〇一二]?{_SIGN})"
_TWO: Final = rf"(?:\d{{1,2}}|[{_HAN}]{{1,3}})"
_MONTH: Final = rf"(?:{_TWO}|元|正)"
_FIRST_MONTH: Final = ("元", "正")
_MONTH_PARTS: Final = {
    "上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, 31), "底": (21, 31),
    "末": (21, 31),
    "上半月": (1, 15), "下半月": (16, 31),
}  # fmt: skip
_YEAR_PARTS: Final = {
    "上半年": (1, 6), "下半年": (7, 12), "年初": (1, 3), "初": (1, 3), "年中": (5, 8), "年底": (11, 12),
    "年末": (11, 12), "年尾": (11, 12),
    "底": (11, 12), "末": (11, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12),
}  # fmt: skip
_RELATIVE_YEARS: Final = {
    "旧年": -1, "出年": 1,
    "今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "大前年": -3, "明年": 1, "后年": 2, "来年": 1,
}  # fmt: skip
_RELATIVE_DAYS: Final = {
    "寻日": -1, "琴日": -1, "听日": 1,
    "今天": 0, "今日": 0, "今早": 0, "昨天": -1, "昨日": -1, "前天": -2, "前日": -2, "大前天": -3,
    "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEKDAYS: Final = (
    {sign: number for number, sign in enumerate("一二三四五六日")}
    | {"天": 6}
    | {str(number + 1): number for number in range(7)}
)

_PART = "|".join(_MONTH_PARTS)
_YEAR_PART = "|".join(sorted(_YEAR_PARTS, key=len, reverse=True)).replace("一季度", "第?一季度")
_YEAR_PART = re.sub(r"(?<=\|)([二三四])季度", r"第?\1季度", _YEAR_PART)
_RELATIVE_YEAR = "|".join(sorted(_RELATIVE_YEARS, key=len, reverse=True))
_WEEK = "个?(?:周|星期|礼拜)"
_DATED_BY: Final = ("日期", "时间", "名单", "发布", "公布", "公示", "发布于", "公布于")
_DATED = "(?:" + "|".join(f"(?<={word})|(?<={word}[是为:在 ])" for word in _DATED_BY) + ")"
_DASH = r"\s?[-/.]\s?"
_FEASTS = "(?:春节|国庆|五一|中秋|元旦)[前后]?"
_NO_YEAR = r"[\d.:%a-z〕\]-]|[个名位人元吨万]"
_DAY_END = r"(?:日|号(?![楼线车院令文房门人]))"
_DOTTED = r"(?P<d>0?[1-9]|[12]\d|3[01])(?![\d.])"
_OF_DAY = (
    rf"(?P<m>{_MONTH})月(?:份)?(?:初|底|末|[上中下]旬)?的?"
    rf"(?P<d>{_TWO})(?:{_DAY_END}|(?![\d年月个位人几多{_HAN}]|名(?!单)))"
)


def _number(written: str) -> int:
    """A numeral of the grammar; -1, which no calendar has, where it is none."""
    value = 1 if written in _FIRST_MONTH else to_int(written)
    return -1 if value is None else value


def _month_part(match: re.Match[str]) -> tuple[int, int] | None:
    return _MONTH_PARTS.get(match["part"] or "")


def _in_year(match: re.Match[str], year: int) -> FoundDate:
    """A day, a month or a part of it in a known year."""
    groups = match.groupdict()
    if groups.get("d"):
        return fixed(match, day_of(year, _number(match["m"]), _number(match["d"])))
    if groups.get("m"):
        return _period(match, month_span(year, _number(match["m"]), _month_part(match)))
    part = (groups.get("part") or "").removeprefix("第")
    return _period(match, year_span(year, _YEAR_PARTS.get(part)))


def _period(match: re.Match[str], span: tuple[date, date] | None) -> FoundDate:
    return fixed(match, None) if span is None else fixed(match, *span)


def _absolute(match: re.Match[str], today: date) -> FoundDate:
    return _in_year(match, full_year(_number(match["y"]), today))


def _either_way_round(match: re.Match[str], today: date) -> FoundDate:
    """05/09/2026: month first, unless only the other way round is a day that has come."""
    found = _absolute(match, today)
    swapped = day_of(int(match["y"]), int(match["d"]), int(match["m"]))
    if found.first is None or swapped in (None, found.first):
        return found
    return replace(found, swapped=swapped)


def _relative_year(match: re.Match[str], today: date) -> FoundDate:
    return _in_year(match, today.year + _RELATIVE_YEARS[match["rel"]])


def _no_year_day(match: re.Match[str], _: date) -> FoundDate:
    return floating(match, Floating(_number(match["m"]), _number(match["d"])))


def _no_year_month(match: re.Match[str], _: date) -> FoundDate:
    return floating(match, Floating(_number(match["m"]), None, _month_part(match)))


def _lone_day(match: re.Match[str], _: date) -> FoundDate:
    return floating(match, Floating(None, _number(match["d"])))


def _day_range(match: re.Match[str], today: date) -> FoundDate:
    year = full_year(_number(match["y"]), today)
    first = month_span(year, _number(match["m"]))
    last = month_span(year, _number(match["m2"]))
    return _period(match, (first[0], last[1]) if first and last and first <= last else None)


def _relative_month(match: re.Match[str], today: date) -> FoundDate:
    step = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "下": 1, "下下": 2}[match["rel"]]
    month = add_months(today.replace(day=1), step)
    if match["d"]:
        return fixed(match, day_of(month.year, month.month, _number(match["d"])))
    return _period(match, month_span(month.year, month.month, _month_part(match)))


def _relative_day(match: re.Match[str], today: date) -> FoundDate:
    return fixed(match, today + timedelta(days=_RELATIVE_DAYS[match["rel"]]))


def _week(match: re.Match[str], today: date) -> FoundDate:
    step = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}[match["rel"]]
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
    if match["d"]:
        return fixed(match, monday + timedelta(days=_WEEKDAYS[match["d"]]))
    return fixed(match, monday, monday + timedelta(days=6))


def _weeks_ago(match: re.Match[str], today: date) -> FoundDate:
    """两周前的周一."""
    monday = today - timedelta(days=today.weekday()) - timedelta(weeks=_number(match["n"]))
    return fixed(match, monday + timedelta(days=_WEEKDAYS[match["d"]]))


def _bare_weekday(match: re.Match[str], today: date) -> FoundDate:
    """The last such day, today included: what has happened is mostly told so."""
    back = (today.weekday() - _WEEKDAYS[match["d"]]) % 7
    return fixed(match, today - timedelta(days=back), assumed=True)


def _ago(match: re.Match[str], today: date) -> FoundDate | None:
    """N days, weeks, months or years before or after today; months give the corresponding day, assumed."""
    count = _number(match["n"])
    if count < 0 or count > 1_000:
        return None
    sign = 1 if match["way"][-1] == "后" else -1
    unit = match["unit"]
    if unit in ("天", "日"):
        return fixed(match, today + timedelta(days=sign * count))
    if unit in ("周", "个星期", "星期", "个礼拜"):
        return fixed(match, today + timedelta(weeks=sign * count), assumed=True)
    if unit == "年":
        return _period(match, year_span(today.year + sign * count))
    return fixed(match, add_months(today, sign * count), assumed=True)


def _half_ago(match: re.Match[str], today: date) -> FoundDate:
    sign = 1 if match["way"][-1] == "后" else -1
    if match["unit"] == "年":
        return fixed(match, add_months(today, sign * 6), assumed=True)
    return fixed(match, today + timedelta(days=sign * 15), assumed=True)


def _vague(match: re.Match[str], _: date) -> FoundDate:
    return vague(match)


_BEFORE = r"(?<!提前)(?<!到期)(?<!截止)(?<!期限)"
_WAY = r"(?P<way>(?:之|以)?[前后])(?!提醒|通知|告诉|叫|再?提示)"
_COUNT = rf"(?P<n>\d{{1,3}}|[{_HAN}]{{1,3}})"

RULES: Final[tuple[Rule, ...]] = (
    (Finder(rf"(?P<y>{_YEAR})年的?(?P<m>{_TWO})月?(?:-|~|到|至)(?P<m2>{_TWO})月份?(?!\d)"), _day_range),
    (Finder(rf"(?P<y>{_YEAR})年的?{_OF_DAY}"), _absolute),
    (
        Finder(rf"(?<![\d.-])(?P<y>(?:19|20)\d\d){_DASH}(?P<m>\d\d?){_DASH}(?P<d>\d\d?)(?!\d)日?"),
        _absolute,
    ),
    (Finder(r"(?<!\d)(?P<y>20\d\d)(?P<m>0\d|1[0-2])(?P<d>[0-3]\d)(?!\d)"), _absolute),
    (Finder(rf"(?P<y>{_YEAR})年的?(?P<m>{_MONTH})月(?:份)?的?(?P<part>{_PART})?"), _absolute),
    (Finder(r"(?<![\d.-])(?P<y>20\d\d)\s?[-/.]\s?(?P<m>0?[1-9]|1[0-2])(?![\d./-])(?P<part>)"), _absolute),
    (Finder(rf"(?P<rel>{_RELATIVE_YEAR})的?{_OF_DAY}"), _relative_year),
    (Finder(rf"(?P<rel>{_RELATIVE_YEAR})的?(?P<m>{_MONTH})月(?:份)?的?(?P<part>{_PART})?"), _relative_year),
    (Finder(rf"(?P<rel>{_RELATIVE_YEAR})的?(?P<part>{_YEAR_PART})?"), _relative_year),
    (Finder(rf"(?P<y>{_FULL_YEAR})年?的?(?P<part>{_YEAR_PART})"), _absolute),
    (Finder(rf"(?P<y>{_FULL_YEAR})年度?(?P<part>)(?!第?\d+号)"), _absolute),
    (
        Finder(
            rf"(?<![\d.满了近超过交干做])(?P<y>[0-4]\d)年(?![以之]?[前后内来]|多|以上|[的]?经验|工龄)(?P<part>{_YEAR_PART})?"
        ),
        _absolute,
    ),
    (Finder(rf"(?<![\d个]){_OF_DAY}"), _no_year_day),
    (Finder(r"(?<![\d./-])(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])(?![\d/年])"), _no_year_day),
    (Finder(rf"^\s*(?P<m>0?[1-9]|1[0-2])\.{_DOTTED}\s*$"), _no_year_day),
    (
        Finder(
            rf"(?<![\d./-])(?P<m>0?[1-9]|1[0-2])[.-]{_DOTTED}"
            r"(?=日|号| ?(?:强制)?名单|公布|发布|公示|下发|出的|上的|那天|挂| ?(?:评估)?验收|开的?会)"
        ),
        _no_year_day,
    ),
    (Finder(rf"{_DATED}(?P<m>0?[1-9]|1[0-2])[.-]{_DOTTED}"), _no_year_day),
    (Finder(r"(?<![\d./-])(?P<m>0?[1-9]|1[0-2])/(?P<d>\d\d?)/(?P<y>20\d\d)(?!\d)"), _either_way_round),
    (Finder(r"(?<![\d./-])(?P<m>0?[1-9]|1[0-2])/(?P<y>20\d\d)(?![\d/])(?P<part>)"), _absolute),
    (
        Finder(r"(?<![\d./-])(?P<d>1[3-9]|2\d|3[01])[/.](?P<m>0?[1-9]|1[0-2])[/.](?P<y>20\d\d)(?!\d)"),
        _absolute,
    ),
    (Finder(rf"(?<![\d./a-z-])(?P<y>[12]\d)[.](?P<m>0?[1-9]|1[0-2])[.]{_DOTTED}"), _absolute),
    (
        Finder(
            rf"(?P<rel>上上|下下|上|下|这|本|当)个?月(?:份)?的?(?:(?P<d>{_TWO}){_DAY_END}|(?P<part>{_PART}))?"
        ),
        _relative_month,
    ),
    (
        Finder(rf"(?<![\d个满])(?P<m>1[0-2]|[1-9]|十[一二]?|{_SIGN})月份?的?(?P<part>{_PART})?"),
        _no_year_month,
    ),
    (Finder(rf"(?P<rel>{'|'.join(sorted(_RELATIVE_DAYS, key=len, reverse=True))})"), _relative_day),
    (
        Finder(r"(?P<rel>上上|下下|上|下|这|本)(?:个?(?:星期|礼拜)|周)(?P<d>[一二三四五六日天1-6])?(?![年内])"),
        _week,
    ),
    (Finder(rf"{_COUNT}{_WEEK}(?:之|以)?前的?那?{_WEEK}(?P<d>[一二三四五六日天1-6])"), _weeks_ago),
    (Finder(rf"{_BEFORE}{_COUNT}(?P<unit>天|日|周|个?星期|个礼拜|个月|年)(?:多)?{_WAY}"), _ago),
    (Finder(rf"{_BEFORE}半个?(?P<unit>年|月){_WAY}"), _half_ago),
    (Finder(r"(?:周|星期|礼拜)(?P<d>[一二三四五六日天])"), _bare_weekday),
    (
        Finder(rf"前几天|前两天|前阵子|前段时间|最近几天|几(?:天|个月|年)前|{_FEASTS}|年前|[年月][初底末]"),
        _vague,
    ),
    (
        Finder(rf"(?<![\d第号〕\]])(?P<d>[12]\d|3[01]|[1-9]|二?十{_SIGN}?|三十一?){_DAY_END}(?!\d)"),
        _lone_day,
    ),
    (Finder(rf"(?<![\d.〔\[(a-z-])(?P<y>20[0-4]\d)(?!{_NO_YEAR})(?P<part>)"), _absolute),
)  # fmt: skip

"""Legal standing on a day, with the dates that led to it and what applies instead."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.library import Library


def said(library: Library, question: str, on: date) -> str:
    return "".join(one.words.zh for one in library.answer(question, on=on).statements)


@pytest.mark.parametrize(
    ("question", "on", "words"),
    [
        ("促进法还有效吗", date(2026, 8, 14), "当日有效"),
        ("促进法还有效吗", date(2026, 8, 15), "已废止"),
        ("38号令什么时候施行的", date(2026, 11, 23), "2016年7月1日起施行"),
        ("生态环境法典生效了吗", date(2026, 5, 1), "此前不适用"),
        ("原细则还有效吗", date(2026, 11, 23), "2016年底到期"),
        ("2025年自愿性细则有效吗", date(2026, 11, 23), "当日有效"),
        ("2010年办法还有效吗", date(2026, 11, 23), "效力未核实"),
    ],
)
def test_standing_follows_the_day(library: Library, question: str, on: date, words: str) -> None:
    assert words in said(library, question, on)


def test_what_applies_instead_is_named(library: Library) -> None:
    assert "生态环境法典" in said(library, "促进法还有效吗", date(2026, 11, 23))


def test_a_day_in_the_question_counts_before_today(library: Library) -> None:
    assert "当日有效" in said(library, "in 2015 was the promotion law in force", date(2026, 11, 23))


def test_a_day_that_does_not_exist_is_left_aside(library: Library) -> None:
    assert "已废止" in said(library, "2015年13月的时候促进法有效吗", date(2026, 11, 23))


@pytest.mark.parametrize(
    ("day", "present", "absent"),
    [
        (date(2005, 6, 1), "2003年1月1日起施行", "38号令"),
        (date(2012, 8, 1), "原细则", "2019年正式文本（"),
        (date(2018, 9, 10), "从未施行", "法典"),
        (date(2021, 5, 1), "不晚于7月23日，施行日未查到", "2025"),
        (date(2025, 6, 1), "2025年4月27日起施行", "法典"),
        (date(2026, 8, 14), "38号令", "法典"),
        (date(2026, 8, 15), "法典2026年8月15日起施行", "38号令"),
    ],
)
def test_what_applies_depends_on_the_day(library: Library, day: date, present: str, absent: str) -> None:
    said = "".join(one.words.zh for one in library.answer("现在适用哪个规定", on=day).statements)
    assert present in said
    assert absent not in said


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 5, 1), "这一天没有"),
        (date(2026, 8, 14), "还没有"),
        (date(2026, 8, 15), "由生态环境法典取代"),
    ],
)
def test_a_law_is_replaced_from_the_day_it_is(library: Library, day: date, words: str) -> None:
    first = library.answer("促进法被什么取代了", on=day).statements[0]
    assert words in first.words.zh


def test_nothing_is_offered_instead_before_it_was_there(library: Library) -> None:
    said = "".join(
        one.words.zh for one in library.answer("征求意见稿有效吗", on=date(2018, 9, 10)).statements
    )
    assert "法典" not in said

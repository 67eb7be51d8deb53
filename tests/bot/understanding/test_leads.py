from __future__ import annotations

import pytest

from bot.understanding.leads import days_alone, read_leads, without_rows
from tests.bot.understanding.conftest import Read


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        ("提前10天和3天提醒我", (10, 3)),
        ("到期前一周提醒", (7,)),
        ("提前一个月、半个月都提醒我", (30, 15)),
        ("提前30,14,7天提醒", (30, 14, 7)),
        ("提前3天和当天提醒我", (3, 0)),
        ("remind me 10 days before", (10,)),
        ("到期前提醒我", ()),
        ("名单9月1日发布，到期前提醒我", ()),
        ("只在最后3天提醒就行", (3,)),
        ("最后一天提醒我就行", (0,)),
        ("提前20天、10天、3天各提醒一次", (20, 10, 3)),
        ("remind me please, but only 10 and 2 days ahead, in advance", (10, 2)),
        ("提前10天能做完吗", ()),
        ("名单10天前发布的", ()),
        ("提前半年提醒我", (182,)),
        ("提前一年和三个月提醒", (365, 90)),
        ("remind me half a year before", (182,)),
        ("名单2026年9月1日发布，提前半年提醒我", (182,)),
    ],
)
def test_reads_the_days_before(said: str, leads: tuple[int, ...]) -> None:
    assert read_leads(said) == leads


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("remind me 10 and 2 days before", "remind me 2 days before"),
        ("提前30,14,7天提醒", "提前7天提醒"),
        ("we have 4, 5 and 3 auditors", "we have 4, 5 and 3 auditors"),
    ],
)
def test_a_row_of_days_before_is_cut_to_its_last(said: str, rest: str) -> None:
    assert without_rows(said) == rest


@pytest.mark.parametrize("said", ["remind me 10 and 2 days before", "remind us 7, 3 and 1 days before"])
def test_days_before_answer_no_question_for_people(read: Read, said: str) -> None:
    assert read(said, asked=("insured_staff",), goal="consultant-mandatory").facts == ()


@pytest.mark.parametrize(
    ("said", "leads"),
    [("make that 30, 7 and 1", (30, 7, 1)), ("改成3、15", (15, 3)), ("5、5、2000", (5,))],
)
def test_days_said_alone_are_leads_within_a_year(said: str, leads: tuple[int, ...]) -> None:
    assert days_alone(said) == leads

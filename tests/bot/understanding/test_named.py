from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.named import Names

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("张工、李工、老周三个人都考过了清洁生产审核师", {"trained_auditors": 3}),
        ("审核师：张三、李四、王五", {"trained_auditors": 3}),
        ("我和老王都有审核师证", {"trained_auditors": 2}),
        ("有审核师证的就我和另外两个同事", {"trained_auditors": 3}),
        ("三个同事加我，都有审核师证", {"trained_auditors": 4}),
        ("高级职称的有王总工、李工", {"senior_title_staff": 2}),
        ("小钱小孙是审核师", {"trained_auditors": 2}),
    ],
)
def test_people_by_name_are_as_good_as_their_number(facts: Facts, text: str, told: dict[str, int]) -> None:
    assert facts(text) == told


def test_names_alone_answer_how_many(facts: Facts) -> None:
    assert facts("就我跟小刘", asked=("trained_auditors",)) == {"trained_auditors": 2}


@pytest.mark.parametrize(
    "text",
    [
        "小王和小李去考审核师了",
        "周一和周三有审核师培训",
        "老王和小李没有审核师证",
        "小李没有高级职称",
        "我没有审核师证",
        "张总和李总问审核师要几个",
    ],
)
def test_those_of_whom_nothing_is_held_count_nobody(facts: Facts, text: str) -> None:
    assert facts(text) == {}


def test_a_firm_is_nobody(lexicon: Lexicon) -> None:
    names = Names.of(lexicon)
    assert names.begins("我有审核师证")
    assert not names.begins("我们有审核师证")

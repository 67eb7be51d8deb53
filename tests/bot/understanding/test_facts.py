from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import load_reader
from bot.understanding.model import ReadingContext
from tests.bot.understanding.conftest import NOW

Facts = Callable[..., dict[str, Any]]
READER = load_reader()
TOLD = (
    "我们有4个审核师",
    "名单是2026年10月8日公布的",
    "检测设备我们没有",
    "市级验收86分通过了",
    "我们是做电镀的",
)


@given(
    st.sampled_from(TOLD),
    st.sampled_from(("“{}”是什么意思", "条文里写着“{}”，怎么理解", "听说{}", "如果{}呢")),
)
def test_nothing_is_told_in_quotation_hearsay_or_supposition(said: str, frame: str) -> None:
    text = frame.format(said.replace("我们", ""))
    assert READER.read(text, ReadingContext(now=NOW)).facts == ()


@given(st.permutations(TOLD), st.sampled_from(("，", "。", "；", "\n", "，然后", "，另外")))
def test_facts_stand_whatever_is_told_around_them(parts: list[str], joint: str) -> None:
    read = READER.read(joint.join(parts), ReadingContext(now=NOW))
    told = {fact.name: fact.value for fact in read.facts}
    assert told["trained_auditors"] == 4
    assert told["list_published"] == "2026-10-08"
    assert told["testing_equipment"] is False
    assert told["acceptance_score"] == 86
    assert told["industry"] == "电镀"


@pytest.mark.parametrize(
    "text", ["大专5个，不，6个", "大专5个，说错了，6个", "大专应该是6个，刚才写错了", "大专不是5个而是6个"]
)
def test_a_value_taken_back_is_replaced(facts: Facts, text: str) -> None:
    assert facts(text) == {"degree_staff": 6}


def test_months_told_person_by_person_stand_for_the_number(facts: Facts) -> None:
    assert facts("社保：张三14个月，李四20个月，王五6个月") == {"insurance_months": [14, 20, 6]}


def test_cantonese_signs_are_read(facts: Facts) -> None:
    assert facts("我哋有4個審核師，冇高工") == {"trained_auditors": 4, "senior_title_staff": 0}

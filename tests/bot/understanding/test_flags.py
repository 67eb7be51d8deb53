from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.understanding.flags import polarity
from bot.understanding.lexicon import Token
from tests.bot.understanding.conftest import Read

Facts = Callable[..., dict[str, Any]]


def around(*roles: str) -> list[Token]:
    return [Token(role, "", at, at + 1, role) for at, role in enumerate(roles)]


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (("have", "topic"), True),
        (("not", "topic"), False),
        (("not", "not", "topic"), True),
        (("topic", "not"), False),
        (("topic",), None),
        (("not", "noun", "topic"), None),
    ],
)
def test_denials_are_counted_up_to_the_next_thing(roles: tuple[str, ...], said: bool | None) -> None:
    assert polarity(around(*roles), roles.index("topic")) is said


def test_an_undated_past_is_asked(read: Read) -> None:
    understanding = read("我们被罚过")
    assert not understanding.facts
    assert [doubt.fact for doubt in understanding.doubts] == ["penalty_within_three_years"]


def test_a_calendar_year_does_not_settle_a_period(facts: Facts) -> None:
    assert facts("去年超标过一次") == {"exceedance_dates": [{"from": "2025-01-01", "to": "2025-12-31"}]}
    assert facts("近一年超标过") == {"exceedance_within_year": True}


def test_the_experts_title_is_no_staff_title(facts: Facts) -> None:
    assert facts("请了外部专家，是高工") == {"external_expert": True, "external_expert_senior_title": True}


def test_short_words_need_their_matter(facts: Facts) -> None:
    assert facts("申请了延期，但没批下来") == {"extension_approved": False}
    assert facts("还没批", goal="extension") == {"extension_approved": False}
    assert facts("还没批") == {}


def test_a_period_before_its_cause_counts(facts: Facts) -> None:
    assert facts("近三年因为超标排污被行政处罚过") == {"penalty_within_three_years": True}


def test_what_is_said_of_any_company_is_not_theirs(facts: Facts) -> None:
    assert facts("电镀厂是重点企业") == {}
    assert facts("我们是电镀厂，属于重点企业") == {"industry": "电镀", "key_enterprise": True}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("因为搬厂，确实有特殊原因做不完", {"special_reason": True}),
        ("特殊原因是厂房搬迁", {"special_reason": True}),
        ("没啥特殊原因，就是忙忘了", {"special_reason": False}),
        ("证明开好了，递上去还没批", {"extension_proof": True, "extension_approved": False}),
        ("材料有，上个月就交了", {"materials_submitted": True}),
        ("审核师都是新考的，没做过审核", {"auditors_experienced": False}),
        ("超标没有，能耗也没有", {"exceedance_within_year": False, "energy_over_limit_within_year": False}),
        ("水泥厂，重点企业", {"key_enterprise": True, "industry": "水泥"}),
    ],
)
def test_takes_what_is_said_in_passing(facts: Facts, said: str, told: dict[str, Any]) -> None:
    assert facts(said) == told


@pytest.mark.parametrize(
    "said",
    [
        "设备坏了算特殊原因不",
        "除非有特殊原因，不然不能延",
        "企业因特殊原因需要延长审核时间的，须提供相关证明材料",
        "没人要求我们交材料",
        "工作证明有",
        "水泥厂，重点企业，几年一轮",
    ],
)
def test_what_is_asked_or_laid_down_of_a_flag_is_no_fact(facts: Facts, said: str) -> None:
    assert facts(said) == {}


def test_a_day_told_behind_a_penalty_weighs_against_its_period(facts: Facts) -> None:
    old = [{"from": "2023-10-01", "to": "2023-10-31"}]
    assert facts("近三年罚过，2023年10月的事") == {"penalty_dates": old}
    recent = [{"from": "2025-10-01", "to": "2025-10-31"}]
    assert facts("近三年罚过，2025年10月的事") == {
        "penalty_within_three_years": True,
        "penalty_dates": recent,
    }

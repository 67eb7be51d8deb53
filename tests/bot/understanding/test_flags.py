from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.understanding.conftest import Read

Facts = Callable[..., dict[str, Any]]


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


@pytest.mark.parametrize(
    "said", ["但愿这次验收一次就过", "希望别被列成强制的", "盼着延期能批下来", "I hope we pass acceptance"]
)
def test_what_is_wished_or_feared_is_no_fact(facts: Facts, said: str) -> None:
    assert facts(said) == {}


def test_an_agency_that_is_nobodys_is_only_asked_about(facts: Facts) -> None:
    assert facts("中介没有独立法人行不行") == {}
    assert facts("我们找的中介没有独立法人行不行")["independent_legal_person"] is False


def test_what_is_held_may_be_denied_in_short_words(facts: Facts) -> None:
    assert facts("说错了，其实还没批准呢") == {}
    held = {"extension_approved": True}
    assert facts("说错了，其实还没批准呢", facts=held) == {"extension_approved": False}


def test_what_is_ready_is_not_handed_in(facts: Facts) -> None:
    assert facts("证明材料准备好了但还没交") == {"extension_proof": False}


def test_what_is_said_of_one_of_two_is_said_of_both(facts: Facts) -> None:
    assert facts("有独立法人资格和质量保证体系") == {"independent_legal_person": True, "quality_system": True}
    assert facts("工艺技术人员和审核方法人员都有") == {"process_staff": True, "audit_method_staff": True}


def test_a_denial_behind_what_is_done_is_of_the_next_thing(facts: Facts) -> None:
    told = facts("验收的材料我们已经交上去了这三年也没有被处罚过")
    assert told == {"materials_submitted": True, "penalty_within_three_years": False}


def test_a_form_is_read_by_its_marks(facts: Facts) -> None:
    assert facts("质量体系√ 检测设备×") == {"quality_system": True, "testing_equipment": False}
    assert facts("外部专家：无") == {"external_expert": False}
    assert facts("近3年处罚记录0") == {"penalty_within_three_years": False}


def test_what_is_left_open_leaves_what_was_told(read: Read) -> None:
    told = read("延期的事情啊特殊原因有的证明交上去了批没批还不知道")
    assert {fact.name: fact.value for fact in told.facts} == {"special_reason": True, "extension_proof": True}


def test_materials_in_talk_of_an_extension_are_its_proof(facts: Facts) -> None:
    assert facts("材料交上去了", goal="extension") == {"extension_proof": True}
    assert facts("验收材料交上去了", goal="extension") == {"materials_submitted": True}
    assert facts("材料交上去了") == {"materials_submitted": True}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("罚过，近三年有一次", {"penalty_within_three_years": True}),
        ("验收还没做三年没被罚过", {"penalty_within_three_years": False}),
        ("不打算请外部专家", {"external_expert": False}),
        ("停工证明街道盖章给了", {"extension_proof": True}),
        ("搬迁证明还没开下来", {"extension_proof": False}),
        ("省级称号我们想报", {"willing": True}),
        ("三年来没有受过任何处罚", {"penalty_within_three_years": False}),
        ("这三年环保处罚零记录", {"penalty_within_three_years": False}),
        ("我们咨询公司是独立法人", {"independent_legal_person": True}),
        ("延期需要的证明文件我们一份都拿不出", {"extension_proof": False}),
        ("材料交了，其实还没交", {"materials_submitted": False}),
        ("是否重点企业：否；材料是否提交：已提交", {"key_enterprise": False, "materials_submitted": True}),
    ],
)
def test_time_denial_and_what_was_given_behind(facts: Facts, said: str, told: dict[str, bool]) -> None:
    assert facts(said) == told


def test_a_short_time_before_the_acceptance_lies_within_the_period(facts: Facts) -> None:
    assert facts("能耗超限额过一次，就在验收前两个月") == {"energy_over_limit_within_year": True}


def test_no_penalties_in_figures(facts: Facts) -> None:
    assert facts("zero penalties over the past three years") == {"penalty_within_three_years": False}


def test_fined_for_something_else_is_not_fined_for_that(facts: Facts) -> None:
    assert facts("三年内有处罚但不是超标") == {"penalty_within_three_years": False}


def test_the_bare_name_of_what_was_asked_for_is_a_yes(facts: Facts) -> None:
    assert facts("重点企业", asked=("key_enterprise",)) == {"key_enterprise": True}
    assert facts("重点企业？", asked=("key_enterprise",)) == {}
    assert facts("重点企业") == {}

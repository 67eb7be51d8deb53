from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.understanding.conftest import Read

Facts = Callable[..., dict[str, Any]]


def test_a_supplied_year_is_to_be_confirmed(read: Read) -> None:
    assert [fact.confirm for fact in read("名单1月31号发布的").facts] == ["year"]
    assert [fact.confirm for fact in read("名单2026年1月31号发布的").facts] == [None]


def test_the_day_of_acceptance_is_not_the_day_of_completion(facts: Facts) -> None:
    assert "last_round_completed" not in facts("上一轮2022年9月1日验收通过")


def test_a_happening_that_is_no_fact_keeps_its_date(facts: Facts) -> None:
    assert facts("3月20号收到通知") == {}
    assert facts("3月20号收到通知，名单3月15日发布的") == {"list_published": "2026-03-15"}


def test_what_must_have_happened_is_not_in_a_stated_future(read: Read) -> None:
    understanding = read("名单2027年3月1日发布的")
    assert not understanding.facts
    assert [doubt.kind for doubt in understanding.doubts] == ["date"]


def test_a_wish_looks_forward(facts: Facts, read: Read) -> None:
    assert facts("想12月再申请一次") == {"reapply_on": {"from": "2026-12-01", "to": "2026-12-31"}}
    assert [fact.name for fact in read("今年还能再申请一次吗").hypothetical] == ["reapply_on"]


def test_a_year_alone_moves_the_day_held(facts: Facts) -> None:
    said = facts("不是，是2025年", asked=("list_published",), facts={"list_published": "2026-01-31"})
    assert said == {"list_published": "2025-01-31"}


def test_a_near_miss_is_a_pass(facts: Facts) -> None:
    assert facts("验收差点没过") == {"acceptance_result": "passed"}
    assert facts("验收差点就过了") == {"acceptance_result": "failed"}


def test_the_name_of_a_list_is_no_day(facts: Facts) -> None:
    assert facts("在2026年强制名单里") == {}


def test_a_corrected_day_keeps_the_year_that_was_refused(facts: Facts) -> None:
    refused = {"list_published": "2025年2月30号"}
    told = facts("打错了，是2月28号", asked=("list_published",), last_rejected=refused)
    assert told == {"list_published": "2025-02-28"}
    assert facts("打错了，是2月28号", asked=("list_published",)) == {"list_published": "2026-02-28"}


def test_a_corrected_day_keeps_the_year_that_is_held(facts: Facts) -> None:
    held = {"list_published": "2025-03-03"}
    told = facts("说错了，是3月8号", facts=held, last_facts=("list_published",))
    assert told == {"list_published": "2025-03-08"}


def test_a_denied_day_is_not_taken(facts: Facts) -> None:
    held = {"list_published": "2026-03-03"}
    told = facts("不是3月3号，是3月8号", facts=held, last_facts=("list_published",))
    assert told == {"list_published": "2026-03-08"}


def test_a_day_without_its_acceptance_is_understood_in_talk_of_it(facts: Facts) -> None:
    august = {"from": "2026-08-01", "to": "2026-08-31"}
    assert facts("今年8月没过的", last_facts=("acceptance_result",)) == {"acceptance_failed_on": august}
    assert facts("今年8月没过的") == {}


def test_other_papers_come_out_too(facts: Facts) -> None:
    assert facts("通知是3月出的") == facts("成绩10月1号出来") == {}


def test_how_often_and_when_to_be_reminded_are_no_days_of_an_event(facts: Facts) -> None:
    listed: dict[str, Any] = {"facts": {"list_published": "2026-01-31"}, "last_facts": ("list_published",)}
    assert facts("改成每周一提醒", **listed) == facts("12月1号提醒我", **listed) == {}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("前天专家组来验收，没给过", "2026-11-21"),
        ("上周三专家来了，结论是不合格", "2026-11-18"),
        ("11.5 验收未通过", "2026-11-05"),
    ],
)
def test_the_day_of_the_visit_is_that_of_failing(facts: Facts, said: str, day: str) -> None:
    assert facts(said) == {"acceptance_failed_on": day, "acceptance_result": "failed"}


@pytest.mark.parametrize(
    "said",
    ["咨询费12月1日要付，跟名单没关系", "报告2025年7月1日就写完了，但还没验收", "东莞的名单9月10日发的"],
)
def test_a_day_of_something_else_is_no_event_s(facts: Facts, said: str) -> None:
    assert facts(said) == {}


def test_an_acceptance_gone_through_is_not_passed(facts: Facts) -> None:
    assert "acceptance_result" not in facts("验收去年做过")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("名单10月20号出的，是去年的", {"list_published": "2025-10-20"}),
        ("前天公示的名单，我们在里面", {"list_published": "2026-11-21"}),
        ("延期批文昨天下来了", {"extension_approved": True}),
        ("上一轮6月30号完成的，23年的", {"last_round_completed": "2023-06-30"}),
    ],
)
def test_a_day_is_of_what_it_is_told_of(facts: Facts, said: str, told: dict[str, Any]) -> None:
    assert facts(said) == told

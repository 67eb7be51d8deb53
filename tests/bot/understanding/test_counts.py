from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import load_reader
from bot.understanding.model import ReadingContext
from tests.bot.understanding.conftest import NOW, Read

Facts = Callable[..., dict[str, Any]]
READER = load_reader()


@given(
    st.permutations(["审核师", "大专", "高工"]),
    st.lists(st.integers(1, 60), min_size=3, max_size=3),
    st.booleans(),
)
def test_any_order_of_numbers_and_nouns_reads_alike(
    nouns: list[str], numbers: list[int], noun_first: bool
) -> None:
    names = {"审核师": "trained_auditors", "大专": "degree_staff", "高工": "senior_title_staff"}
    parts = [
        f"{noun}{number}个" if noun_first else f"{number}个{noun}"
        for noun, number in zip(nouns, numbers, strict=True)
    ]
    expected = {names[noun]: number for noun, number in zip(nouns, numbers, strict=True)}
    for joint in ("，", "、", "", " "):
        read = READER.read(joint.join(parts), ReadingContext(now=NOW))
        assert {fact.name: fact.value for fact in read.facts} == expected


@pytest.mark.parametrize(
    "frame", ["需要{}吗", "要{}吗？", "规定要{}", "听说隔壁有{}", "{}？", "必须有{}", "打算招{}"]
)
def test_a_frame_that_does_not_tell_gives_no_fact(facts: Facts, frame: str) -> None:
    assert facts(frame.format("4个审核师")) == {}


def test_all_means_the_one_number_said_before(facts: Facts, read: Read) -> None:
    assert facts("5个大专，社保都满一年") == {"degree_staff": 5, "insured_staff": 5}
    doubts = read("5个大专，3个审核师，社保都满一年").doubts
    assert [(doubt.kind, doubt.fact, doubt.options) for doubt in doubts] == [
        ("referent", "insured_staff", (5, 3))
    ]


def test_a_short_time_does_not_count(facts: Facts) -> None:
    assert facts("4个人社保不满一年") == {}
    assert facts("社保14个月的2个，10个月的2个") == {"insured_staff": 2}


def test_time_that_was_not_told_is_confirmed(read: Read) -> None:
    assert [fact.confirm for fact in read("社保4个").facts] == ["duration"]
    assert [fact.confirm for fact in read("社保满一年4个").facts] == [None]


def test_one_more_is_counted_from_what_is_held(facts: Facts) -> None:
    assert facts("又招了1个审核师", facts={"trained_auditors": 3}) == {"trained_auditors": 4}
    assert facts("又招了1个审核师") == {"trained_auditors": {"min": 1}}


def test_those_insured_too_short_are_taken_off(facts: Facts) -> None:
    assert facts("5个人有社保，其中1个只交了8个月，其他都满一年") == {"insured_staff": 4}


def test_people_who_left_are_taken_off_what_was(facts: Facts) -> None:
    assert facts("审核师原来5个，走了2个") == {"trained_auditors": 3}
    assert facts("原来5个，走了2个", asked=("trained_auditors",)) == {"trained_auditors": 3}


def test_a_total_is_told_beside_those_among_them(facts: Facts) -> None:
    assert facts("总共8个人，其中审核师4个") == {"total_staff": 8, "trained_auditors": 4}
    assert facts("总共8个人", asked=("trained_auditors",)) == {"trained_auditors": 8}


def test_they_all_are_the_people_counted_before(facts: Facts, read: Read) -> None:
    held = {"trained_auditors": 4, "degree_staff": 6}
    one = {"facts": held, "last_facts": ("trained_auditors",)}
    assert facts("他们社保都满一年", **one) == {"insured_staff": 4}
    two = read("他们社保都满一年", facts=held, last_facts=("trained_auditors", "degree_staff"))
    assert two.facts == ()
    assert [doubt.fact for doubt in two.doubts] == ["insured_staff"]


def test_nothing_behind_a_topic_is_none_of_them(facts: Facts) -> None:
    assert facts("高工呢，没有") == {"senior_title_staff": 0}


@pytest.mark.parametrize("said", ["社保章一个都没盖", "审核师一个都没走", "社保一个都没断"])
def test_not_one_of_them_is_not_one(facts: Facts, said: str) -> None:
    assert facts(said) == {}


def test_a_number_of_what_nobody_knows_leaves_the_others_their_own(facts: Facts) -> None:
    assert facts("仪表工3审核师4高工1") == {"trained_auditors": 4, "senior_title_staff": 1}


def test_kinds_behind_their_noun_are_added(facts: Facts) -> None:
    assert facts("上岗证方面，能源1人环境2人安全3人") == {"post_certified_staff": 6}


def test_at_least_is_told_of_those_there_are_and_laid_down_as_required(facts: Facts) -> None:
    assert facts("at least 4 auditors") == {"trained_auditors": {"min": 4}}
    assert facts("at least 4 auditors are required") == {}
    assert facts("4名以上审核师") == {}


def test_some_of_the_auditors_just_told_are_titled(facts: Facts) -> None:
    told = {"trained_auditors": 4, "senior_title_auditors": 1}
    assert facts("审核师四个，有一个是高级工程师") == told
    assert facts("审核师4人（高工1人）") == told
    assert facts("4名审核师中1名为高级职称") == told
    assert facts("有两个审核师是高工") == {"senior_title_auditors": 2}


def test_kinds_told_one_by_one_behind_their_noun_are_a_sum(facts: Facts) -> None:
    assert facts("审核师，国家的证3个，省里的证1个") == {"trained_auditors": 4}
    assert facts("社保满一年、有社保局章的一共五个人") == {"insured_staff": 5}


def test_an_expert_who_is_only_asked_about_is_nobody(facts: Facts) -> None:
    assert facts("外聘专家的高级职称，可不可以当第二十一条那个用？") == {}

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.understanding.clause import Clause
from bot.understanding.clauses import Segmenter
from bot.understanding.lexicon import Lexicon
from tests.bot.understanding.conftest import Read

Facts = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def segmenter(lexicon: Lexicon) -> Segmenter:
    return Segmenter(lexicon)


def clauses(segmenter: Segmenter, text: str) -> list[Clause]:
    return segmenter.clauses(text, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("said", "moods"),
    [
        ("我们有4个审核师", ["tell"]),
        ("需要4个审核师", ["rule"]),
        ("第十条写的是4个大专", ["rule"]),
        ("4个审核师?", ["ask"]),
        ("如果有4个审核师,1个高工", ["suppose", "suppose"]),
        ("听说隔壁有4个审核师,我们有3个", ["other", "tell"]),
        ("准备招2个高工", ["plan"]),
        ("需要4个审核师、1个高工", ["rule", "rule"]),
        ("5个大专、3个审核师?", ["ask", "ask"]),
    ],
)
def test_each_clause_has_its_mood(segmenter: Segmenter, said: str, moods: list[str]) -> None:
    assert [clause.mood for clause in clauses(segmenter, said)] == moods


def test_what_is_told_is_cut_from_what_is_asked(segmenter: Segmenter) -> None:
    told, asked = clauses(segmenter, "我们有3个审核师够吗")
    assert (told.mood, told.before_question) == ("tell", True)
    assert asked.mood == "ask"


def test_a_topic_is_no_supposition(segmenter: Segmenter) -> None:
    assert clauses(segmenter, "社保的话,有4个")[1].mood == "tell"


def test_figures_of_other_kinds_are_guarded(segmenter: Segmenter) -> None:
    for said in ("环发〔2010〕54号", "电话13812345678", "第16条第3项", "4号楼", "gb/t 24001"):
        assert not any(clause.has("count", "date") for clause in clauses(segmenter, said))


def test_what_is_said_around_a_fact_is_left_out(facts: Facts) -> None:
    assert facts("嗯嗯，大专的话有5个😂") == {"degree_staff": 5}
    assert facts("审核师嘛……就俩") == {"trained_auditors": 2}


@pytest.mark.parametrize(
    "said", ["1. 审核师4人\n2. 高工1人", "①审核师4人②高工1人", "(一)审核师4人(二)高工1人"]
)
def test_places_in_a_list_are_no_counts(facts: Facts, said: str) -> None:
    assert facts(said) == {"trained_auditors": 4, "senior_title_staff": 1}


def test_they_are_the_agency_that_the_talk_is_about(facts: Facts) -> None:
    assert facts("They have 5 auditors", goal="consultant-voluntary") == {"trained_auditors": 5}
    assert facts("They have 5 auditors") == {}


def test_two_companies_leave_open_whose_a_number_is(read: Read) -> None:
    said = read("甲公司4个审核师，乙公司3个")
    assert said.facts == ()
    assert [(doubt.kind, doubt.options) for doubt in said.doubts] == [("company", ("甲公司", "乙公司"))]


def test_a_bare_chinese_numeral_counts_only_behind_a_noun(facts: Facts) -> None:
    assert facts("大专四 审核师伍 社保：三") == {"degree_staff": 4, "trained_auditors": 5, "insured_staff": 3}
    assert facts("审核师二级，高工一般") == {}


def test_a_figure_asked_about_is_no_fact(facts: Facts) -> None:
    assert facts("那80分呢") == {}
    assert facts("那4个审核师呢") == {}


def test_the_sign_of_multiplication_stands_on_either_side(facts: Facts) -> None:
    assert facts("4x审核师 5x大专") == facts("审核师x4 大专x5") == {"trained_auditors": 4, "degree_staff": 5}


@pytest.mark.parametrize("unit", ["1", "1,", "1:", "1.", "的", "我们", "没有", "专职", "一"])
def test_a_message_of_one_thing_repeated_tells_nothing(facts: Facts, unit: str) -> None:
    assert facts(unit * (4_096 // len(unit))) == {}


def test_what_follows_a_question_and_a_colon_is_told(facts: Facts) -> None:
    assert facts("帮我查延期够不够条件：有特殊原因") == {"special_reason": True}


def test_a_question_of_difference_tells_of_nobody(facts: Facts) -> None:
    assert facts("5个审核师的机构和4个的有啥区别") == {}


def test_an_agency_described_is_nobodys(read: Read) -> None:
    assert read("只有两个高工的机构能接单吗").facts == ()
    assert [fact.value for fact in read("我们这种只有两个高工的厂能自己做吗").facts] == [2]


@pytest.mark.parametrize(
    "said",
    [
        "那4个交社保的跟4个审核师可以是同一拨人不",
        "4个大专的4个审核师的4个社保的，是不是一共得12个人啊",
        "总部的高工有五位，能不能给我们用一下",
        "一个高工可以同时挂两家机构吗",
        "中介没有高工行不行",
        "母公司有十二个审核师，我们子公司能不能借用",
    ],
)
def test_people_of_the_rule_or_of_others_are_not_the_speakers(facts: Facts, said: str) -> None:
    assert facts(said) == {}


def test_what_is_asked_about_as_it_is_is_told(facts: Facts) -> None:
    assert facts("大专3个审核师4个这样够不够") == {"degree_staff": 3, "trained_auditors": 4}
    assert facts("大专3个，审核师4个，同一批人可以吗") == {"degree_staff": 3, "trained_auditors": 4}


def test_those_who_meet_a_requirement_are_told_of(facts: Facts) -> None:
    assert facts("符合大专学历要求的有4人") == {"degree_staff": 4}
    assert facts("符合要求的审核师要4个") == {}

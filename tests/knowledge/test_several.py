"""Several questions in one message: each has its answer, those answered alike have it once."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.library import Library
from knowledge.model import Abstain, ConversationContext, Finding

TODAY = date(2026, 11, 23)


def ask(library: Library, text: str, **context: tuple[str, ...]) -> Finding:
    return library.answer(text, on=TODAY, context=ConversationContext(**context))


def topics(finding: Finding) -> list[str]:
    return [part.finding.topics[0] if part.finding.topics else "" for part in finding.parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "电镀几年一轮，铅蓄电池几年一轮，钢铁呢",
            ["cycle-other-industry", "cycle-heavy-metal", "cycle-overcapacity"],
        ),
        ("机构 大专几个 社保几个 高工几个", ["consultant-degree", "consultant-insurance", "senior-title"]),
        ("1.多久注册\n2.材料要几份\n3.验收没过怎么办", ["three-deadlines", "copies", "failing"]),
        ("水泥厂，三年前做完一轮了。1 现在要不要再做 2 不做会罚多少", ["cycle-overcapacity", "fine-amount"]),
        (
            "For a self audit: testing equipment needed? can we use an outside expert?",
            ["self-capability", "external-expert"],
        ),
    ],
)
def test_each_question_has_its_answer(library: Library, text: str, expected: list[str]) -> None:
    assert topics(ask(library, text)) == expected


def test_questions_answered_alike_are_answered_once(library: Library) -> None:
    finding = ask(library, "验收材料几份，交给谁，多久出结果")

    assert [len(part.asked) for part in finding.parts] == [2, 1]


def test_what_the_sources_do_not_give_is_named_beside_what_they_do(library: Library) -> None:
    finding = ask(library, "请中介要几个高工，他们收费标准是多少？")

    assert [part.finding.abstain for part in finding.parts] == [None, Abstain.NOT_IN_SOURCE]
    assert finding.abstain is None


def test_the_whole_abstains_where_every_question_does(library: Library) -> None:
    assert ask(library, "第十九条讲什么，第二十条呢").abstain is Abstain.NOT_IN_SOURCE


@pytest.mark.parametrize(
    "text",
    [
        "东莞的审核师要几个？高工要几个？",
        "强制的平台注册多久、启动多久、报告多久",
        "为什么要4个审核师？3个不行吗？",
    ],
)
def test_elsewhere_or_one_answer_is_no_list(library: Library, text: str) -> None:
    assert ask(library, text).parts == ()


def test_another_place_is_not_answered_part_by_part(library: Library) -> None:
    assert ask(library, "东莞的审核师要几个？高工要几个？").abstain is Abstain.OUT_OF_SCOPE


def test_a_foreign_question_beside_ours_is_refused_and_ours_answered(library: Library) -> None:
    finding = ask(library, "ISO14001要不要做，清洁生产审核要几个审核师")

    assert [part.finding.abstain for part in finding.parts] == [Abstain.OUT_OF_SCOPE, None]


def test_lines_as_written_tell_questions_apart(library: Library) -> None:
    finding = library.answer("问1多久注册2材料几份", on=TODAY, written="问：1多久注册 2材料几份")

    assert topics(finding) == ["three-deadlines", "copies"]


def test_every_statement_but_a_refusal_rests_on_a_provision(library: Library) -> None:
    finding = ask(library, "咨询机构的审核师几个，社保多久，挂靠的怎么罚")

    assert all(one.refs for one in finding.statements)

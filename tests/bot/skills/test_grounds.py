"""What an answer rests on is shown, with the words of the law; a question of ours is explained."""

from __future__ import annotations

import pytest

from bot.messages import Bullets, Intent
from bot.skills import grounds
from bot.understanding.model import Understanding
from tests.bot.talks import Desk, clauses, headline, text_of, turn

DRAFT = "sz-rules-2018-draft"


def refs(reply_citations: tuple[object, ...]) -> list[str]:
    """The references of a reply's citations."""
    return [str(getattr(one, "ref", "")) for one in reply_citations]


@pytest.mark.parametrize(
    "words", ["依据是哪条，原文贴一下", "凭什么！哪一条写的", "你这个结论凭什么", "你确定吗"]
)
async def test_under_a_failed_check_it_is_the_clause_that_failed_with_its_words(
    desk: Desk, words: str
) -> None:
    await desk.says("咨询机构强制审核：大专6，审核师4，社保满一年3，高工1")

    reply = await desk.says(words)

    assert clauses(reply)[0].ref == f"{DRAFT}#art_16__consultant__item_3"
    assert clauses(reply)[0].verbatim
    assert "社保部门公章" in clauses(reply)[0].text
    assert reply.understood == {}


async def test_both_clauses_are_shown_where_one_number_fails_two(desk: Desk) -> None:
    await desk.says("自己做自愿审核，审核师3个")

    reply = await desk.says("哪条规定的")

    assert [card.ref for card in clauses(reply)] == [f"{DRAFT}#art_10__self__item_2", f"{DRAFT}#art_21"]


async def test_under_a_passed_check_it_is_the_whole_list(desk: Desk) -> None:
    await desk.says("咨询机构自愿审核：大专6，审核师4，社保满一年4，高工1")

    reply = await desk.says("你这个结论凭什么")

    assert clauses(reply)[0].ref == f"{DRAFT}#art_10__consultant"


async def test_a_clause_that_only_refers_to_another_gives_way_to_that_one(desk: Desk) -> None:
    await desk.says("自己做强制审核，上岗证3个")

    reply = await desk.says("原文发我看看")

    assert f"{DRAFT}#art_16__self__item_1" in refs(reply.citations)
    assert clauses(reply)[0].ref == f"{DRAFT}#art_10__self__item_1"


async def test_a_clause_that_is_only_reported_comes_with_the_reasons_given_for_it(desk: Desk) -> None:
    await desk.says("强制的，今年6月10日验收没过，今年能不能再申请一次")

    reply = await desk.says("凭什么！")

    assert [card.ref for card in clauses(reply)] == [
        f"{DRAFT}#art_18",
        "sz-drafting-notes-2018#sec_3_4__reasons",
    ]
    assert [card.verbatim for card in clauses(reply)] == [False, True]


@pytest.mark.parametrize("words", ["为啥要问这个", "问这个干嘛", "why do you need to know that"])
async def test_why_something_is_asked_is_the_requirement_and_its_clause(desk: Desk, words: str) -> None:
    asked = await desk.says("核对咨询机构自愿审核的条件，大专5个")

    reply = await desk.says(words)

    assert reply.asks == asked.asks == ("trained_auditors",)
    assert refs(reply.citations) == [f"{DRAFT}#art_10__consultant__item_2"]
    assert reply.intent is Intent.CHECK


@pytest.mark.parametrize(
    "words", ["这个也不清楚诶，你先告诉我都要哪些人", "把要求全部列出来", "别一个个问，一次说完要什么"]
)
async def test_all_that_a_check_asks_for_is_listed_and_its_question_stays(desk: Desk, words: str) -> None:
    await desk.says("查一下咨询机构自愿审核的条件")

    reply = await desk.says(words)

    (listed,) = [block for block in reply.blocks if isinstance(block, Bullets)]
    assert len(listed.items) == 4
    assert all("第十条·委托" in item for item in listed.items)
    assert "4 人以上" in listed.items[0]
    assert reply.asks
    assert reply.understood == {}


async def test_a_number_that_the_title_already_names_is_not_said_twice(desk: Desk) -> None:
    await desk.says("查一下自己做审核的能力够不够，强制")

    reply = await desk.says("到底要哪些条件")

    assert "至少1名高级职称，" not in text_of(reply)


def test_without_an_open_question_of_a_check_nothing_is_explained() -> None:
    desk = turn(degree_staff=4)
    desk.read = Understanding("问这个干嘛", "问这个干嘛", "zh-Hans", question=True)

    assert not grounds.asked_of_check(desk)


async def test_the_other_plants_cycle_is_answered_and_ours_left_alone(desk: Desk) -> None:
    await desk.says("我们做铅蓄电池的，重点企业，上一轮2024年5月20日做完的")

    reply = await desk.says("我朋友那边是做水泥的，他们几年一轮")

    assert "3年" in headline(reply)
    assert reply.facts["industry"] == "铅蓄电池"
    assert "没有动" in text_of(reply)


@pytest.mark.parametrize("words", ["凭什么说定不了", "为啥还不行？", "为什么还定不了"])
async def test_under_an_open_check_what_is_undecided_is_said_first(desk: Desk, words: str) -> None:
    await desk.says("咨询机构接强制项目，大专4审核师4")

    reply = await desk.says(words)

    assert "社保满1年" in headline(reply)
    assert "高级职称" in headline(reply)
    assert {card.ref for card in clauses(reply)} <= set(refs(reply.citations))
    assert reply.asks == ("insured_staff",)

"""Several questions in one message, with facts beside them: numbered blocks, own dates, own verdict."""

from __future__ import annotations

import pytest

from bot.messages import Bullets, Clause, Intent, Reply
from bot.skills.several import BUTTONS, PARTS
from tests.bot.talks import Desk, headline, text_of, verbs


def blocks(reply: Reply) -> list[Bullets]:
    return [block for block in reply.blocks if isinstance(block, Bullets)]


async def test_a_numbered_block_for_each_question(desk: Desk) -> None:
    reply = await desk.says("咨询机构的审核师几个，社保多久，挂靠的怎么罚")

    assert [block.title[:2] for block in blocks(reply)] == ["1.", "2.", "3."]
    assert reply.intent is Intent.LOOKUP
    assert reply.abstain is None
    assert len(reply.buttons) <= BUTTONS


async def test_own_dates_stand_with_the_question_about_them(desk: Desk) -> None:
    reply = await desk.says("今年1月20号名单公布有我们。想问：1、多久之内要上平台注册 2、材料要几份")

    assert "2026年2月20日" in blocks(reply)[0].items[0]
    assert not any("2026年" in item for item in blocks(reply)[1].items)
    assert "2026年1月20日" in headline(reply)
    assert reply.schedule is not None
    assert "dates" in verbs(reply)


async def test_a_day_known_roughly_is_said_to_be(desk: Desk) -> None:
    reply = await desk.says("2月份进的强制名单，咨询两点：（1）什么时候交审核报告；（2）材料要几份")

    assert "先按最早的一天推算" in text_of(reply)


async def test_what_a_question_tells_is_judged_beside_the_law(desk: Desk) -> None:
    reply = await desk.says("我们请第三方，第三方只有3个审核师行吗？材料要交几份？")

    assert reply.check is not None
    assert "3 / 4" in blocks(reply)[0].items[0]
    assert "按您说的" in blocks(reply)[0].items[0]


async def test_how_often_a_round_comes_back_for_them(desk: Desk) -> None:
    reply = await desk.says("我们是造船厂的，审核几年一轮？没按时完成怎么处理？")

    assert "造船" in blocks(reply)[0].items[0]
    assert reply.understood == {"industry": "造船"}


async def test_facts_beside_the_questions_are_noted_in_one_line(desk: Desk) -> None:
    reply = await desk.says(
        "我们5个人都有审核师证，2个高工，自己做。问下1）还要什么证 2）检测仪器是不是一定要有"
    )

    assert reply.understood["trained_auditors"] == 5
    assert text_of(reply).count("记下了：") == 1


async def test_a_question_is_no_number_said_unclearly(desk: Desk) -> None:
    reply = await desk.says("机构 大专几个 审核师几个 社保几个 高工几个")

    assert "说个准数" not in text_of(reply)
    assert reply.understood == {}


async def test_a_clause_asked_for_by_number_is_shown(desk: Desk) -> None:
    reply = await desk.says("细则第十七条说什么，第十八条呢，第三十五条呢？")

    assert any(isinstance(block, Clause) for block in reply.blocks)
    assert "没有第35条" in text_of(reply)


async def test_of_many_questions_the_last_are_a_button_away(desk: Desk) -> None:
    reply = await desk.says(
        "1.机构社保几年 2.材料几份 3.多久注册 4.省级多少分 5.验收没过怎么办 6.自己做要几个审核师 "
        "7.铅蓄电池几年一轮"
    )

    assert len(blocks(reply)) == PARTS
    follow = next(button for button in reply.buttons if button.tap.startswith("ask:"))
    assert "2年" in text_of(await desk.taps(follow.tap))


async def test_the_check_in_play_is_come_back_to(desk: Desk) -> None:
    asked = (await desk.says("核对咨询机构自愿审核的条件")).asks
    reply = await desk.says("材料几份？延期找谁批？")

    assert reply.asks == asked
    assert len(blocks(reply)) == 2


@pytest.mark.parametrize(
    "said", ["我们审核师5个，大专5个，够不够？", "名单1月31号发布的，几号前注册？几号前启动？"]
)
async def test_ones_own_case_stays_with_check_and_dates(desk: Desk, said: str) -> None:
    assert (await desk.says(said)).intent in (Intent.CHECK, Intent.DEADLINES)


async def test_an_english_question_beside_a_fact_is_answered_by_the_law(desk: Desk) -> None:
    reply = await desk.says("We do it ourselves and have nobody with a senior title, can we hire an expert?")

    assert reply.intent is Intent.LOOKUP
    assert reply.understood == {"route": "self", "senior_title_staff": 0}
    assert "expert" in headline(reply)

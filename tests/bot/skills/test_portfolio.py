"""All the companies of a contact at once."""

from __future__ import annotations

import pytest

from bot.messages import Intent
from tests.bot.talks import Desk, headline, text_of, verbs

FIRST = "第一家深圳市恒信达科技有限公司，强制，名单2026年11月9日发布"
SECOND = "第二家是鹏源五金，也是强制的，名单2026年10月20日发布"
ROW = "三家客户都在2026年11月2日那批强制名单里：欧普涂料、正大纸业、星河化工"


async def two(desk: Desk) -> None:
    await desk.says(FIRST)
    await desk.says(SECOND)


@pytest.mark.parametrize(
    "asked", ["哪家最急", "你这边一共记了哪几家公司", "两家各自到哪一步了", "有没有哪家过期的"]
)
async def test_each_company_has_its_line_the_most_urgent_first(desk: Desk, asked: str) -> None:
    await two(desk)
    reply = await desk.says(asked)
    said = text_of(reply)

    assert said.index("鹏源五金：") < said.index("恒信达科技有限公司：")
    assert "已过期 3 天" in said
    assert "company" in verbs(reply)


async def test_one_wish_covers_all_and_one_word_ends_all(desk: Desk) -> None:
    await two(desk)
    began = await desk.says("两家都提前半个月提醒我")
    assert began.intent is Intent.SUBSCRIBE
    assert [wish.leads for wish in (await desk.talk()).subscriptions.values()] == [(15,), (15,)]

    ended = await desk.says("提醒全部取消吧，这事换同事跟了")
    assert ended.intent is Intent.UNSUBSCRIBE
    assert {wish.state for wish in (await desk.talk()).subscriptions.values()} == {"ended"}


async def test_an_end_for_one_says_which_go_on(desk: Desk) -> None:
    await two(desk)
    await desk.says("两家都给我设上提醒")
    reply = await desk.says("鹏源的不用提醒了")

    assert reply.company == "鹏源五金"
    assert "恒信达科技有限公司照常提醒" in headline(reply)


async def test_companies_in_a_row_each_hold_what_is_told_of_all(desk: Desk) -> None:
    reply = await desk.says(ROW)
    talk = await desk.talk()

    assert reply.companies == ("欧普涂料", "正大纸业", "星河化工")
    assert reply.company == "欧普涂料"
    assert {item.due.isoformat() for item in talk.deadlines.values() if item.key == "register"} == {
        "2026-12-02"
    }
    assert len(talk.deadlines) == 9


async def test_a_row_without_anything_told_only_names_them(desk: Desk) -> None:
    reply = await desk.says("我管三家：瑞丰电镀、金海岸印染、联拓电子")

    assert set(reply.companies) == {"瑞丰电镀", "金海岸印染", "联拓电子"}
    assert not reply.understood
    assert "没有日期" in text_of(await desk.says("哪家最急"))


async def test_what_is_told_behind_a_row_of_one_of_them_is_asked_apart(desk: Desk) -> None:
    reply = await desk.says("我管两家：瑞丰电镀、联拓电子，瑞丰2026年11月2日上的强制名单")

    assert reply.asks == ("company",)
    assert not (await desk.talk()).facts


async def test_the_overview_of_one_has_a_line_for_the_others(desk: Desk) -> None:
    await two(desk)
    reply = await desk.says("现在还剩哪些提醒")

    assert headline(reply).startswith("鹏源五金：")
    assert "另外几家" in text_of(reply)


async def test_a_client_is_given_up_after_a_yes(desk: Desk) -> None:
    await two(desk)
    asked = await desk.says("把鹏源删了，不做他们了")
    assert asked.asks == ("confirm",)

    reply = await desk.says("确定")
    assert reply.companies == ("深圳市恒信达科技有限公司",)


async def test_a_client_stays_after_a_no(desk: Desk) -> None:
    await two(desk)
    await desk.says("把鹏源删了，不做他们了")

    assert len((await desk.says("不")).companies) == 2


@pytest.mark.parametrize(
    ("words", "company"),
    [("第二家呢", "正大纸业"), ("第一家注册哪天", "欧普涂料"), ("C的启动是哪天", "星河化工")],
)
async def test_a_company_is_called_by_its_place(desk: Desk, words: str, company: str) -> None:
    await desk.says(ROW)

    assert (await desk.says(words)).company == company


async def test_what_is_done_for_all_is_done_for_each(desk: Desk) -> None:
    await two(desk)
    await desk.says("两家的注册都弄好了")
    talk = await desk.talk()

    assert {item.state for item in talk.deadlines.values() if item.key == "register"} == {"done"}


async def test_two_companies_asked_about_are_told_side_by_side(desk: Desk) -> None:
    await two(desk)
    said = text_of(await desk.says("恒信达的报告和鹏源的报告分别哪天交"))

    assert "2027年11月9日" in said
    assert "2027年10月20日" in said


async def test_letters_name_companies_as_they_come(desk: Desk) -> None:
    await desk.says("我手上两家。A：鹏润电镀，强制，名单10月12日公布")
    reply = await desk.says("B是兆和线路板，也是强制，名单10月26日")

    assert reply.company == "兆和线路板"
    assert (await desk.says("回到鹏润电镀，启动最晚哪天")).facts["list_published"] == "2026-10-12"

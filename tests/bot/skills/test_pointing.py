"""Which of the company's dates a question points at."""

from __future__ import annotations

import pytest

from tests.bot.talks import LISTED, Desk, headline, text_of

REGISTER, START, REPORT = "2026年12月20日", "2027年1月20日", "2027年11月20日"


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("12月20号那个是什么事来着", REGISTER),
        ("1月20号要干嘛", START),
        ("启动还有多久", START),
        ("离交报告还有几个月", REPORT),
        ("啥时候之前得启动", START),
        ("第一个节点几号", REGISTER),
        ("最后一项啥时候", REPORT),
        ("还有几天", REGISTER),
        ("注册马上弄，启动是哪天前", START),
        ("what was 20 December for again?", "2026-12-20"),
    ],
)
async def test_the_date_meant_stands_in_the_first_line(desk: Desk, question: str, day: str) -> None:
    await desk.says(LISTED)

    assert day in headline(await desk.says(question))


async def test_that_day_is_the_one_spoken_of(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("启动是哪天")

    assert START in headline(await desk.says("那天能办吗"))


@pytest.mark.parametrize(
    ("question", "said"),
    [("12月20号放假能往后挪吗", "周日"), ("11月20号是周末吗", "2027年11月20日"), ("1月20号要上班吗", "周三")],
)
async def test_a_rest_day_is_told_of_the_date_itself(desk: Desk, question: str, said: str) -> None:
    await desk.says(LISTED)

    assert said in text_of(await desk.says(question))


async def test_a_working_day_is_said_to_be_one(desk: Desk) -> None:
    await desk.says("强制名单2026年10月10日发布的")

    assert "工作日" in text_of(await desk.says("12月10号是休息日吗"))


@pytest.mark.parametrize(
    ("question", "due"),
    [("下个月有啥要办", REGISTER), ("2027年有哪些节点", REPORT), ("本周要做什么", "没有到期")],
)
async def test_a_stretch_of_time_gives_what_falls_into_it(desk: Desk, question: str, due: str) -> None:
    await desk.says(LISTED)

    assert due in text_of(await desk.says(question))


@pytest.mark.parametrize(
    ("question", "day"), [("下一轮哪天前", "2027年6月18日"), ("那再下一轮呢", "2029年6月18日")]
)
async def test_rounds_are_told_by_their_order(desk: Desk, question: str, day: str) -> None:
    await desk.says("我们做铅蓄电池的，重点企业，上一轮是2025年6月18日完成的")

    assert day in headline(await desk.says(question))


@pytest.mark.parametrize(
    "words",
    [
        "可是书面通知18号才到我们手里，从收到那天起算才合理吧",
        "街道昨天才通知到我们，日子怎么算",
        "没人通知我们，我们上周才知道在名单里，时间怎么算",
        "The letter only reached us on 18 November. Doesn't the month run from that day?",
    ],
)
async def test_a_letter_that_came_late_changes_no_date(desk: Desk, words: str) -> None:
    await desk.says(LISTED)
    reply = await desk.says(words)

    assert reply.facts["list_published"] == "2026-11-20"
    assert not reply.understood
    assert any(said in headline(reply) for said in ("名单发布之日", "the list is published"))


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("顺便问下，钢铁厂多久一轮", "每3年"),
        ("那名录里其他重污染行业的呢", "每5年"),
        ("我们自己的呢", "2027年6月18日"),
    ],
)
async def test_another_trade_is_asked_of_the_law_and_ones_own_of_the_dates(
    desk: Desk, words: str, years: str
) -> None:
    await desk.says("我们做铅蓄电池的，重点企业，上一轮是2025年6月18日完成的")
    await desk.says("那水泥厂几年一轮")
    reply = await desk.says(words)

    assert years in text_of(reply)
    assert reply.facts["industry"] == "铅蓄电池"


async def test_a_supposed_day_gives_dates_and_is_not_kept(desk: Desk) -> None:
    reply = await desk.says("如果名单下个月15号公布，我们要什么时候注册")

    assert "2027年1月15日" in text_of(reply)
    assert not reply.facts


async def test_an_answer_of_one_date_says_it_once(desk: Desk) -> None:
    await desk.says(LISTED)

    assert text_of(await desk.says("注册是哪天")).count(REGISTER) == 2  # the date, and its day of rest

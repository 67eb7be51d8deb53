"""Which deadlines a message tells to be done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.talks import LISTED, Desk


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("注册和启动早都弄完了", ("register", "start_audit")),
        ("报告7月份就做完交上去了", ("report",)),
        ("平台注册好了，启动还没", ("register",)),
        ("注册跟启动去年都做过了", ("register", "start_audit")),
        ("註冊搞掂咗", ("register",)),
        ("Registration is done.", ("register",)),
        ("注册的我让小刘今天弄完了", ("register",)),
        ("报告其实上个月20号就交了", ("report",)),
        ("前两个都弄完了", ("register", "start_audit")),
        ("都做完了", ("register", "start_audit", "report")),
        ("这俩都搞定了：平台注册、启动", ("register", "start_audit")),
        ("报告定稿并上传平台了", ("report",)),
        ("注册ok了", ("register",)),
        ("we handed the report in this morning", ("report",)),
    ],
)
async def test_those_named_are_done_and_no_others(desk: Desk, said: str, done: tuple[str, ...]) -> None:
    await desk.says(LISTED)

    assert (await desk.says(said)).reminders.done == done


@pytest.mark.parametrize(
    "said",
    [
        "注册做完了吗",
        "报告还没写完",
        "注册是不是过了",
        "报告写好了没",
        "注册了账号，先别算完成",
        "注册过了几天了",
        "注册快好了",
        "等注册弄好了再说",
        "听说注册弄好了",
        "报告一年是指交还是完成",
    ],
)
async def test_nothing_is_done_by_a_question_or_a_no(desk: Desk, said: str) -> None:
    await desk.says(LISTED)

    assert (await desk.says(said)).reminders.done == ()


async def test_what_is_done_already_is_said_to_be(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("注册做好了")

    assert (await desk.says("注册做好了")).reminders.done == ("register",)


async def test_a_word_takes_back_what_was_done_long_ago(desk: Desk) -> None:
    await desk.says(LISTED)
    await desk.says("注册做好了")
    desk.now += timedelta(days=5)
    reply = await desk.says("说错了，注册其实还没办")

    assert "register" not in reply.reminders.done

"""What is said beside the matter gets one line, and what was asked is asked still."""

from __future__ import annotations

import pytest

from bot.messages import Intent
from bot.skills import chatting
from tests.bot.talks import Desk, text_of, turn

_CHECK = "帮我看下我们找的咨询公司够不够格，自愿的"


def test_smalltalk_is_one_line_and_a_way_on() -> None:
    reply = chatting.smalltalk(turn())

    assert len(text_of(reply).splitlines()) == 1
    assert reply.buttons


@pytest.mark.parametrize(
    "said",
    [
        "多谢指点",
        "太好了！",
        "行，我回头告诉他",
        "好的，我去跟领导汇报",
        "好吧，信你一回",
        "我再想想",
        "那我放心了",
        "长知识了",
        "老师好",
        "有人吗",
        "有点多啊",
        "cheers mate",
        "got it",
        "that's all for today",
        "much appreciated",
        "唔該晒",
        "收到，唔該",
    ],
)
async def test_a_remark_is_answered_as_one_wherever_the_talk_stands(desk: Desk, said: str) -> None:
    for number, before in enumerate(("", "审核师要几个", _CHECK, "名单是10月20号公布的，强制")):
        chat = f"jsonl:{number}"
        if before:
            await desk.says(before, chat=chat)
        reply = await desk.says(said, chat=chat)
        assert reply.intent is Intent.SMALLTALK, before
        assert not reply.understood


async def test_a_remark_in_a_check_comes_back_to_its_question_and_thanks_do_not(desk: Desk) -> None:
    asked = (await desk.says(_CHECK)).asks

    assert (await desk.says("好复杂啊")).asks == asked
    assert (await desk.says("多谢指点")).asks == ()


@pytest.mark.parametrize("said", ["好的，审核师5个", "太好了，我们有5个审核师"])
async def test_what_is_told_behind_a_remark_is_told(desk: Desk, said: str) -> None:
    await desk.says(_CHECK)

    reply = await desk.says(said)

    assert reply.intent is Intent.CHECK
    assert reply.understood == {"trained_auditors": 5}


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("是不是chatgpt", "不是真人"),
        ("你说的靠谱吗，出错了谁负责", "不是法律意见"),
        ("我发的资料你会不会泄露出去", "删除我的数据"),
        ("收费吗", "没有收费"),
        ("可以发语音吗", "打字"),
        ("你的资料从哪来的", "起草说明"),
        ("can I trust your answers", "not legal advice"),
        ("do you store my data", "delete my data"),
        ("这个是法律意见吗", "不是法律意见"),
        ("你能记住我说的吗", "你记了什么"),
        ("能同时管几家公司吗", "我的公司"),
        ("有几个厂，能分开记吗", "我的公司"),
        ("群里能用吗", "@我"),
        ("can I manage several clients", "my companies"),
    ],
)
async def test_a_question_about_the_assistant_is_answered_and_nothing_else(
    desk: Desk, said: str, part: str
) -> None:
    reply = await desk.says(said)

    assert reply.intent is Intent.HELP
    assert reply.abstain is None
    assert part in text_of(reply)


async def test_the_check_goes_on_behind_a_question_about_the_assistant(desk: Desk) -> None:
    asked = (await desk.says(_CHECK)).asks

    assert (await desk.says("你的答案准不准")).asks == asked


@pytest.mark.parametrize("said", ["应该有吧", "可能吧", "够的", "maybe"])
async def test_a_guess_at_a_number_is_not_noted_and_the_number_asked_again(desk: Desk, said: str) -> None:
    asked = (await desk.says(_CHECK)).asks
    reply = await desk.says(said)

    assert (reply.intent, reply.asks) == (Intent.CHECK, asked)
    assert not reply.understood


@pytest.mark.parametrize(
    "said",
    [
        "不方便透露",
        "能不能不回答",
        "先问别的吧",
        "我查到再发你",
        "人事休假了，下周给你",
        "let me get back to you on that",
        "can we skip this one",
    ],
)
async def test_who_does_not_answer_is_asked_for_something_else(desk: Desk, said: str) -> None:
    asked = (await desk.says(_CHECK)).asks
    reply = await desk.says(said)

    assert reply.intent is Intent.CHECK
    assert reply.asks
    assert reply.asks != asked


@pytest.mark.parametrize("said", ["社保那个我还没问到，回头告诉你", "社保还在统计", "社保先空着"])
async def test_what_is_put_off_by_name_is_not_asked_and_the_rest_is(desk: Desk, said: str) -> None:
    asked = (await desk.says(_CHECK)).asks
    await desk.says(said)
    reply = await desk.says("大专以上6个")

    assert asked == ("degree_staff",)
    assert "insured_staff" not in reply.asks


@pytest.mark.parametrize("said", ["算了不问了，不做了", "先放一边", "下次再说", "退出核对", "唔做喇，算啦"])
async def test_a_check_is_left_in_any_words(desk: Desk, said: str) -> None:
    await desk.says(_CHECK)

    assert (await desk.says(said)).intent is Intent.CANCEL


@pytest.mark.parametrize(
    "said", ["返回主页", "给我看看菜单", "怎么用啊你这个", "back to the start", "點用㗎"]
)
async def test_the_way_to_the_beginning_is_found_in_any_words(desk: Desk, said: str) -> None:
    await desk.says(_CHECK)

    assert (await desk.says(said)).intent is Intent.HELP


@pytest.mark.parametrize("said", ["行，我回头告诉他", "好，我再想想", "好的", "ok, let me think"])
async def test_assent_is_no_yes_to_a_question_of_fact(desk: Desk, said: str) -> None:
    await desk.says("想申请市级验收")
    asked = (await desk.says("材料交了")).asks
    reply = await desk.says(said)

    assert asked == ("penalty_within_three_years",)
    assert not reply.understood
    assert reply.asks == asked


@pytest.mark.parametrize("said", ["几个？", "够吗", "什么时候", "怎么办", "谁", "how many?"])
async def test_a_question_word_alone_is_asked_back_and_not_called_foreign(desk: Desk, said: str) -> None:
    reply = await desk.says(said)

    assert (reply.intent, reply.asks, reply.abstain) == (Intent.HELP, ("intent",), None)


@pytest.mark.parametrize("said", ["几个", "要几个", "哪些"])
async def test_a_question_word_alone_in_a_check_is_about_what_was_asked(desk: Desk, said: str) -> None:
    asked = (await desk.says(_CHECK)).asks
    reply = await desk.says(said)

    assert (reply.intent, reply.asks) == (Intent.CHECK, asked)


@pytest.mark.parametrize("said", ["全部清掉", "漂亮！", "返回主页", "说人话", "我再想想"])
async def test_words_that_steer_are_no_trade_where_one_was_asked_for(desk: Desk, said: str) -> None:
    asked = (await desk.says("我们上一轮2022年6月做完的，下一轮什么时候")).asks
    reply = await desk.says(said)

    assert "industry" in asked
    assert "industry" not in reply.facts


@pytest.mark.parametrize("said", ["算你狠", "狗屁理由", "哦还真是"])
async def test_a_sigh_in_any_words_is_not_called_foreign(desk: Desk, said: str) -> None:
    await desk.says("凭啥是4个不是3个")

    assert (await desk.says(said)).abstain is None

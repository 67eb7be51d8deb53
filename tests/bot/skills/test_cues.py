"""What steers a talk is heard, and what only sounds like it is not."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.skills.cues import TABLES, hear, says_nothing
from bot.understanding.normalise import normalise


def cues(message: str) -> frozenset[str]:
    return hear(normalise(message).text).cues


@pytest.mark.parametrize(
    ("cue", "messages"),
    [
        (
            "leave",
            [
                "算了不查了",
                "先不弄了，改天再说",
                "今天先这样不查了吧",
                "先到这里吧",
                "先這樣吧，不查了",
                "停",
                "never mind, thanks",
                "let's stop here",
            ],
        ),
        ("undo", ["撤销刚才那条", "刚才那句不算", "当我没说", "scratch that", "撤回"]),
        ("mended", ["如果再考一个呢", "那多招两个就够了", "补齐了够不够", "if we train one more?"]),
        ("helpless", ["那怎么办", "咋办呢", "怎么才能过", "能补救吗", "now what?"]),
        ("basis", ["依据是哪条", "哪条规定的", "凭什么", "says who"]),
        (
            "basis",
            [
                "依据是哪条，原文贴一下",
                "凭什么！哪一条写的",
                "贴一下这条的原文",
                "原文念给我听",
                "边条写嘅?贴原文",
                "80分这个哪里写的",
                "哪里写的两年",
                "你说的这个有依据吗?哪个文件哪一条",
                "这个规定写在哪",
                "which clause says so? please quote it",
                "on what grounds? show me the exact text.",
            ],
        ),
        ("why_asked", ["为啥要问这个", "你问这个干啥", "这跟验收有什么关系", "why do you need that"]),
        ("demanded", ["你先告诉我都要哪些人", "一次说完行不行", "把要求都列出来"]),
        (
            "verdict",
            ["那没戏了?", "所以到底行还是不行", "别问那么多，就说行不行", "那就是不行咯", "yes or no?"],
        ),
        ("elsewhere", ["我朋友那边是做水泥的，他们几年一轮", "我表哥开皮革厂的，多久一次"]),
        ("overdue", ["现在过期了没", "我们是不是已经超期了", "报告来得及吗", "are we late"]),
        ("happened", ["考出来了，现在4个", "招到了，环境工程的，本科"]),
        (
            "mended",
            ["那再考一个出来就够了吧", "假如请到一位呢", "再等两个月他们就满一年了，到时候是不是就通过了"],
        ),
        ("helpless", ["怎么改能过", "还要补几个人"]),
        ("leave", ["烦死了，先不弄了"]),
        ("watch", ["到时候喊我一声", "千万别忘了", "帮我盯着", "keep an eye on it"]),
        ("unwatch", ["提醒都取消", "把提醒全关了吧"]),
        ("booked", ["我都订了什么提醒", "提醒设好了没"]),
        ("companies", ["现在有哪几家", "手上一共多少家", "which companies do you have"]),
        ("another", ["第二家，自愿的", "另一家是做印染的", "the other company is voluntary"]),
        ("listed", ["公司新上了强制名单，领导问我要准备啥", "we are on the list"]),
        ("lost", ["我什么都不懂", "完全不懂"]),
        ("restart", ["从头来一遍", "重新开始", "重来", "start over"]),
        ("back", ["返回上一题", "上一个问题我答错了", "点错了", "go back", "one step back"]),
        (
            "skip",
            [
                "不太清楚",
                "说不好，得问人事",
                "这个回头问问再告诉你",
                "跳过",
                "不知道，下一个",
                "not sure",
                "I don't know",
                "let me ask hr",
            ],
        ),
        ("resume", ["继续", "接着查", "上次查到哪了，继续", "where were we", "continue"]),
        ("keep", ["先不删", "等等，别删", "不，先不删", "还是留着吧", "算了，留着吧", "no, keep it"]),
        (
            "forget",
            [
                "把我说过的东西全部删掉",
                "把之前告诉你的都删了吧",
                "我的记录全部清空",
                "delete everything you know about us",
            ],
        ),
        (
            "outstanding",
            [
                "还有哪些没做",
                "还有什么没办完",
                "接下来要做什么",
                "没做完的有哪些",
                "还剩什么",
                "現在要幹嘛",
                "what is still open?",
            ],
        ),
        (
            "dates",
            [
                "它的时间点列一下",
                "把日期再说一遍",
                "那几个日子是哪天",
                "列一下他们的期限",
                "show me the dates",
            ],
        ),
        ("mute", ["这条别再提醒了", "注册的就别提醒了", "这件事不用再提醒", "stop reminding me about this"]),
        ("undone", ["其实还没注册", "弄错了，还没办完", "not done yet, isn't done"]),
        ("cross", ["烦死了", "你是不是机器人", "听不懂人话吗", "转人工", "this is useless"]),
        (
            "judge",
            [
                "我们够不够条件",
                "帮忙看看条件够不够",
                "我司能申请省级称号吗",
                "核对一下咨询机构的人员条件",
                "do we qualify?",
            ],
        ),
        ("consequence", ["要是逾期了呢", "万一没按时完成", "what happens if we miss it"]),
        ("only_workdays", ["周末别提醒我", "只在工作日提醒", "weekdays only"]),
        ("thanks", ["谢谢", "好的，多谢了", "thanks a lot", "再见"]),
        ("lost", ["不知道从哪问起", "where do we start"]),
    ],
)
def test_many_ways_to_say_it(cue: str, messages: list[str]) -> None:
    assert [message for message in messages if cue not in cues(message)] == []


@pytest.mark.parametrize(
    ("cue", "messages"),
    [
        ("leave", ["取消提醒", "不用提醒了", "我们不做强制审核", "停产的企业还要审核吗", "没有"]),
        ("skip", ["审核师不清楚是几个，高工1个", "没有", "过期了怎么办", "不知道从哪问起"]),
        ("back", ["返回材料要多久", "退回的材料怎么办"]),
        ("forget", ["我的数据会不会被别人看到", "先不删", "删掉提醒", "数据保存多久"]),
        (
            "judge",
            [
                "自行组织要几个审核师",
                "我们要做自行审核需要什么条件",
                "为什么我们不符合",
                "帮我看看第十六条要求什么",
            ],
        ),
        ("mute", ["到期前提醒我", "别提醒了"]),
        ("undone", ["注册完成了", "没有审核师"]),
        ("outstanding", ["审核完成后还要验收吗", "没做完会罚款吗"]),
    ],
)
def test_what_only_sounds_like_it(cue: str, messages: list[str]) -> None:
    assert [message for message in messages if cue in cues(message)] == []


def test_what_follows_a_word_that_leaves_is_the_message() -> None:
    assert hear(normalise("算了不查了，那第二十一条讲什么").text).rest == "那第二十一条讲什么"
    assert hear(normalise("重新开始，换成核对咨询机构").text).rest == "换成核对咨询机构"
    assert hear(normalise("审核师4个，算了不查了").text).rest == ""


@pytest.mark.parametrize(
    ("message", "trade"),
    [
        ("我们是做清洁生产咨询的", "consultant"),
        ("给企业做审核的", "consultant"),
        ("our consulting firm", "consultant"),
        ("没找机构，自己搞", "self"),
        ("那如果请机构呢", "consultant"),
        ("第十条讲什么", None),
    ],
)
def test_a_trade_tells_the_route(message: str, trade: str | None) -> None:
    assert hear(normalise(message).text).trade == trade


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("换成英文", "en"),
        ("请用英文回答", "en"),
        ("reply in English please", "en"),
        ("用繁体", "zh-Hant"),
        ("could you answer in Traditional Chinese", "zh-Hant"),
        ("说中文吧", "zh-Hans"),
        ("英文版的证书算吗", None),
    ],
)
def test_a_language_is_asked_for_by_words(message: str, language: str | None) -> None:
    assert hear(normalise(message).text).language == language


@given(st.text(alphabet="的这那个说依据原文贴发哪里条给我看一下 ", min_size=60, max_size=80))
def test_a_run_of_small_words_is_looked_through_and_steers_nothing(message: str) -> None:
    assert "basis" not in cues(message)


@given(st.text(alphabet="。，！？…~ .,!?😀👍", max_size=20))
def test_signs_alone_say_nothing(message: str) -> None:
    assert says_nothing(message)


@given(st.text(alphabet="算了不查，我们审核师4个继续 ab", max_size=200))
def test_any_words_are_heard_without_harm(message: str) -> None:
    heard = hear(message)
    assert heard.rest in message


@pytest.mark.parametrize(
    ("cue", "message"),
    [
        ("undo", "通知上没说"),
        ("undo", "处罚撤销了算不算"),
        ("mended", "如果审核师只有3个呢"),
        ("helpless", "验收没过怎么办"),
        ("basis", "第十条是哪条的依据"),
        ("basis", "第二十一条原文发我"),
        ("basis", "审核师要几个是哪里规定的，社保呢"),
        ("verdict", "审核师3个行不行"),
        ("demanded", "第十条都要哪些人"),
        ("elsewhere", "我们几年一轮"),
        ("overdue", "逾期会怎样"),
        ("watch", "不要喊我了"),
        ("unwatch", "提醒我取消名单的事"),
        ("companies", "深圳有多少家企业在名单里"),
        ("another", "我们请了另一家机构"),
        ("listed", "我们没上名单"),
    ],
)
def test_what_only_sounds_like_it_is_not_heard(cue: str, message: str) -> None:
    assert cue not in cues(message)


@pytest.mark.parametrize(
    ("cue", "messages"),
    [
        ("leave", ["先不弄了 开会去", "老板叫我 先停一下", "有事先走了 回头再查"]),
        ("resume", ["上次那个接着来", "继续上次没查完的", "回到刚才的问题"]),
        ("basis", ["烦死了 凭啥不行", "凭什么说定不了", "三年这个说法哪来的", "五年是谁定的"]),
        (
            "verdict",
            ["好，按真实情况说，现在到底过没过", "那结果呢", "问题出在哪", "哪些还没定", "總共差多少"],
        ),
        ("outstanding", ["仲差啲乜", "跟住要做乜"]),
        ("likewise", ["强制也一样？", "那自愿的也可以吗"]),
        ("torn", ["还没想好自己做还是请人", "请机构还是自己搞 我们还没定"]),
        ("thanks", ["谢谢辛苦了"]),
        ("compared", ["谁还差东西", "两家分别什么情况", "compare them"]),
    ],
)
def test_a_blank_parts_and_a_sigh_before_it_changes_nothing(cue: str, messages: list[str]) -> None:
    assert [message for message in messages if cue not in cues(message)] == []


@pytest.mark.parametrize(
    ("cue", "message"),
    [
        ("mute", "启动审核那个先别催，三天后再说"),
        ("skip", "是4个"),
        ("strike", "还要几个人"),
        ("compared", "哪家机构便宜"),
    ],
)
def test_neither_here_is_what_only_sounds_like_it(cue: str, message: str) -> None:
    assert cue not in cues(message)


def test_every_form_can_be_compiled() -> None:
    """Each is compiled only for a text in which it may stand: a broken one would not be noticed."""
    table: dict[str, Any] = {}
    for file in TABLES.glob("*.toml"):
        held = tomllib.loads(file.read_text(encoding="utf-8"))
        assert table.keys().isdisjoint(held), file.name
        table |= held
    rows = [*table.pop("trade").values(), *table.pop("language").values(), *table.values()]
    forms = [form for row in rows for listed in row.values() if isinstance(listed, list) for form in listed]

    assert len(forms) > 200
    for form in forms:
        re.compile(form)

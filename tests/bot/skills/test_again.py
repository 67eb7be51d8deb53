"""The law's last answer once more: in short, in full, with an example, one of several, believed or not."""

from __future__ import annotations

import pytest

from bot.messages import Clause, Intent
from tests.bot.talks import Desk, text_of

_FAILING = "sz-rules-2018-draft#art_18"


@pytest.mark.parametrize(
    "said",
    ["太长了，一句话", "说人话", "简单点说", "总结一下", "tl;dr", "in plain words", "講簡單啲"],
)
async def test_in_short_is_the_first_sentence_without_the_clause(desk: Desk, said: str) -> None:
    whole = await desk.says("验收没过会怎么样")
    reply = await desk.says(said)

    assert reply.intent is Intent.LOOKUP
    assert not [block for block in reply.blocks if isinstance(block, Clause)]
    assert len(text_of(reply)) < len(text_of(whole))
    assert _FAILING in [one.ref for one in reply.citations]


@pytest.mark.parametrize("said", ["没太看懂", "什么意思", "解释一下", "what does that mean", "唔明"])
async def test_not_understood_is_no_answer_to_a_check(desk: Desk, said: str) -> None:
    await desk.says("验收没过会怎么样")
    reply = await desk.says(said)

    assert (reply.intent, reply.check) == (Intent.LOOKUP, None)


@pytest.mark.parametrize("said", ["举个例子", "比如呢", "give me an example"])
async def test_no_example_is_made_up(desk: Desk, said: str) -> None:
    await desk.says("验收没过会怎么样")
    reply = await desk.says(said)

    assert reply.intent is Intent.LOOKUP
    assert "没有举例" in text_of(reply) or "no example" in text_of(reply)


@pytest.mark.parametrize("said", ["详细说说", "还有呢", "elaborate"])
async def test_in_full_shows_what_was_not_shown(desk: Desk, said: str) -> None:
    first = await desk.says("自行组织审核需要提交什么")
    reply = await desk.says(said)

    def shown(blocks: object) -> set[str]:
        return {block.ref for block in blocks if isinstance(block, Clause)}  # type: ignore[attr-defined]

    assert reply.intent is Intent.LOOKUP
    assert not shown(reply.blocks) & shown(first.blocks)


@pytest.mark.parametrize("said", ["不对吧", "我记得不是这样", "真的吗", "不会吧", "really?"])
async def test_who_does_not_believe_it_is_shown_the_clause(desk: Desk, said: str) -> None:
    await desk.says("审核师要几个")
    reply = await desk.says(said)

    assert reply.intent is Intent.LOOKUP
    assert [block for block in reply.blocks if isinstance(block, Clause)]


async def test_one_of_several_questions_is_answered_in_full(desk: Desk) -> None:
    await desk.says("1、清洁生产审核多久做一次？2、审核师要几个？3、评分多少能申请省级？")
    reply = await desk.says("第二个问题再说细一点")

    assert reply.intent is Intent.LOOKUP
    assert "审核师都是4名以上" in text_of(reply)


async def test_what_follows_still_means_the_same_answer(desk: Desk) -> None:
    await desk.says("细则第十六条说了啥")
    await desk.says("说人话")
    reply = await desk.says("下一条")

    assert [one.ref for one in reply.citations][:1] == ["sz-rules-2018-draft#art_17"]


async def test_a_remark_behind_the_law_begins_no_check(desk: Desk) -> None:
    await desk.says("审核师要几个")

    assert (await desk.says("那比我想的要多一些")).check is None


@pytest.mark.parametrize(
    "said",
    [
        "太多了记不住，挑要紧的说",
        "换个说法讲讲",
        "后面还讲了什么",
        "能贴下原文不",
        "dumb it down for me",
        "我同事说两年",
    ],
)
async def test_words_of_no_own_matter_are_about_the_last_answer(desk: Desk, said: str) -> None:
    await desk.says("验收没过会怎么样")
    reply = await desk.says(said)

    assert (reply.intent, reply.check) == (Intent.LOOKUP, None)


@pytest.mark.parametrize("said", ["我想吃火锅", "帮我订机票", "给我讲个笑话"])
async def test_what_is_wanted_of_something_foreign_is_still_foreign(desk: Desk, said: str) -> None:
    await desk.says("验收没过会怎么样")

    assert (await desk.says(said)).abstain == "out_of_scope"

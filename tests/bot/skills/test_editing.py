"""An edited message corrects itself."""

from bot.messages import Incoming, Reply
from tests.bot.talks import LISTED, Desk

CHAT = "telegram:1"


async def _writes(desk: Desk, text: str, message: str, *, edited: bool = False) -> Reply:
    desk.passes(seconds=1)
    return await desk.assistant.respond(Incoming(CHAT, desk.now, text=text, message=message, edited=edited))


async def test_new_words_replace_what_the_old_ones_told(desk: Desk) -> None:
    await _writes(desk, "咨询机构有 5 个大专、3 个审核师", "1")
    reply = await _writes(desk, "咨询机构有 5 个大专、4 个审核师", "1", edited=True)
    assert reply.facts["trained_auditors"] == 4
    assert reply.facts["degree_staff"] == 5


async def test_what_the_new_words_leave_out_is_no_longer_held(desk: Desk) -> None:
    await _writes(desk, "咨询机构有 5 个大专、3 个审核师", "1")
    reply = await _writes(desk, "咨询机构有 5 个大专", "1", edited=True)
    assert "trained_auditors" not in reply.facts
    assert reply.facts["degree_staff"] == 5


async def test_what_another_message_told_since_stays(desk: Desk) -> None:
    await _writes(desk, "咨询机构有 3 个审核师", "1")
    await _writes(desk, "不对，审核师是 6 个", "2")
    reply = await _writes(desk, "咨询机构有 5 个大专", "1", edited=True)
    assert reply.facts["trained_auditors"] == 6
    assert reply.facts["degree_staff"] == 5


async def test_a_day_that_is_taken_back_takes_its_dates_along(desk: Desk) -> None:
    await _writes(desk, LISTED, "1")
    assert [item.state for item in (await desk.talk(CHAT)).deadlines.values()].count("open") == 3
    await _writes(desk, "第十条讲什么", "1", edited=True)
    assert [item.state for item in (await desk.talk(CHAT)).deadlines.values()].count("open") == 0


async def test_a_day_that_is_corrected_moves_its_dates(desk: Desk) -> None:
    await _writes(desk, LISTED, "1")
    before = {item.due for item in (await desk.talk(CHAT)).deadlines.values() if item.state == "open"}
    await _writes(desk, LISTED.replace("11月20日", "11月10日"), "1", edited=True)
    after = {item.due for item in (await desk.talk(CHAT)).deadlines.values() if item.state == "open"}
    assert len(after) == len(before) == 3
    assert not after & before


async def test_an_unknown_message_takes_nothing_back(desk: Desk) -> None:
    await _writes(desk, "咨询机构有 3 个审核师", "1")
    reply = await _writes(desk, "咨询机构有 5 个大专", "9", edited=True)
    assert reply.facts["trained_auditors"] == 3


async def test_only_so_many_messages_are_remembered(desk: Desk) -> None:
    for n in range(30):
        await _writes(desk, f"咨询机构有 {n + 1} 个大专", str(n))
    told = (await desk.talk(CHAT)).contact.session["told"]
    assert len(told) <= 20
    assert "29" in told

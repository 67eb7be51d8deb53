"""What was heard but not kept, or kept on an assumption, is said in the reply and asked again."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Intent, Reply, Text
from bot.skills.heard import to_ask_again, with_remarks
from bot.turn import Turn
from bot.understanding.model import Doubt, StatedFact
from tests.bot.talks import Desk, text_of, turn

REPLY = Reply(Intent.CHECK, (Text("first", "headline"), Text("last")))


def _doubting(*doubts: Doubt) -> Turn:
    desk = turn()
    desk.read = replace(desk.read, doubts=doubts)
    return desk


def test_a_reply_about_a_clear_message_stays_as_it_is() -> None:
    assert with_remarks(turn(trained_auditors=5), REPLY) is REPLY


def test_a_refused_value_is_said_behind_the_answer_and_asked_again() -> None:
    desk = turn(trained_auditors=-1)
    reply = with_remarks(desk, REPLY)

    assert to_ask_again(desk) == ("trained_auditors",)
    assert text_of(reply).splitlines() == ["first", desk.rejected["trained_auditors"], "last"]


def test_a_vague_value_is_quoted_and_asked_again() -> None:
    desk = _doubting(Doubt("value", "trained_auditors", "好些个"))

    assert to_ask_again(desk) == ("trained_auditors",)
    assert "好些个" in text_of(with_remarks(desk, REPLY))


def test_a_doubt_about_what_is_meant_is_no_value_to_ask_for() -> None:
    assert to_ask_again(_doubting(Doubt("intent", None, "x"), Doubt("company", "audit_kind", "y"))) == ()


def test_a_message_that_was_cut_is_said_to_be() -> None:
    desk = turn()
    desk.read = replace(desk.read, cut=True)

    assert "4096" in text_of(with_remarks(desk, REPLY))


def test_a_supplied_year_is_said_and_one_tap_changes_it() -> None:
    desk = turn()
    desk.record([StatedFact("list_published", "2026-11-20", words="11月20日", confirm="year")])
    reply = with_remarks(desk, REPLY)

    assert "2026年11月20日" in text_of(reply)
    assert [button.tap for button in reply.buttons] == ['set:list_published:"2025-11-20"']


def test_a_leap_day_has_no_year_before_to_offer() -> None:
    desk = turn()
    desk.record([StatedFact("list_published", "2024-02-29", words="2月29日", confirm="year")])

    assert with_remarks(desk, REPLY).buttons == ()


async def test_a_message_of_many_pages_is_answered_with_a_note(desk: Desk) -> None:
    reply = await desk.says("我们有5个审核师。" + "顺便说一句。" * 2000)

    assert reply.facts == {"trained_auditors": 5}
    assert "4096" in text_of(reply)

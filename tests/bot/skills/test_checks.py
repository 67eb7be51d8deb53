"""Who qualifies: the verdict first, one question at a time, and nothing kept that was not said."""

from __future__ import annotations

import pytest

from bot.messages import Intent, Reply, VerdictCard
from bot.skills import checks
from bot.understanding.model import StatedFact, Understanding
from rules_engine.model import CheckResult, Verdict
from tests.bot.talks import Desk, headline, standing, text_of, turn, verbs

PEOPLE = "请咨询机构做审核，4个大专，3个审核师，4个人有盖章的一年以上社保，1个高工"


def result(reply: Reply) -> CheckResult:
    """The check result that a reply carries."""
    assert reply.check is not None
    return reply.check


async def test_a_failing_check_says_first_what_fails_and_what_mends_it(desk: Desk) -> None:
    reply = await desk.says(PEOPLE)

    assert result(reply).verdict is Verdict.FAIL
    assert result(reply).failing == ("sz-rules-2018-draft#art_10__consultant__item_2",)
    assert result(reply).fixes == ({"trained_auditors": 4},)
    assert "审核师" in headline(reply)
    assert "3" in headline(reply)
    assert "补 1 人（审核师）" in text_of(reply)
    assert reply.asks == ()


async def test_the_card_has_a_row_for_each_requirement_with_its_clause(desk: Desk) -> None:
    reply = await desk.says(PEOPLE)

    (card,) = [block for block in reply.blocks if isinstance(block, VerdictCard)]
    assert [row.outcome for row in card.rows] == ["met", "not_met", "met", "met"]
    assert all(row.clause and row.ref for row in card.rows)
    assert {row.ref for row in card.rows} <= {item.ref for item in reply.citations}


async def test_one_question_a_message_with_answers_to_tap_and_i_do_not_know_among_them(desk: Desk) -> None:
    reply = await desk.taps("goal:consultant-voluntary")

    (asked,) = reply.asks
    assert any(button.tap.startswith(f"set:{asked}:") for button in reply.buttons)
    assert f"unknown:{asked}" in [button.tap for button in reply.buttons]
    assert text_of(reply).count("？") == 1


async def test_buttons_alone_lead_to_a_verdict(desk: Desk) -> None:
    reply = await desk.taps("goal:consultant-voluntary")
    asked: list[str] = []
    while reply.asks:
        asked.append(reply.asks[0])
        reply = await desk.taps(f"set:{reply.asks[0]}:4")

    assert result(reply).verdict is Verdict.PASS
    assert len(asked) == len(set(asked)) == 4


async def test_what_the_user_does_not_know_is_not_asked_again(desk: Desk) -> None:
    reply = await desk.taps("goal:consultant-voluntary")
    asked: list[str] = []
    while reply.asks:
        asked.append(reply.asks[0])
        reply = await desk.taps(f"unknown:{reply.asks[0]}")

    assert len(asked) == len(set(asked)) == 4
    assert result(reply).verdict is Verdict.UNKNOWN
    assert reply.facts == {}


async def test_nothing_is_asked_once_the_verdict_is_settled_by_a_pass(desk: Desk) -> None:
    await desk.says(PEOPLE)
    reply = await desk.says("审核师是4个")

    assert result(reply).verdict is Verdict.PASS
    assert reply.asks == ()


async def test_a_correction_replaces_and_shows_what_changed(desk: Desk) -> None:
    await desk.says(PEOPLE)
    reply = await desk.says("不对，审核师是4个")

    assert reply.facts["trained_auditors"] == 4
    assert "3 → 4" in headline(reply)
    assert result(reply).verdict is Verdict.PASS


async def test_both_kinds_that_agree_are_answered_together_instead_of_asking(desk: Desk) -> None:
    reply = await desk.says(PEOPLE)

    assert "audit_kind" not in reply.asks
    assert "自愿、强制" in text_of(reply)


async def test_one_kind_named_is_the_kind_answered(desk: Desk) -> None:
    await desk.says(PEOPLE)
    reply = await desk.says("那强制的呢")

    assert result(reply).goal == "consultant-mandatory"
    assert all("#art_16__" in ref for ref in result(reply).failing)


def test_kinds_that_differ_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = turn(trained_auditors=4)
    desk.session.goals = ("municipal-acceptance", "consultant-voluntary")
    monkeypatch.setattr("bot.skills.goals.in_play", lambda turn: turn.session.goals)

    assert checks.answer(desk).asks == ("audit_kind",)


async def test_an_open_route_is_asked_for(desk: Desk) -> None:
    reply = await desk.says("/check")

    assert reply.asks == ("route",)
    assert reply.check is None


async def test_the_route_by_button_begins_its_check_with_what_is_known(desk: Desk) -> None:
    await desk.says("我们有3个审核师")
    await desk.says("/check")
    reply = await desk.taps('set:route:"consultant"')

    assert result(reply).goal.startswith("consultant")
    assert result(reply).verdict is Verdict.FAIL


async def test_a_what_if_answers_and_keeps_nothing(desk: Desk) -> None:
    before = (await desk.says(PEOPLE)).facts
    reply = await desk.says("如果再有4个审核师呢")

    assert reply.intent is Intent.CHECK
    assert reply.facts == before
    assert reply.understood == {}
    after = await desk.says("你记了什么")
    assert after.facts == before


def test_a_what_if_is_judged_with_the_change_and_says_so() -> None:
    desk = turn(degree_staff=4, trained_auditors=3, insured_staff=4, senior_title_staff=1)
    held = dict(desk.facts)
    desk.understood = {}
    desk.session.goals = ("consultant-voluntary",)
    desk.read = Understanding(
        "", "", "zh-Hans", hypothetical=(StatedFact("trained_auditors", 4, "再招一个"),)
    )
    assert checks.supposes(desk)

    reply = checks.what_if(desk)

    assert result(reply).verdict is Verdict.PASS
    assert desk.facts == held
    assert "就够了" in headline(reply)
    assert "没有记下" in headline(reply)


def test_a_supposition_about_something_else_is_none_about_the_check() -> None:
    desk = turn()
    desk.session.goals = ("consultant-voluntary",)
    desk.read = Understanding("", "", "zh-Hans", hypothetical=(StatedFact("acceptance_score", 90, "90分"),))

    assert not checks.supposes(desk)


@pytest.mark.parametrize("said", ["-3个审核师", "3.5个审核师", "50000个审核师"])
async def test_a_count_that_cannot_be_is_said_and_asked_again(desk: Desk, said: str) -> None:
    await desk.taps("goal:consultant-voluntary")
    reply = await desk.says(said)

    assert "trained_auditors" not in reply.facts
    assert reply.asks == ("trained_auditors",)
    assert set(reply.rejected) == {"trained_auditors"}
    assert reply.rejected["trained_auditors"] in text_of(reply)


async def test_a_value_that_cannot_be_leaves_the_one_held_and_is_asked_again(desk: Desk) -> None:
    await desk.says(PEOPLE)
    reply = await desk.says("不对，审核师是-4个")

    assert reply.facts["trained_auditors"] == 3
    assert reply.asks == ("trained_auditors",)


async def test_a_contradiction_between_facts_is_named_in_the_reply(desk: Desk) -> None:
    await desk.taps("goal:consultant-voluntary")
    await desk.taps("set:total_staff:3")
    reply = await desk.taps("set:trained_auditors:5")

    assert set(reply.rejected) == {"total_staff", "trained_auditors"}
    assert result(reply).verdict is Verdict.UNKNOWN
    assert reply.asks == ("trained_auditors",)
    assert all(reason in text_of(reply) for reason in reply.rejected.values())


async def test_a_loose_count_stays_a_range(desk: Desk) -> None:
    await desk.taps("goal:consultant-voluntary")
    reply = await desk.says("审核师至少5个")

    assert reply.facts == {"trained_auditors": {"min": 5}}
    assert "trained_auditors" not in result(reply).missing


async def test_a_range_across_the_line_is_asked_again(desk: Desk) -> None:
    await desk.taps("goal:consultant-voluntary")
    reply = await desk.says("审核师三四个")

    assert reply.asks == ("trained_auditors",)
    assert result(reply).verdict is Verdict.UNKNOWN


async def test_a_verdict_leads_on_to_its_clause_and_to_other_checks(desk: Desk) -> None:
    assert {"clause", "goal"} <= verbs(await desk.says(PEOPLE))


async def test_a_draft_is_never_called_law_in_force(desk: Desk) -> None:
    reply = await desk.says(PEOPLE)

    assert "未施行" in standing(reply)[0]
    drafted = [item for item in reply.citations if item.ref.startswith("sz-rules-2018-draft")]
    assert drafted
    assert {item.status for item in drafted} == {"draft"}


async def test_a_button_for_a_check_that_does_not_exist_asks_which(desk: Desk) -> None:
    reply = await desk.taps("goal:no-such-goal")

    assert reply.asks == ("route",)


async def test_a_side_question_comes_back_to_what_was_asked(desk: Desk) -> None:
    asked = (await desk.taps("goal:consultant-voluntary")).asks
    aside = await desk.says("第十八条讲什么")

    assert aside.intent is Intent.LOOKUP
    assert aside.asks == asked
    assert f"unknown:{asked[0]}" in [button.tap for button in aside.buttons]
    reply = await desk.says("5个")
    assert reply.understood == {asked[0]: 5}


async def test_cancel_leaves_the_check_and_keeps_what_was_said(desk: Desk) -> None:
    await desk.says(PEOPLE)
    reply = await desk.says("取消")

    assert reply.intent is Intent.CANCEL
    assert reply.asks == ()
    assert reply.facts["trained_auditors"] == 3


async def test_the_cheapest_fix_can_be_tried_without_being_kept(desk: Desk) -> None:
    failed = await desk.says(PEOPLE)
    (tap,) = [button.tap for button in failed.buttons if button.tap.startswith("suppose:")]
    reply = await desk.taps(tap)

    assert result(reply).verdict is Verdict.PASS
    assert reply.facts["trained_auditors"] == 3
    assert "没有记下" in headline(reply)


@pytest.mark.parametrize(
    "tap", ["suppose:nope:0", "suppose:consultant-voluntary:9", "suppose:consultant-voluntary:x"]
)
async def test_a_fix_that_is_gone_is_out_of_date(desk: Desk, tap: str) -> None:
    assert (await desk.taps(tap)).intent is Intent.HELP


async def test_a_fix_supposes_nothing_about_what_is_only_unknown(desk: Desk) -> None:
    failed = await desk.says("请咨询机构做自愿审核，3个审核师")
    (tap,) = [button.tap for button in failed.buttons if button.tap.startswith("suppose:")]

    assert result(await desk.taps(tap)).verdict is Verdict.UNKNOWN


async def test_what_fails_on_either_route_is_said_of_both_and_nothing_is_asked(desk: Desk) -> None:
    reply = await desk.says("有3个人有审核师证")

    assert result(reply).verdict is Verdict.FAIL
    assert reply.asks == ()
    assert "都一样" in text_of(reply)


async def test_a_value_told_anew_says_what_changed(desk: Desk) -> None:
    await desk.says(PEOPLE)

    assert "3 → 4" in headline(await desk.says("审核师现在4个了"))


async def test_a_skipped_question_shows_no_card_again(desk: Desk) -> None:
    await desk.says("咨询机构自愿审核，大专5个")
    reply = await desk.says("不清楚")

    assert not [block for block in reply.blocks if isinstance(block, VerdictCard)]
    assert reply.asks == ("insured_staff",)


async def test_a_check_that_was_left_is_taken_up_again(desk: Desk) -> None:
    await desk.says("核对咨询机构强制审核的条件")
    await desk.says("算了")
    desk.passes(days=3)

    assert result(await desk.says("继续")).goal == "consultant-mandatory"


async def test_somebody_found_is_asked_for_in_numbers_not_guessed(desk: Desk) -> None:
    await desk.says(PEOPLE)

    reply = await desk.says("招到了")

    assert reply.asks == ("trained_auditors",)
    assert reply.facts["trained_auditors"] == 3


async def test_a_reading_is_said_once_a_talk(desk: Desk) -> None:
    first = await desk.says("咨询机构自愿审核，大专4个，审核师4个，社保满一年4个，高工1个，够不够")
    again = await desk.says("那强制的呢")

    assert "刚好达到也算" in text_of(first)
    assert "刚好达到也算" not in text_of(again)


async def test_a_part_of_the_check_in_play_is_no_other_check(desk: Desk) -> None:
    await desk.taps("goal:self-audit-mandatory")

    reply = await desk.says("检测设备齐的，审核师都有经验")

    assert result(reply).goal == "self-audit-mandatory"


async def test_what_is_enough_on_either_route_is_said_before_the_route_is_asked(desk: Desk) -> None:
    reply = await desk.says("Hi 我们被列进强制名单了，现在auditor有4个，够不够？")

    assert result(reply).verdict is Verdict.UNKNOWN
    assert headline(reply).startswith("审核师 4 / 4")
    assert reply.asks == ("route",)


async def test_a_wish_to_apply_again_this_year_is_judged_though_not_kept(desk: Desk) -> None:
    reply = await desk.says("搞什么啊！！6月10号验收又没过，我们是强制的，今年到底还能不能再申请一次？？")

    assert result(reply).goal == "reapplication"
    assert result(reply).verdict is Verdict.FAIL
    assert "不合格的当年不能再次申请" in headline(reply)
    assert "推出" in text_of(reply)
    assert "reapply_on" not in reply.facts


async def test_where_the_wish_decides_nothing_what_is_open_is_asked(desk: Desk) -> None:
    reply = await desk.says("去年11月3日验收没通过，今年还可以再申请验收吗，强制的")

    assert result(reply).verdict is Verdict.UNKNOWN
    assert reply.asks[:1] == ("on_next_list",)


async def test_nothing_is_asked_that_cannot_turn_a_failure(desk: Desk) -> None:
    await desk.says("6月18号验收没通过，强制的")

    reply = await desk.says("2026年12月15日想再申请")

    assert result(reply).verdict is Verdict.FAIL
    assert reply.asks == ()


async def test_to_a_question_whether_a_day_will_do_the_verdict_comes_first(desk: Desk) -> None:
    await desk.says("我们验收不合格，强制的，2026年5月12号的事")

    reply = await desk.says("整改好了下个月能再申请吗")

    assert headline(reply).startswith("不符合")
    assert "没有记下" in headline(reply)

"""A verdict in one line, a card of requirements, and what would mend it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Language
from bot.skills.verdicts import card, headline, mending
from bot.turn import Turn
from bot.understanding.model import StatedFact, Understanding
from rules_engine.model import CheckResult
from tests.bot.talks import turn

GOAL = "consultant-voluntary"
ENOUGH = {"degree_staff": 4, "trained_auditors": 4, "insured_staff": 4, "senior_title_staff": 1}


def _judged(facts: Mapping[str, int], language: Language = "zh-Hans") -> tuple[Turn, CheckResult]:
    desk = turn(language, **facts)
    return desk, desk.sources.rulebook.check(GOAL, desk.facts, desk.today)


def test_a_pass_is_said_first() -> None:
    desk, result = _judged(ENOUGH)

    assert headline(desk, result).startswith("够了")
    assert mending(desk, result) == []
    assert {row.outcome for row in card(desk, result).rows} == {"met"}


def test_a_failure_names_what_fails_with_given_and_required() -> None:
    desk, result = _judged({**ENOUGH, "trained_auditors": 3})

    assert "审核师 3 / 4" in headline(desk, result)
    assert [row.outcome for row in card(desk, result).rows].count("not_met") == 1


def test_many_failures_are_counted_not_listed() -> None:
    desk, result = _judged(dict.fromkeys(ENOUGH, 0))

    assert "4 项" in headline(desk, result)


def test_an_open_verdict_names_what_is_missing_and_claims_no_failure() -> None:
    desk, result = _judged({})

    assert "审核师" in headline(desk, result)
    assert "不够" not in headline(desk, result)
    assert {row.outcome for row in card(desk, result).rows} == {"unknown"}


def test_mending_says_how_many_more() -> None:
    desk, result = _judged({**ENOUGH, "trained_auditors": 2})

    (said,) = mending(desk, result)
    assert "补 2 人（审核师）" in said


def test_mending_names_what_stays_open() -> None:
    desk, result = _judged({"trained_auditors": 3, "degree_staff": 4, "insured_staff": 4})

    (said,) = mending(desk, result)
    assert "高级职称" in said


def test_a_correction_shows_old_and_new() -> None:
    desk, result = _judged(ENOUGH)
    desk.before = {**ENOUGH, "trained_auditors": 3}
    corrected = StatedFact("trained_auditors", 4, words="是4个", correction=True)
    desk.read = Understanding("", "", "zh-Hans", facts=(corrected,))

    assert "3 → 4" in headline(desk, result)


def test_a_correction_to_the_same_value_changes_nothing_worth_saying() -> None:
    desk, result = _judged(ENOUGH)
    desk.before = dict(ENOUGH)
    corrected = StatedFact("trained_auditors", 4, words="是4个", correction=True)
    desk.read = Understanding("", "", "zh-Hans", facts=(corrected,))

    assert "→" not in headline(desk, result)


def test_english_readers_get_english() -> None:
    desk, result = _judged({**ENOUGH, "trained_auditors": 3}, "en")

    assert "3" in headline(desk, result)
    assert not any("审核师" in row.text for row in card(desk, result).rows)

"""The strongest evidence wins; words that could not be read, after a question, are no question of law."""

from __future__ import annotations

import pytest

from bot import weighing
from bot.app import load_reader
from bot.messages import Intent
from bot.turn import Turn
from bot.understanding.model import ReadingContext
from tests.bot.talks import NOW, turn

READER = load_reader()


def _said(text: str) -> Turn:
    desk = turn()
    desk.read = READER.read(text, ReadingContext(NOW))
    return desk


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第十条讲什么", Intent.LOOKUP),
        ("到期前提醒我", Intent.SUBSCRIBE),
        ("千万别让我忘了", Intent.SUBSCRIBE),
        ("我们够不够条件", Intent.CHECK),
        ("ISO14001多少钱", Intent.LOOKUP),
        ("取消提醒吧", Intent.UNSUBSCRIBE),
    ],
)
def test_plain_wishes_are_heard(text: str, wanted: Intent) -> None:
    assert weighing.weigh(_said(text)) is wanted


def test_a_few_unread_words_after_a_question_are_asked_again() -> None:
    desk = _said("随便啦")
    desk.session.asked = ("degree_staff",)

    assert weighing.weigh(desk) == "unclear"


def test_the_same_words_without_a_question_of_ours_are_not() -> None:
    assert weighing.weigh(_said("随便啦")) != "unclear"


def test_an_event_that_was_told_wants_its_dates() -> None:
    assert weighing.about_dates(_said("发布了"), {"list_published"})
    assert not weighing.about_dates(_said("发布了"), {"audit_kind"})


def test_a_kind_alone_chooses() -> None:
    assert weighing.chooses(_said("自愿"))
    assert not weighing.chooses(_said("自愿和强制有什么区别？"))


@pytest.mark.parametrize("text", ["那是不是就没希望了", "那可以了吧？", "你咋还问"])
def test_words_that_ask_for_nothing_ask_in_a_check_how_it_stands(text: str) -> None:
    desk = _said(text)
    assert weighing.weigh(desk) != Intent.CHECK

    desk.session.goals = ("consultant-voluntary",)

    assert weighing.weigh(desk) is Intent.CHECK


@pytest.mark.parametrize("text", ["附近哪里有好吃的？", "怎么做红烧肉？"])
def test_what_speaks_of_something_else_is_foreign_in_a_check_too(text: str) -> None:
    desk = _said(text)
    desk.session.goals = ("consultant-voluntary",)

    assert weighing.weigh(desk) is Intent.LOOKUP


def test_a_clause_by_its_number_is_asked_of_the_law_in_a_check_too() -> None:
    desk = _said("那第二十一条写要几个审核人员")
    desk.session.goals = ("self-audit-mandatory",)

    assert weighing.weigh(desk) is Intent.LOOKUP

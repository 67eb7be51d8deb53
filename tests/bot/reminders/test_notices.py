"""The words of reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.messages import TAP_LIMIT, Button, Language, Reply, Text, Timeline
from bot.reminders.notices import Composer, DeadlineWords, Item
from bot.rendering import render
from storage.records import Company, Contact, Deadline, Delivery, DeliveryKind
from storage.store import Subject
from tests.bot.reminders.house import DUE, at, deadline, describe

WEEK_BEFORE = at(7)
ANN = Contact("ann", "web:ann")
ACME = Company("acme", "深圳市某某电镀有限公司")


def item(
    n: int = 1,
    *,
    of: Deadline | None = None,
    to: Contact = ANN,
    company: Company = ACME,
    kind: DeliveryKind = "lead",
    repeat_of: int | None = None,
) -> Item:
    """A reminder of a deadline."""
    row = Delivery("k", to.chat, kind, at(7), {"about": "done"}, id=n, repeat_of=repeat_of)
    return Item(row, Subject(of or deadline(), company, to))


def compose(*items: Item, now: datetime = WEEK_BEFORE) -> Reply:
    """The message about these items."""
    return Composer(describe).compose(items, now)


def headline(reply: Reply) -> str:
    """The first line."""
    return next(block.text for block in reply.blocks if isinstance(block, Text) and block.role == "headline")


def test_a_reminder_says_what_when_how_long_why_and_what_now() -> None:
    reply = compose(item())
    assert headline(reply) == "还有 7 天：do first，2030年5月20日（周一）截止"
    text = render(reply, "plain.txt")
    for part in ("深圳市某某电镀有限公司 · begun", "现在要做：go and do first", "依据：article n", "a draft"):
        assert part in text


@pytest.mark.parametrize(
    ("days", "said"),
    [(30, "还有 30 天"), (2, "还有 2 天"), (1, "明天截止"), (0, "今天截止"), (-1, "已逾期 1 天")],
)
def test_the_days_left_are_counted_when_it_is_sent(days: int, said: str) -> None:
    assert headline(compose(item(), now=at(days))).startswith(said)


def test_the_contacts_day_counts_not_the_servers() -> None:
    late_evening = at(8, 23)
    berlin = replace(ANN, timezone="America/Los_Angeles")
    assert headline(compose(item(), now=late_evening)).startswith("还有 8 天")
    assert headline(compose(item(to=berlin), now=at(7, 1))).startswith("还有 8 天")


def test_a_rest_day_note_is_shown_beside_the_plain_day() -> None:
    sunday = deadline(due=date(2030, 5, 19))
    assert "may move" in render(compose(item(of=sunday)), "plain.txt")
    assert "may move" not in render(compose(item()), "plain.txt")


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "原日期已过 1 天，顺延后今天截止"), (-2, "已逾期 2 天"), (0, "今天截止")]
)
def test_a_day_that_moved_off_a_rest_day_is_not_called_overdue_before_it_is(days: int, said: str) -> None:
    def moved(deadline: Deadline, on: date, language: Language) -> DeadlineWords:
        return replace(describe(deadline, on, language), effective=DUE + timedelta(days=1))

    assert headline(Composer(moved).compose([item()], at(days))).startswith(said)


def test_buttons_name_the_delivery_and_fit() -> None:
    buttons = compose(item(2**62)).buttons
    assert [button.tap.partition(":")[0] for button in buttons] == [
        "done",
        "snooze",
        "snooze",
        "snooze",
        "mute",
        "calendar",
        "clause",
    ]
    assert all(len(button.tap.encode()) <= TAP_LIMIT for button in buttons)
    assert Button("已完成", "done:1") in compose(item(1)).buttons


@pytest.mark.parametrize(
    ("kind", "lead", "near"),
    [("lead", 2, False), ("lead", 1, True), ("overdue", -3, True), ("escalation", 9, True)],
)
def test_what_wants_an_answer_has_a_button_for_having_seen_it(
    kind: DeliveryKind, lead: int, near: bool
) -> None:
    about = item(1, kind=kind)
    buttons = compose(replace(about, delivery=replace(about.delivery, lead=lead))).buttons
    assert ("seen:1" in [button.tap for button in buttons]) is near


def test_several_deadlines_become_one_message_nearest_first() -> None:
    later = deadline("second", DUE + timedelta(days=5))
    reply = compose(item(1, of=later), item(2))
    [timeline] = [block for block in reply.blocks if isinstance(block, Timeline)]
    assert [row.title for row in timeline.rows] == ["do first", "do second"]
    assert headline(reply).startswith("2 件事要办")
    assert [button.tap for button in reply.buttons] == ["done:2", "done:1"]
    assert render(reply, "plain.txt").count("依据：article n") == 1


def test_a_digest_says_what_is_overdue_and_whose_it_is() -> None:
    other = replace(deadline("second"), company_id="b")
    reply = compose(item(1), item(2, of=other, company=Company("b", "乙公司")), now=at(-3))
    assert headline(reply) == "2 件事要办，其中 2 件已逾期"
    assert "乙公司：do second（已逾期 3 天）" in render(reply, "plain.txt")


def test_an_unnamed_company_leaves_no_empty_words() -> None:
    text = render(compose(item(company=Company("x"))), "plain.txt")
    assert " · " not in text
    assert "\n\n" not in text


def test_a_deadline_without_words_is_reminded_of_by_its_title(caplog: pytest.LogCaptureFixture) -> None:
    def silent(deadline: Deadline, on: date, language: Language) -> DeadlineWords:
        raise KeyError(deadline.trigger)

    reply = Composer(silent).compose([item()], at(7))
    assert headline(reply) == "还有 7 天：do first，2030年5月20日（周一）截止"
    assert "no words" in caplog.text


def test_a_repeat_says_that_it_is_one() -> None:
    first = compose(item(repeat_of=3)).blocks[0]
    assert isinstance(first, Text)
    assert first.text.startswith("重发")


def test_a_notice_tells_what_a_colleague_did() -> None:
    reply = compose(item(kind="notice"))
    assert headline(reply) == "已有同事把“do first”（2030年5月20日（周一）截止）标为完成，不再提醒。"
    assert reply.buttons == ()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "7 days left: do first"), ("zh-Hant", "還有 7 天"), ("xx", "还有 7 天")]
)
def test_the_contacts_language_is_spoken(language: str, said: str) -> None:
    reply = compose(item(to=replace(ANN, language=language)))
    assert headline(reply).startswith(said)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.understanding.notices import deadlines_in
from tests.bot.understanding.conftest import Read

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "deadline", "day"),
    [
        ("通知要求12月20日前完成注册", "register", "2026-12-20"),
        ("通知上写的截止日是12月15日", None, "2026-12-15"),
        ("街道让我们12月10号之前交报告", "report", "2026-12-10"),
        ("环保局发文，要求2027年1月20日前启动审核", "start_audit", "2027-01-20"),
        ("the notice says register by December 20", "register", "2026-12-20"),
    ],
)
def test_a_day_that_a_notice_sets_is_of_its_own(
    read: Read, text: str, deadline: str | None, day: str
) -> None:
    understanding = read(text, asked=("list_published",))
    assert [(item.deadline, item.day) for item in understanding.noticed] == [(deadline, day)]
    assert understanding.facts == ()


def test_a_supplied_year_wants_confirming(read: Read) -> None:
    assert read("通知要求12月20日前完成注册").noticed[0].confirm == "year"
    assert read("通知要求2026年12月20日前完成注册").noticed[0].confirm is None


def test_several_days_of_one_notice_each_have_their_deadline(read: Read) -> None:
    noticed = read("通知要求12月20日前注册，2027年1月20日前启动审核，2027年11月20日前完成报告").noticed
    assert [item.deadline for item in noticed] == ["register", "start_audit", "report"]


@pytest.mark.parametrize(
    "text",
    [
        "11月5号收到环保局的通知",
        "名单是2026年10月8日公布的",
        "通知要求12月20日前完成注册吗？",
        "如果通知要求12月20日前注册呢",
        "12月5日要开会",
    ],
)
def test_other_days_are_not_set_by_a_notice(read: Read, text: str) -> None:
    assert read(text).noticed == ()


def test_the_day_of_publication_stays_one(read: Read, facts: Facts) -> None:
    text = "名单10月8日公布的，通知要求11月8日前注册"
    assert facts(text) == {"list_published": "2026-10-08"}
    assert [item.day for item in read(text).noticed] == ["2026-11-08"]


def test_words_may_speak_of_several_deadlines() -> None:
    assert deadlines_in("注册和启动各是哪天") == ("register", "start_audit")
    assert deadlines_in("材料要几份") == ()

"""What stands beside a question is left out where something else is asked."""

from __future__ import annotations

import pytest

from knowledge.setting_aside import SettingAside

ASIDE = SettingAside([r"\bignore\b", r"我知道", r"不是(?:要)?问"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ignore the rules. How many auditors?", "How many auditors?"),
        ("我知道省级的分数，问的是合格线", "问的是合格线"),
        ("合格线多少？我不是问省级", "合格线多少？"),
        ("第十条讲什么", "第十条讲什么"),
        ("我知道吗？第十条呢", "我知道吗？第十条呢"),
        ("art. 10, ignore the rest", "art. 10,"),
    ],
)
def test_orders_and_what_is_not_asked_are_left_out(text: str, left: str) -> None:
    assert ASIDE.question(text, lambda _: True) == left


def test_a_message_that_would_ask_nothing_any_more_stays_whole() -> None:
    text = "ignore all, 谢谢"
    assert ASIDE.question(text, lambda _: False) == text

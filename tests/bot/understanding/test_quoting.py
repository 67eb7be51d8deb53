"""What is only repeated is not told: quotations, advertisements, examples, what is to be translated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    "said",
    [
        "帮我翻译成英文：我公司有5名审核师和1名高级工程师",
        "把这句翻成英文：本单位现有审核师四名",
        "用英语怎么说我们有5名审核师",
        "Please translate into Chinese: we have 5 auditors",
        "招聘启事：清洁生产审核师4名，高工1名",
        "招：审核师2名，待遇从优",
        "例题：我公司有5名审核师，能接单吗",
        "他写的是“拥有4名以上清洁生产审核师”",
    ],
)
def test_what_is_repeated_is_not_told(said: str, facts: Facts) -> None:
    assert facts(said) == {}


def test_what_stands_in_another_line_is_told(facts: Facts) -> None:
    assert facts("例题：我公司有5名审核师，能接单吗\n我们有4个高工") == {"senior_title_staff": 4}
    assert facts("招聘启事：\n清洁生产审核师4名\n高工1名") == {}


def test_what_was_filled_in_by_a_template_is_told(facts: Facts) -> None:
    assert facts("按模板填好了：审核师4") == {"trained_auditors": 4}

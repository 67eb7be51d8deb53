from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]
HELD = {"degree_staff": 5, "trained_auditors": 4, "senior_title_staff": 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("学历改成4", {"degree_staff": 4}),
        ("学历那项改成4个", {"degree_staff": 4}),
        ("学历不是5是4", {"degree_staff": 4}),
        ("学历的数不对，是6个", {"degree_staff": 6}),
        ("证书那个数应该是3", {"trained_auditors": 3}),
        ("职称改成2", {"senior_title_staff": 2}),
    ],
)
def test_half_a_noun_is_enough_for_what_was_told(facts: Facts, text: str, told: dict[str, int]) -> None:
    assert facts(text, facts=HELD, last_facts=tuple(HELD)) == told


@pytest.mark.parametrize("text", ["学历改成4", "证书那个数应该是3"])
def test_it_means_nothing_where_nothing_was_told(facts: Facts, text: str) -> None:
    assert facts(text) == {}


def test_a_lower_title_is_another_matter(facts: Facts) -> None:
    assert facts("中级职称改成2", facts=HELD, last_facts=tuple(HELD)) == {}


def test_what_should_have_been_told_corrects_what_was(facts: Facts) -> None:
    assert facts("审核师没错，高工应该是2个", facts=HELD, last_facts=tuple(HELD)) == {"senior_title_staff": 2}
    assert facts("高工应该是2个") == {}

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]

ONE = {"facts": {"senior_title_staff": 1, "trained_auditors": 4}, "last_facts": ("senior_title_staff",)}
TWO = {"facts": {"senior_title_staff": 2}, "last_facts": ("senior_title_staff",)}


@pytest.mark.parametrize("text", ["刚才说错了高级职称的那个他其实是中级的", "弄错了，他是中级"])
def test_the_only_one_turns_out_lower(facts: Facts, text: str) -> None:
    assert facts(text, **ONE) == {"senior_title_staff": 0}


def test_one_of_two_turns_out_lower(facts: Facts) -> None:
    assert facts("有一个其实是中级", **TWO) == {"senior_title_staff": 1}
    assert facts("不是2个，有一个还没评下来", **TWO) == {"senior_title_staff": 1}


def test_of_several_one_must_be_meant(facts: Facts) -> None:
    assert facts("其实是中级", **TWO) == {}


def test_lower_titles_alone_take_nobody_away(facts: Facts) -> None:
    assert facts("其实是中级") == {}
    assert facts("有一个是中级", **TWO) == {}

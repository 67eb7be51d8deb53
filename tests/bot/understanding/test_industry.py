from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("said", "industry"),
    [
        ("我们是做电镀的", "电镀"),
        ("我司属于印染行业", "印染"),
        ("我们是深圳一家线路板厂", "线路板"),
        ("公司做光伏组件的", "光伏组件"),
    ],
)
def test_takes_the_words_of_what_they_do(facts: Facts, said: str, industry: str) -> None:
    assert facts(said) == {"industry": industry}


@pytest.mark.parametrize(
    "said", ["电镀厂多久做一轮", "我们是咨询公司", "我们做清洁生产审核", "我们是做什么的", "我们是小企业"]
)
def test_other_words_are_no_industry(facts: Facts, said: str) -> None:
    assert "industry" not in facts(said)

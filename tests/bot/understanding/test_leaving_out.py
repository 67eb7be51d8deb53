from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "insured"),
    [
        ("审核师5个，社保除了两个新来的都满一年了", 3),
        ("审核师5个，除了小马，社保都满一年了", 4),
        ("审核师5个，除了小马和小李都有社保满一年", 3),
    ],
)
def test_those_left_out_are_taken_off(facts: Facts, text: str, insured: int) -> None:
    assert facts(text) == {"trained_auditors": 5, "insured_staff": insured}


def test_how_many_are_left_out_may_be_open(facts: Facts) -> None:
    assert facts("一共八个员工，除了会计和前台，都是审核师") == {"total_staff": 8}
    assert facts("大专5个，审核师4个，社保除了两个都满了一年") == {"degree_staff": 5, "trained_auditors": 4}


def test_who_alone_has_it_is_another_matter(facts: Facts) -> None:
    assert facts("除了我和老张，没人有审核师证") == {"trained_auditors": 2}

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "项目负责人不是高工，外聘专家是",
            {
                "project_lead_senior_title": False,
                "external_expert": True,
                "external_expert_senior_title": True,
            },
        ),
        (
            "Neither the project lead nor the external expert has a senior title.",
            {
                "project_lead_senior_title": False,
                "external_expert_senior_title": False,
                "external_expert": True,
            },
        ),
        (
            "our project lead has no senior title, the outside expert we hired does",
            {
                "project_lead_senior_title": False,
                "external_expert": True,
                "external_expert_senior_title": True,
            },
        ),
    ],
)
def test_a_title_is_said_again_of_somebody_else(facts: Facts, said: str, told: dict[str, Any]) -> None:
    assert facts(said) == told


def test_an_expert_whose_title_stands_before_him_has_it(facts: Facts) -> None:
    assert facts("请了外面一位高级职称的专家") == {
        "external_expert": True,
        "external_expert_senior_title": True,
    }
    assert facts("昨天来了2个有高级职称的专家") == {}


def test_a_person_spoken_of_is_not_one_engaged(facts: Facts) -> None:
    assert facts("who pays for the outside professor") == {}
    assert facts("没打算请外面的专家") == {"external_expert": False}


def test_what_the_lead_lacks_is_not_the_expert(facts: Facts) -> None:
    assert facts("our project lead has no senior title so we hired an outside expert") == {
        "project_lead_senior_title": False,
        "external_expert": True,
    }

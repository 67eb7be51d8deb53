from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.understanding.conftest import Read

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("said", "score"), [("82分", 82), ("得分78", 78), ("评分83.5分", 83.5), ("不到80分", {"max": 79})]
)
def test_takes_points(facts: Facts, said: str, score: Any) -> None:
    assert facts(said) == {"acceptance_score": score}


@pytest.mark.parametrize("said", ["要80分以上", "80分以上才能推荐吗", "多少分"])
def test_a_threshold_is_no_score(facts: Facts, said: str) -> None:
    assert facts(said) == {}


def test_points_beyond_the_scale_are_refused(read: Read) -> None:
    assert [refused.reason for refused in read("得了120分").rejected] == ["rejected.score_range"]


@pytest.mark.parametrize(
    ("said", "points"), [("得分79.5", 79.5), ("scored 79.5", 79.5), ("score: 82", 82), ("我们评分为88", 88)]
)
def test_points_need_no_sign_behind_the_word_for_them(facts: Facts, said: str, points: float) -> None:
    assert facts(said) == {"acceptance_score": points}


def test_a_bar_is_not_a_score(facts: Facts) -> None:
    assert facts("80分以上才能推荐") == {}


@pytest.mark.parametrize(
    ("said", "points"), [("验收88.5", 88.5), ("分数不高，81", 81), ("评分出来了 91", 91), ("市级验收 85", 85)]
)
def test_points_need_no_sign_beside_the_acceptance(facts: Facts, said: str, points: float) -> None:
    assert facts(said) == {"acceptance_score": points}


@pytest.mark.parametrize("said", ["验收3次了", "验收2026", "验收20万", "分数不高，3个高工"])
def test_other_figures_beside_the_acceptance_are_no_points(facts: Facts, said: str) -> None:
    assert "acceptance_score" not in facts(said)


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("综合得分八十一点五", 81.5),
        ("市级没过，才72", 72),
        ("专家组打的分是82", 82),
        ("分数是八十八排放也没有超标", 88),
    ],
)
def test_points_in_words_and_behind_the_outcome(facts: Facts, said: str, points: float) -> None:
    assert facts(said)["acceptance_score"] == points


def test_points_in_words_beyond_the_scale_are_refused(read: Read) -> None:
    assert [item.name for item in read("得分一百零五").rejected] == ["acceptance_score"]

from __future__ import annotations

import pytest

from bot.understanding.durations import find_durations, find_scores


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("满一年", 12, None),
        ("1年以上", 12, None),
        ("10个月", 10, 10),
        ("不到一年", 0, 11),
        ("半年", 6, 6),
        ("一年半", 18, 18),
        ("两年多", 24, None),
        ("over a year", 12, None),
        (">1yr", 12, None),
        ("1y+", 12, None),
        ("12 months or longer", 12, None),
        ("a full year", 12, 12),
        ("<1 year", 0, 11),
    ],
)
def test_reads_months(said: str, low: float, high: float | None) -> None:
    (found,), _ = find_durations(said)
    assert (found.low, found.high) == (low, high)


def test_hides_what_it_read() -> None:
    _, rest = find_durations("社保满一年4个")
    assert rest == "社保\0\0\0" + "4个"


def test_reads_points() -> None:
    (found,), _ = find_scores("得了82.5分")
    assert found.written == 82.5
    assert find_scores("84/100")[0][0].written == 84
    assert not find_scores("5分钟")[0]
    assert not find_scores("3分公司")[0]

"""Series of numbers are spread out one by one."""

from __future__ import annotations

import pytest

from knowledge.grammar import expanded


@pytest.mark.parametrize(
    ("series", "numbers"),
    [
        ("第十条", ["10"]),
        ("第十条到第十二条", ["10", "11", "12"]),
        ("第10、16条", ["10", "16"]),
        ("10 and 12", ["10", "12"]),
        ("第一百三十三条之一", ["133-1"]),
        ("第十条、第十条", ["10"]),
        ("第二十条至第十条", ["20", "10"]),
    ],
)
def test_ranges_and_lists(series: str, numbers: list[str]) -> None:
    assert expanded(series) == numbers


def test_a_range_is_never_endless() -> None:
    assert len(expanded("第一条到第九百条")) < 60

"""Instruments are found under all their names."""

from __future__ import annotations

import pytest

from knowledge.library import Library
from knowledge.naming import InstrumentNames
from knowledge.wording import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("环发〔2010〕54号", ["key-enterprises-2010"]),
        ("54号文和3号文", ["key-enterprises-2010", "gd-workflow-2017"]),
        ("154号文", []),
        ("清洁生产审核评估与验收指南", ["evaluation-guide-2018"]),
        ("《清洁生产促进法》", ["promotion-law"]),
        ("Order 38 of 2016", ["audit-measures-2016"]),
        ("order 389", []),
    ],
)
def test_the_longest_name_counts(library: Library, text: str, expected: list[str]) -> None:
    names = InstrumentNames(library.instruments.values())
    assert [mention.instrument for mention in names.find(plain(text)) if not mention.weak] == expected


def test_everyday_words_are_weak_names(library: Library) -> None:
    (mention,) = InstrumentNames(library.instruments.values()).find("有什么办法")
    assert mention.weak

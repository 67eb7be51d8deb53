from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.finding import Finder, Index, first_signs, needed_signs

PATTERNS = [
    "(?:国家级?|省)?的?审核[师员](?!法)",
    "(?<=[^省])(?:没有?|无)+(?=$|[,。])",
    r"\b(?:the )?audit(?:or)?s?\b",
    r"(?P<n>\d{1,2})[个名]?|[丙-甲]公司|[.-](?:号|~)?|~",
    "[^,。]{1,3}厂",
    "(?i:ab)c",
    "(.)没\\1",
    "师*",
]
SIGNS = "国家级省的审核师员法没有无,。 theauditors12个名甲乙公司厂ABc.-~号是没是"


@given(st.sampled_from(PATTERNS), st.text(alphabet=SIGNS, max_size=40))
def test_the_same_places_are_found_as_by_trying_everywhere(pattern: str, text: str) -> None:
    plain = [match for match in re.finditer(pattern, text) if match.end() > match.start()]
    assert list(Finder(pattern).spans(text)) == [match.span() for match in plain]
    assert [match.groupdict() for match in Finder(pattern).matches(text)] == [m.groupdict() for m in plain]


@given(st.sampled_from(PATTERNS), st.text(alphabet=SIGNS, max_size=40))
def test_what_is_looked_for_is_found_as_re_finds_it(pattern: str, text: str) -> None:
    finder = Finder(pattern)
    for way in ("search", "fullmatch"):
        found, plain = getattr(finder, way)(text), getattr(re, way)(pattern, text)
        assert (found and found.span()) == (plain and plain.span())
    plainly = [match.span() for match in re.finditer(pattern, text)]
    assert [match.span() for match in finder.finditer(text)] == plainly


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        ("(?:甲|乙)丙", "甲乙"),
        ("[丙-甲]x", None),  # thousands of signs lie between
        ("[a-c.-]x", "abc.-"),
        (r"\u7532", "甲"),
        (r"\.x|\[y", ".["),
        (r"\d+", None),
        (".甲", None),
    ],
)
def test_the_signs_that_a_match_may_begin_with(pattern: str, heads: str | None) -> None:
    assert Finder(pattern).heads == (None if heads is None else frozenset(heads))


@given(st.text(alphabet=SIGNS, max_size=40))
def test_no_pattern_stands_where_the_index_does_not_look_for_it(text: str) -> None:
    finders = [Finder(pattern) for pattern in PATTERNS]
    left_out = set(range(len(finders))) - set(Index(finders).of(text))
    assert not any(list(finders[at].spans(text)) for at in left_out)


def test_the_index_leaves_out_what_cannot_stand() -> None:
    finders = [Finder("审核师"), Finder("(?:省)?高工"), Finder("[^,]工")]
    assert Index(finders).of("高工一名") == [1, 2]


def test_the_index_leaves_out_what_lacks_a_sign_that_it_needs() -> None:
    finders = [Finder("(?:停产|相关)?的?证明"), Finder("(?:停产|相关)?的?证明|停产"), Finder("停[产业]?")]
    assert Index(finders).of("停产的时候") == [1, 2]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("甲?(?:乙|丙)丁", (({"丁"}, {"乙", "丙"}),)),
        ("甲+|乙*", (({"甲"},), ())),
        ("(?=甲)乙{0,2}[丙丁]", (({"丙", "丁"},),)),
    ],
)
def test_what_a_match_needs(pattern: str, needed: tuple[tuple[set[str], ...], ...]) -> None:
    assert needed_signs(pattern) == needed


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        ("(?:甲|乙)?丙+", "甲乙丙"),
        (r"(?<![a-z])[0-9a]\d", "0-9a"),
        (r"\d个", r"\d"),
        (".甲", ""),
        ("甲?", ""),
        (r"(甲)\1", ""),
    ],
)
def test_first_signs_of_a_pattern(pattern: str, signs: str) -> None:
    assert first_signs(pattern) == signs

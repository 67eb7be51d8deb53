"""Values are taken as they are meant, or refused by name."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.definitions import FactDefinition, RecordField
from rules_engine.intake import take
from rules_engine.model import Interval
from tests.rules_engine.toy import NAME, fact

COLUMNS = (
    RecordField("name", "text", NAME, key=True),
    RecordField("months", "count", NAME, endings=("个月",)),
    RecordField(
        "degree",
        "choice",
        NAME,
        {"大专": "college", "phd": "doctor"},
        ("college", "doctor"),
        negations=("非",),
    ),
    RecordField("stamped", "boolean", NAME, {"是": True}),
)
FACTS: dict[str, FactDefinition] = {
    item.name: item
    for item in (
        fact("n", "count", maximum=10000),
        fact("score", "number", minimum=0, maximum=100),
        fact("b"),
        fact("d", "date"),
        fact("k", "choice", choices={"x": NAME}, accepts={"甲": "x"}),
        fact("t", "text"),
        fact("months", "counts", maximum=1200),
        fact("days", "dates"),
        fact("people", "records", fields=COLUMNS, maximum=1200),
    )
}


@pytest.mark.parametrize(
    ("name", "given_value", "value"),
    [
        ("n", 0, 0),
        ("n", 10000, 10000),
        ("n", 4.0, 4),
        ("n", {"min": 5}, Interval(5, None)),
        ("n", {"max": 3}, Interval(None, 3)),
        ("n", {"min": 2, "max": 2}, 2),
        ("score", 79.5, 79.5),
        ("score", {"min": 80, "max": 90}, Interval(80, 90)),
        ("b", False, False),
        ("d", "2024-02-29", date(2024, 2, 29)),
        ("d", {"from": "2022-06-01", "to": "2022-06-30"}, Interval(date(2022, 6, 1), date(2022, 6, 30))),
        ("d", {"to": "2022-06-30"}, Interval(None, date(2022, 6, 30))),
        ("k", "x", "x"),
        ("k", "甲", "x"),
        ("t", "  电镀 ", "电镀"),
        ("months", [11, {"min": 12}], (11, Interval(12, None))),
        ("days", ["2022-06-01"], (date(2022, 6, 1),)),
        ("days", [], ()),
    ],
)
def test_good_values_are_taken(name: str, given_value: Any, value: Any) -> None:
    taken = take(FACTS, {name: given_value})
    assert taken.values == {name: value}
    assert taken.rejected == {}


@pytest.mark.parametrize(
    ("name", "given_value"),
    [
        *(
            ("n", bad)
            for bad in (
                -1,
                3.5,
                10001,
                "4",
                "四",
                True,
                [],
                {"min": -1},
                {"min": 3, "max": 2},
                {},
                {"low": 1},
            )
        ),
        *(("n", {"min": None, "max": None}) for _ in range(1)),
        *(("score", bad) for bad in (-0.1, 100.1, "80", True, float("nan"), float("inf"))),
        *(("b", bad) for bad in (1, "yes", None.__class__, [])),
        *(
            ("d", bad)
            for bad in ("2026-02-30", "2025-02-29", "2026-2-3", "20260203", "昨天", 5, {"from": "x"})
        ),
        ("d", {"from": "2026-02-03", "to": "2026-02-01"}),
        ("k", "y"),
        ("k", 1),
        ("t", ""),
        ("t", "长" * 201),
        ("months", 12),
        ("months", [-1]),
        ("days", ["2026-02-30"]),
    ],
)
def test_bad_values_are_refused_with_a_reason_in_both_languages(name: str, given_value: Any) -> None:
    taken = take(FACTS, {name: given_value})
    assert name not in taken.values
    assert taken.rejected[name].zh
    assert taken.rejected[name].en


def test_null_is_not_known() -> None:
    assert take(FACTS, {"n": None}) == take(FACTS, {})


def test_a_roster_reads_as_a_spreadsheet_holds_it() -> None:
    rows = [
        {"name": "甲", "months": "18个月", "degree": "大专", "stamped": "是"},
        {"name": "乙", "months": "", "degree": None},
    ]
    assert take(FACTS, {"people": rows}).values["people"] == (
        {"name": "甲", "months": 18, "degree": "college", "stamped": True},
        {"name": "乙"},
    )


@pytest.mark.parametrize(
    "rows",
    [
        [{"name": "张 三"}, {"name": "张三"}],
        [{"months": 3}],
        [{"name": "甲", "age": 3}],
        [{"name": "甲", "degree": 3}],
        [{"name": "甲", "months": "很久"}],
        ["甲"],
        {"name": "甲"},
    ],
)
def test_a_bad_roster_is_refused_as_a_whole(rows: Any) -> None:
    assert set(take(FACTS, {"people": rows}).rejected) == {"people"}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.sampled_from(sorted(FACTS)), ANYTHING)
def test_whatever_comes_is_taken_refused_or_absent(name: str, value: Any) -> None:
    taken = take(FACTS, {name: value})
    assert (name in taken.values) + (name in taken.rejected) == (value is not None)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("大专", "college"),
        ("College", "college"),
        ("PhD", "doctor"),
        ("大专学历", "college"),
        ("学徒", None),
        ("非大专", None),
    ],
)
def test_a_cell_means_what_its_words_say_and_unclear_words_are_unknown(words: str, value: str | None) -> None:
    (record,) = take(FACTS, {"people": [{"name": "甲", "degree": words}]}).values["people"]
    assert record.get("degree") == value

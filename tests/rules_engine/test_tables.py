"""Decision tables answer only where the rows that may match agree."""

from typing import Any

import pytest

from rules_engine.definitions import Row, Table
from rules_engine.tables import gaps_and_overlaps, look_up

RANGES = {"size": ("small", "large"), "loud": (True, False)}


def table(*rows: tuple[dict[str, tuple[Any, ...] | None], Any], hit: Any = "unique", **more: Any) -> Table:
    made = tuple(
        Row({key: match.get(key) for key in RANGES}, value, (), line=line)
        for line, (match, value) in enumerate(rows, 1)
    )
    return Table("t", tuple(RANGES), hit, made, **more)


FEES = table(
    ({"size": ("small",)}, 1),
    ({"size": ("large",), "loud": (False,)}, 2),
    ({"size": ("large",), "loud": (True,)}, 3),
)


@pytest.mark.parametrize(
    ("known", "value", "asks"),
    [
        ({"size": "small"}, 1, ()),
        ({"size": "large"}, None, ("loud",)),
        ({"loud": True}, None, ("size",)),
        ({"size": "large", "loud": True}, 3, ()),
        ({}, None, ("size", "loud")),
    ],
)
def test_what_is_known_decides_or_is_asked(known: dict[str, Any], value: Any, asks: tuple[str, ...]) -> None:
    found = look_up(FEES, known, lambda item: item)
    assert (found.value, found.asks) == (value, asks)


def test_an_assumption_is_made_only_where_it_is_needed() -> None:
    assuming = table(*(((row.match), row.value) for row in FEES.rows), assume={"loud": False})
    assert look_up(assuming, {"size": "large"}, lambda item: item).assumed == ("loud",)
    assert look_up(assuming, {"size": "small"}, lambda item: item).assumed == ()
    assert look_up(assuming, {"size": "large", "loud": True}, lambda item: item).value == 3


def test_the_first_row_wins_where_the_table_says_so() -> None:
    ordered = table(({"loud": (True,)}, 9), ({}, 1), hit="first")
    assert look_up(ordered, {"size": "small", "loud": True}, lambda item: item).value == 9
    assert look_up(ordered, {"size": "small", "loud": False}, lambda item: item).value == 1
    assert look_up(ordered, {"size": "small"}, lambda item: item).asks == ("loud",)


def test_gaps_and_overlaps_are_found() -> None:
    assert gaps_and_overlaps(FEES, RANGES) == []
    assert gaps_and_overlaps(table(*[(FEES.rows[0].match, 1)]), RANGES) == [
        "no row takes size = large, loud = True",
        "no row takes size = large, loud = False",
    ]
    twice = table(({}, 1), ({"loud": (True,), "size": ("small",)}, 2))
    assert gaps_and_overlaps(twice, RANGES) == ["rows of lines 1, 2 all take size = small, loud = True"]
    assert gaps_and_overlaps(table(({}, 1), ({"loud": (True,)}, 2), hit="first"), RANGES) == []

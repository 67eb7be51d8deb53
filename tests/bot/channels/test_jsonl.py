"""One line in, one line out, whatever the line."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.jsonl import LineError, as_day, as_moment, serve_lines, take


def _served(*lines: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    serve_lines(lines, out, lambda line: {"got": line["n"]})
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_answers_come_in_order_and_a_bad_line_does_not_stop_the_next() -> None:
    answers = _served('{"n": 1}', "{", "[]", '{"n": NaN}', '{"n": 2}')

    assert answers[0] == {"got": 1}
    assert [answer["error"]["code"] for answer in answers[1:4]] == ["malformed"] * 3
    assert answers[4] == {"got": 2}


def test_an_unexpected_failure_is_one_error_object_without_its_cause() -> None:
    (answer,) = _served('{"m": 1}')

    assert answer["error"]["code"] == "internal"
    assert "KeyError" not in answer["error"]["message"]


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_text_gives_exactly_one_object(line: str) -> None:
    assert len(_served(line)) == (1 if line.strip() else 0)


KNOWN: Mapping[str, type | tuple[type, ...]] = {"name": str, "count": int, "flag": bool}


@pytest.mark.parametrize(
    ("given_line", "code", "named"),
    [
        ({"nmae": "x"}, "unknown_key", "nmae"),
        ({"name": 1}, "wrong_type", "name"),
        ({"name": "x", "count": True}, "wrong_type", "count"),
        ({"name": "x", "flag": 1}, "wrong_type", "flag"),
        ({"count": 1}, "missing_key", "name"),
    ],
)
def test_a_wrong_key_is_named(given_line: dict[str, Any], code: str, named: str) -> None:
    with pytest.raises(LineError, match=named) as caught:
        take(given_line, KNOWN, ("name",))

    assert caught.value.code == code


def test_null_stands_for_absent() -> None:
    take({"name": "x", "count": None}, KNOWN, ("name",))
    with pytest.raises(LineError):
        take({"name": None}, KNOWN, ("name",))


def test_days_and_times_that_do_not_exist_are_refused_by_key() -> None:
    with pytest.raises(LineError, match="on"):
        as_day("on", "2026-02-30")
    with pytest.raises(LineError, match="now"):
        as_moment("now", "2026-11-23T25:00:00+08:00")
    with pytest.raises(LineError, match="offset"):
        as_moment("now", "2026-11-23T09:00:00")

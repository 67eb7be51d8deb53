"""Buttons carry little, and what they carry comes back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import TAP_LIMIT
from bot.taps import button, offered, parse_tap, value_button

VALUES = st.one_of(
    st.booleans(),
    st.integers(0, 10_000),
    st.dates().map(str),
    st.fixed_dictionaries({"min": st.integers(0, 99)}),
)


@given(VALUES)
def test_a_value_survives_the_button(value: object) -> None:
    made = value_button("label", "trained_auditors", value)

    assert made is not None
    tap = parse_tap(made.tap)
    assert (tap.verb, tap.argument, tap.value) == ("set", "trained_auditors", value)


@given(st.text(max_size=80))
def test_no_button_carries_more_than_the_limit(argument: str) -> None:
    made = button("label", "ask", argument)

    assert made is None or len(made.tap.encode()) <= TAP_LIMIT


def test_the_same_step_is_offered_once() -> None:
    first = button("one", "help")

    assert offered(first, None, button("two", "help")) == (first,)

"""A talk's memory survives the store, and older stores."""

from __future__ import annotations

import json

from bot.messages import Intent
from bot.session import Session


def test_a_session_comes_back_from_json_as_it_was() -> None:
    session = Session(goals=("g",), asked=("a", "b"), last_intent=Intent.CHECK, limit_said=True)

    assert Session.load(json.loads(json.dumps(session.dump()))) == session


def test_keys_of_another_release_are_left_out() -> None:
    assert Session.load({"goals": ["g"], "long_gone": 1}) == Session(goals=("g",))


def test_leaving_a_check_forgets_what_was_asked_but_not_what_was_spoken_of() -> None:
    session = Session(goals=("g",), asked=("a",), pending="forget", last_refs=("x#art_1",))

    session.leave_check()

    assert session == Session(last_refs=("x#art_1",), left=("g",))

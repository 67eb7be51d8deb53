"""What can go wrong with a rulebook.

RulebookError
├── RulebookInvalid   a file is refused; each problem names file, line and name
├── UnknownGoal       no such goal
├── UnknownFact       no such fact
└── NotInForce        a figure has no value on the day asked for
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class RulebookError(Exception):
    """Base of this room's errors."""


class RulebookInvalid(RulebookError):
    """The rulebook is refused. ``problems`` lists ``file:line: name: what is wrong``."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnknownGoal(RulebookError):
    """No goal of that name; the message lists near names."""


class UnknownFact(RulebookError):
    """No fact of that name; the message lists near names."""


class NotInForce(RulebookError):
    """A figure has no value on the day asked for."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of an error about a name that is not known: those near it, or nothing."""
    near = difflib.get_close_matches(name, list(known), n=3)
    return f"; did you mean {', '.join(near)}?" if near else ""

"""What a button carries: a verb and its arguments in at most 64 bytes, the same on every channel."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.messages import TAP_LIMIT, Button

SEPARATOR = ":"
RATINGS = frozenset({"liked", "disliked"})  # verbs about the answer that a button stands under


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed button, read."""

    verb: str
    arguments: tuple[str, ...] = ()

    @property
    def argument(self) -> str:
        """The first argument, or an empty text."""
        return self.arguments[0] if self.arguments else ""

    @property
    def has_value(self) -> bool:
        """Whether the last argument is a value."""
        try:
            json.loads(self.arguments[-1])
        except (ValueError, IndexError, RecursionError):
            return False
        return len(self.arguments) > 1

    @property
    def value(self) -> Any:
        """The last argument as JSON: the value of ``set:<fact>:<value>``. Raises ValueError."""
        return json.loads(self.arguments[-1])


def parse_tap(tap: str) -> Tap:
    """Read a tap. The last argument may hold separators only in ``set``, whose value is JSON."""
    verb, *rest = tap.split(SEPARATOR)
    if verb == "set" and len(rest) > 1:
        return Tap(verb, (rest[0], SEPARATOR.join(rest[1:])))
    return Tap(verb, tuple(rest))


def verb_of(tap: str) -> str:
    """The verb of a tap as it is sent."""
    return tap.partition(SEPARATOR)[0]


def button(label: str, verb: str, *arguments: str) -> Button | None:
    """A button, or None where what it would carry is too long: then it is left out."""
    tap = SEPARATOR.join((verb, *arguments))
    return Button(label, tap) if len(tap.encode()) <= TAP_LIMIT else None


def value_button(label: str, fact: str, value: Any) -> Button | None:
    """A button that answers a question about a fact."""
    return button(label, "set", fact, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def offered(*buttons: Button | None) -> tuple[Button, ...]:
    """The buttons that could be made, each tap once."""
    kept: dict[str, Button] = {}
    for item in buttons:
        if item is not None:
            kept.setdefault(item.tap or item.url, item)
    return tuple(kept.values())

"""What can go wrong in conversation and delivery. User text stands apart from log text.

XizeError
├── UserError           something the user can mend; ``phrase`` names the sentence to say
├── SettingsError       a setting is missing or wrong; names the variable
└── ChannelError        a channel cannot be served
"""

from __future__ import annotations

from typing import Any


class XizeError(Exception):
    """Base of the product's errors."""


class UserError(XizeError):
    """Something the user can mend. ``phrase`` is the key of the sentence to say, ``args`` fill it."""

    def __init__(self, phrase: str, **fill: Any) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.fill = fill


class SettingsError(XizeError):
    """A setting is missing or wrong; the message names the variable and never its secret value."""


class ChannelError(XizeError):
    """A channel cannot be started or served; the message says which and why."""

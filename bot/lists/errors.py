"""What is wrong with a file of a list as a whole; what is wrong with a row stands with the row."""

from __future__ import annotations

from typing import Literal

from bot.errors import XizeError
from bot.phrases import Phrases

FileFault = Literal[
    "unreadable", "too_large", "too_many_rows", "empty", "wrong_type",
    "old", "locked", "broken", "macros", "formulas", "no_day", "no_names", "no_rows",
]  # fmt: skip


class ListError(XizeError):
    """The file cannot be read as a list; the message says why and what to do, for the operator.

    ``fault`` says the same by the phrases ``list.fault``; ``limit`` is the bound passed."""

    def __init__(self, message: str, fault: FileFault, *, limit: int = 0) -> None:
        super().__init__(message)
        self.fault = fault
        self.limit = limit

    def said(self, say: Phrases) -> str:
        """What is wrong, in a language."""
        return say.say(f"list.fault.{self.fault}", limit=self.limit)

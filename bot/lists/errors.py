"""What is wrong with a file of a list as a whole; what is wrong with a row stands with the row."""

from __future__ import annotations

from typing import Literal

from bot.errors import XizeError

FileFault = Literal[
    "unreadable", "too_large", "too_many_rows", "empty", "wrong_type",
    "old", "locked", "broken", "macros", "formulas", "",
]  # fmt: skip


class ListError(XizeError):
    """The file cannot be read as a list; the message says why and what to do, for the operator.

    ``fault`` says the same for those who put it into a user's language; ``limit`` is the bound passed."""

    def __init__(self, message: str, fault: FileFault = "", *, limit: int = 0) -> None:
        super().__init__(message)
        self.fault = fault
        self.limit = limit

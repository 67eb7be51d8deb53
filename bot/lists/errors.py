"""What is wrong with a file of a list as a whole; what is wrong with a row stands with the row."""

from __future__ import annotations

from bot.errors import XizeError


class ListError(XizeError):
    """The file cannot be read as a list; the message says why and what to do, for the operator."""

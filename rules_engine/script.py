"""Traditional Chinese to Simplified, which the rulebook's words are written in."""

from __future__ import annotations

from functools import cache
from typing import Any


def simplify(text: str) -> str:
    """The text in Simplified script. Loads the converter (15 ms) on first use."""
    return str(_converter().convert(text))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")

"""Company names as they are compared: width, script, spaces and brackets do not matter, words do."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any


def normal(name: str) -> str:
    """A name for exact comparison."""
    text = unicodedata.normalize("NFKC", name).casefold()
    kept = "".join(char for char in text if unicodedata.category(char)[0] in "LN")
    return str(_to_simplified().convert(kept))


@cache
def _to_simplified() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")

"""One written form for questions: width, script, case and space, before anything is looked up."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_SPACES = re.compile(r"\s+")
_SPACE_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
# Sentence marks that NFKC leaves alone.
_MARKS = str.maketrans("。、“”‘’【】", ".、\"\"''[]")


def plain(text: str) -> str:
    """``text`` in simplified script, half width, lower case, single spaces and none between characters."""
    return _SPACE_BETWEEN_HAN.sub("", _SPACES.sub(" ", legible(text)).strip())


def legible(text: str) -> str:
    """``text`` in simplified script, half width, lower case, its lines and spaces kept."""
    text = unicodedata.normalize("NFKC", text)
    if any(character > "\u2e7f" for character in text):
        text = _simplifier().convert(text)
    return text.translate(_MARKS).lower()


def squeezed(text: str) -> str:
    """``text`` without any white space: how quotations are compared with their source."""
    return _SPACES.sub("", text)


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")

"""What a message says beside its question: orders to the assistant (ignore all rules), what it is said not to
ask for (我不是问省级的)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knowledge.wording import plain

# A piece keeps its mark; the point in art. 10 or 3.5 ends none.
_PIECES = re.compile(r"(?:[^?？!！;；。,，:：.\n]|\.(?=\S)|(?<=art)\.|(?<=no)\.)+[?？!！;；。,，:：.\n]*")
_ASKING = re.compile(r"[?吗么呢][\s,.!]*$")


class SettingAside:
    """Leaves out the pieces of a message that match patterns kept as data, where another piece asks."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = re.compile("|".join(f"(?:{one})" for one in patterns) or r"(?!)")

    def question(self, text: str, asks: Callable[[str], bool]) -> str:
        """``text`` without them; whole where nothing that ``asks`` would be left."""
        if not self._patterns.search(plain(text)):
            return text
        kept = [piece for piece in _PIECES.findall(text) if not self._stands_beside(plain(piece))]
        left = "".join(kept).strip()
        return left if left and asks(left) else text

    def _stands_beside(self, piece: str) -> bool:
        return self._patterns.search(piece) is not None and not _ASKING.search(piece)

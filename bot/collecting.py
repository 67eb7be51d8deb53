"""How often Python looks for waste. Nearly all that a start makes is there to stay, nearly all that a message
makes goes by itself: to look every 700 objects, Python's own measure, takes some tenth of all time."""

from __future__ import annotations

import gc
from typing import Final

UNCHECKED: Final = 50_000  # objects made until they are looked through; some megabytes at the most


def rarely() -> None:
    """Look for waste rarely from now on, in the whole process."""
    gc.set_threshold(UNCHECKED)

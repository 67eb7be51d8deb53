"""Answers on their way out."""

from __future__ import annotations

import json
from typing import Any


def written(answer: Any) -> str:
    """An answer as JSON."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))

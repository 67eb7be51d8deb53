"""What a plain none says of others too: where nobody at all has a senior title, no auditor has one. The pairs
are data (``implied.toml``); nothing of it is kept as told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.turn import Turn
from knowledge.kept import read_table

TABLE = Path(__file__).with_name("implied.toml")


def none_of_them(turn: Turn, facts: Mapping[str, Any]) -> dict[str, int]:
    """Facts that are none because what they are part of is none, said without a limit of its own."""
    said = turn.said
    return {
        name: 0
        for name, whole, limited in _pairs()
        if facts.get(whole) == 0 and facts[whole] is not False and not limited.search(said.get(whole, ""))
    }


@cache
def _pairs() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    rows = read_table(TABLE)["none"]
    return tuple((name, row["where_none"], re.compile(row["unless"])) for name, row in rows.items())

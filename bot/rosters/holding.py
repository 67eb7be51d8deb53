"""A roster that was read, held apart from the store for as long as its buttons are of use: a day at most."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from bot.attachments import place
from bot.lists.files import Row
from bot.rosters.columns import Decision

_FILE = "roster.json"


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of a file called ``name``, what was answered about its columns, the id of the company whose
    people they are, whether an empty cell says that there is none, and whether they were pasted as text."""

    name: str
    rows: tuple[Row, ...]
    decided: tuple[Decision, ...] = ()
    company: str = ""
    blank_is_none: bool = False
    pasted: bool = False


def hold(held: Held, now: datetime) -> str:
    """Put it aside; where it lies, for ``fetch``."""
    path = place(_FILE, now)
    path.write_text(json.dumps(asdict(held), ensure_ascii=False), encoding="utf-8")
    return str(path)


def fetch(where: str) -> Held | None:
    """What was put aside there; None where it is gone."""
    path = Path(where)
    if not where or path.name != _FILE or not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    rows = tuple((line, tuple(cells)) for line, cells in kept["rows"])
    return Held(
        kept["name"],
        rows,
        _decisions(kept["decided"]),
        kept["company"],
        kept["blank_is_none"],
        kept.get("pasted", False),
    )


def drop(where: str) -> None:
    """Remove what was put aside there."""
    path = Path(where)
    if where and path.name == _FILE:
        path.unlink(missing_ok=True)


def _decisions(kept: Iterable[Sequence[object]]) -> tuple[Decision, ...]:
    return tuple((int(str(column)), str(field), bool(right)) for column, field, right in kept)

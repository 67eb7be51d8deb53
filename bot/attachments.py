"""Where files for the user lie until they are fetched: readable by us alone, gone after a day."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.waiting import pause

KEPT = timedelta(days=1)
_LINES = "lines.json"
_LOOK_AGAIN = timedelta(hours=1)


def place(name: str, now: datetime) -> Path:
    """A new path for a file of this name; files of earlier days are removed on the way."""
    tidy(now)
    return Path(tempfile.mkdtemp(prefix=f"{int(now.timestamp())}_", dir=_root())) / name


def tidy(now: datetime) -> None:
    """Remove the files whose day is over."""
    for folder in _root().iterdir():
        if _made_at(folder) < int((now - KEPT).timestamp()):
            shutil.rmtree(folder, ignore_errors=True)


async def keep_tidy(stop: asyncio.Event, clock: Callable[[], datetime]) -> None:
    """Remove them also while nobody asks for new ones, until ``stop``."""
    while not stop.is_set():
        await asyncio.to_thread(tidy, clock())
        await pause(stop, _LOOK_AGAIN.total_seconds())


def _root() -> Path:
    """Our own folder. Raises PermissionError where somebody else has made it before us."""
    root = Path(tempfile.gettempdir()) / f"xize-{os.getuid()}"
    root.mkdir(mode=0o700, exist_ok=True)
    if root.stat().st_uid != os.getuid():
        raise PermissionError(f"{root} belongs to somebody else")
    root.chmod(0o700)
    return root


def _made_at(folder: Path) -> int:
    """When a folder was made, which its name says: what is written into it later does not make it younger."""
    made = folder.name.partition("_")[0]
    return int(made) if made.removeprefix("-").isdecimal() else 0


def set_aside(lines: Sequence[str], now: datetime) -> str:
    """Put lines apart from the store, which is not to keep them; where they lie, for ``lines_at``."""
    path = place(_LINES, now)
    path.write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
    return str(path)


def lines_at(where: str) -> tuple[str, ...] | None:
    """The lines that were set aside there; None where they are gone."""
    path = Path(where)
    if path.name != _LINES or not path.is_file():
        return None
    return tuple(json.loads(path.read_text(encoding="utf-8")))

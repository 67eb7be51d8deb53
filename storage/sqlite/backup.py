"""A copy of the file while it is in use, page by page, of one moment."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from storage.errors import StoreDamaged, StoreUnavailable
from storage.sqlite.connection import translated

_PAGES = 500  # between two looks at whether to go on


class _Stopped(Exception):
    """The copy is no longer wanted."""


async def copy_file(path: str, to: Path, progress: Callable[[int, int], None]) -> None:
    """Copy the database at ``path`` to a new file and check it; ``progress`` is told pages, and of how
    many. Raises StoreUnavailable or StoreDamaged. A cancelled copy stops soon; the file is then half
    done and the caller's to remove."""
    stop = threading.Event()
    copying = asyncio.ensure_future(asyncio.to_thread(_copy, path, to, progress, stop))
    try:
        await asyncio.shield(copying)
    except asyncio.CancelledError:
        stop.set()
        with contextlib.suppress(_Stopped):
            await copying
        raise


def _copy(path: str, to: Path, progress: Callable[[int, int], None], stop: threading.Event) -> None:
    if not Path(path).is_file():
        raise StoreUnavailable(f"there is no database at {path}")

    def look(_: int, remaining: int, total: int) -> None:
        if stop.is_set():
            raise _Stopped
        progress(total - remaining, total)

    with translated(), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as source:
        with contextlib.closing(sqlite3.connect(to, isolation_level=None)) as target:
            # One view for the whole copy: what is written meanwhile neither gets in nor starts it again.
            source.execute("begin")
            source.execute("select 1 from sqlite_schema").fetchone()
            source.backup(target, pages=_PAGES, progress=look, sleep=0)
        check_file(to)


def check_file(path: Path) -> None:
    """Raises StoreDamaged when pages or references between tables are broken."""
    with translated(), contextlib.closing(sqlite3.connect(path)) as connection:
        _check(connection)


def _check(connection: sqlite3.Connection) -> None:
    found = connection.execute("pragma integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreDamaged(f"the database fails its integrity check: {found}")
    if orphan := connection.execute("pragma foreign_key_check").fetchone():
        raise StoreDamaged(f"the database fails its integrity check: a row of {orphan[0]} hangs in the air")

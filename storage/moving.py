"""Stores kept and moved: a backup while running, its return, and a move to another database.

A backup is always an SQLite store in one file, whatever it was made of, so that it can be restored
into any store. Each act is done whole or, when it fails or is interrupted, not at all.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.errors import StoreDamaged, StoreError, StoreNotEmpty, StoreUnavailable
from storage.opening import open_store
from storage.sql.copying import Progress, clear, copy, count, refuse_occupied
from storage.sql.doubting import Doubts, doubt
from storage.sql.holdings import HOLDINGS
from storage.sql.roles import ROLES
from storage.sql.session import MOVED_TO
from storage.sql.store import SqlStore
from storage.sqlite import SqliteStore
from storage.sqlite.backup import check_file, copy_file

MADE_AT = "backup_made_at"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup brought back: when it was made, rows by table, and what may have happened since."""

    made_at: datetime
    rows: Mapping[str, int]
    doubts: Doubts


async def back_up(
    url: str, file: Path, *, now: datetime, progress: Progress, replace: bool = False
) -> dict[str, int]:
    """Write everything that the store holds into a file, while it is in use; rows by table.
    Raises StoreNotEmpty when the file is there already, StoreUnavailable, StoreDamaged."""
    with _written(file, replace) as part:
        return await _fill(url, part, now, progress)


@contextmanager
def _written(file: Path, replace: bool) -> Iterator[Path]:
    """A new file that takes the place of ``file`` when it is whole, and is removed when it is not."""
    if file.exists() and not replace:
        raise StoreNotEmpty(f"{file} is there already")
    part = file.with_name(f"{file.name}.part")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        # It holds what people said: for its owner only.
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        yield part
        part.replace(file)
    except OSError as error:
        raise StoreUnavailable(f"{file} cannot be written: {error.strerror}") from error
    finally:
        for ending in ("", "-wal", "-shm"):
            part.with_name(f"{part.name}{ending}").unlink(missing_ok=True)


async def _fill(url: str, part: Path, now: datetime, progress: Progress) -> dict[str, int]:
    store = _store(url)
    if isinstance(store, SqliteStore):
        await copy_file(store.path, part, lambda done, total: progress("copying pages", done, total))
    async with _opened(SqliteStore(str(part))) as backup:
        if not isinstance(store, SqliteStore):
            async with _opened(store), store.reading() as source, backup.writing() as target:
                await copy(source, target, progress)
        await backup.set_bookmark(MADE_AT, now.isoformat())
        async with backup.reading() as session:
            return await count(session)


async def restore(
    file: Path, url: str, *, now: datetime, progress: Progress, replace: bool = False
) -> Restored:
    """Put a backup into a store, in one transaction; with ``replace`` instead of all that the store holds.
    What may have been sent since the backup becomes uncertain. Raises StoreNotEmpty, StoreUnavailable,
    StoreDamaged."""
    async with _readable(file) as backup, _opened(_store(url)) as store:
        made_at = await backup.bookmark(MADE_AT)
        if made_at is None:
            raise StoreDamaged(f"{file} is a store, but not a backup that was finished")
        async with backup.reading() as source, store.writing() as target:
            if replace:
                await clear(target)
            else:
                await refuse_occupied(target)
            rows = await copy(source, target, progress)
            await target.change("delete from bookmark where name = ?", (MADE_AT,))
            doubts = await doubt(target, now)
        return Restored(datetime.fromisoformat(made_at), rows, doubts)


async def migrate_store(source_url: str, target_url: str, *, progress: Progress) -> dict[str, int]:
    """Move everything into an empty store, compared row by row; rows by table. The old store then refuses
    every change and says where it has gone, so that no process goes on sending from it. Raises
    StoreNotEmpty, StoreUnavailable, StoreDamaged; both stores are then as they were."""
    if source_url == target_url:
        raise StoreError("a store cannot be moved to where it is")
    place = target_url.partition("://")[0]
    async with _opened(_store(source_url)) as old, _opened(_store(target_url)) as new:
        async with old.writing() as source:
            why = f"this store has moved to a {place} database; set XIZE_DATABASE_URL to that one"
            async with new.writing() as target:
                await refuse_occupied(target)
                # Sealed first, so that nothing changes while it is read; committed last.
                await source.change("insert into bookmark (name, value) values (?, ?)", (MOVED_TO, why))
                await source.seal([*(holding.name for holding in HOLDINGS), ROLES], why)
                rows = await copy(source, target, progress)
                await target.change("delete from bookmark where name = ?", (MOVED_TO,))
        return rows


def _store(url: str) -> SqlStore:
    store = open_store(url)
    if not isinstance(store, SqlStore):
        raise StoreUnavailable("a store of this kind cannot be copied")
    return store


@asynccontextmanager
async def _opened(store: SqlStore) -> AsyncIterator[SqlStore]:
    await store.open()
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def _readable(file: Path) -> AsyncIterator[SqlStore]:
    """The backup as a store. It may have to be migrated forward, so it is a copy that is opened."""
    with TemporaryDirectory(prefix="xize-") as folder:
        path = Path(folder) / "backup.db"
        try:
            await asyncio.to_thread(shutil.copyfile, file, path)
        except OSError as error:
            raise StoreUnavailable(f"{file} cannot be read: {error.strerror}") from error
        await asyncio.to_thread(check_file, path)
        async with _opened(SqliteStore(str(path))) as store:
            yield store

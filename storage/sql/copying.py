"""From one store into another: every row, counted and compared before anything is committed."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from storage.errors import StoreDamaged, StoreNotEmpty
from storage.sql.holdings import HOLDINGS, Holding
from storage.sql.session import Session
from storage.sql.tables import PLAIN, Row, to_json

_PAGE = 1000  # rows in memory at once
Progress = Callable[[str, int, int], None]  # what is being done, how much of it, of how much


@dataclass(slots=True)
class Tally:
    """How many rows there are, and a number that changes with any of them, whatever their order."""

    rows: int = 0
    total: int = 0

    def add(self, row: Row) -> None:
        """Count a row in plain form."""
        digest = hashlib.blake2b(to_json(row).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        self.rows += 1
        self.total = (self.total + int.from_bytes(digest, "big")) % (1 << 128)


async def count(session: Session) -> dict[str, int]:
    """How many rows each table holds."""
    asked = [(f"select count(*) from {holding.name}", ()) for holding in HOLDINGS]  # noqa: S608
    found = await session.rows_of_each(asked)
    return {holding.name: rows[0][0] for holding, rows in zip(HOLDINGS, found, strict=True)}


async def refuse_occupied(session: Session) -> None:
    """Raises StoreNotEmpty, naming what is there."""
    held = {name: rows for name, rows in (await count(session)).items() if rows}
    if held:
        said = ", ".join(f"{name} {rows}" for name, rows in held.items())
        raise StoreNotEmpty(f"the store is not empty ({said})")


async def clear(session: Session) -> None:
    """Delete everything that the store holds."""
    for holding in reversed(HOLDINGS):
        await session.change(f"delete from {holding.name}")  # noqa: S608


async def copy(source: Session, target: Session, progress: Progress) -> dict[str, int]:
    """Copy every row into an empty store and compare; how many of each table. The caller commits.
    Raises StoreDamaged when what arrived is not what was sent."""
    await source.take_time()
    await target.take_time()
    await target.defer_references()
    totals = await count(source)
    sent = {}
    for holding in HOLDINGS:
        sent[holding.name] = await _copy_table(source, target, holding, totals[holding.name], progress)
    for holding in HOLDINGS:
        arrived = await _tally(target, holding, totals[holding.name], progress)
        if arrived != sent[holding.name]:
            raise StoreDamaged(
                f"{holding.name}: {sent[holding.name].rows} rows were sent, {arrived.rows} arrived, "
                "and they are not the same; nothing was changed"
            )
    return {name: tally.rows for name, tally in sent.items()}


async def _copy_table(
    source: Session, target: Session, holding: Holding, total: int, progress: Progress
) -> Tally:
    tally = Tally()
    async for page in _pages(source, holding):
        for row in page:
            tally.add(row)
        rows = [holding.rewritten(row, PLAIN, target.codecs) for row in page]
        await target.change_each(holding.insertion(), rows)
        progress(f"copying {holding.name}", tally.rows, total)
    if holding.numbered:
        last = await source.last_number(holding.name, holding.numbered)
        if last:
            await target.set_last_number(holding.name, holding.numbered, last)
    return tally


async def _tally(session: Session, holding: Holding, total: int, progress: Progress) -> Tally:
    tally = Tally()
    async for page in _pages(session, holding):
        for row in page:
            tally.add(row)
        progress(f"comparing {holding.name}", tally.rows, total)
    return tally


async def _pages(session: Session, holding: Holding) -> AsyncIterator[list[Row]]:
    """The table's rows in plain form, so many at a time."""
    page = await session.rows(holding.page(first=True), (_PAGE,))
    while page:
        yield [_plain(holding.rewritten(row, session.codecs, PLAIN)) for row in page]
        page = await session.rows(holding.page(first=False), (*holding.key_of(page[-1]), _PAGE))


def _plain(row: Row) -> Row:
    """Without the zero character, for which not every database has a place."""
    return tuple(
        value.replace("\x00", "\ufffd") if isinstance(value, str) and "\x00" in value else value
        for value in row
    )

"""Published lists: their rows, the companies here that they speak of, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from storage.records import Company, ListedCompany, Listing, PublishedList
from storage.sql.session import Room, Session
from storage.sql.tables import COMPANY, LISTED, LISTING, PUBLISHED, Table

R = TypeVar("R")

_COMPANIES = f"select {COMPANY.selection()} from company where id > ? order by id limit ?"  # noqa: S608
_LISTS = f"select {PUBLISHED.selection()} from published_list order by published_on desc, id"  # noqa: S608
_ROWS = f"select {LISTED.selection()} from listed_company where list_id = ? order by line, id"  # noqa: S608
_LISTINGS = f"""
select {LISTING.selection("s")} from listing s join listed_company r on r.id = s.row_id
where r.list_id = ? order by s.line, s.row_id, s.company_id
"""  # noqa: S608


class Lists(Room):
    """Lists as operators load and read them."""

    async def companies(self, after: str = "", limit: int = 500) -> list[Company]:
        """See Store.companies."""
        async with self.reading() as session:
            return await session.records(COMPANY, _COMPANIES, (after, limit))

    async def publish(self, published: PublishedList, rows: Sequence[ListedCompany]) -> int:
        """See Store.publish."""
        async with self.writing() as session:
            await _add(session, PUBLISHED, [published])
            return await _add(session, LISTED, rows)

    async def published(self) -> list[PublishedList]:
        """See Store.published."""
        async with self.reading() as session:
            return await session.records(PUBLISHED, _LISTS)

    async def listed(self, list_id: str) -> list[ListedCompany]:
        """See Store.listed."""
        async with self.reading() as session:
            return await session.records(LISTED, _ROWS, (list_id,))

    async def list_for(self, listings: Sequence[Listing]) -> int:
        """See Store.list_for."""
        async with self.writing() as session:
            return await _add(session, LISTING, listings)

    async def listings(self, list_id: str) -> list[Listing]:
        """See Store.listings."""
        async with self.reading() as session:
            return await session.records(LISTING, _LISTINGS, (list_id,))


async def _add(session: Session, table: Table[R], records: Sequence[R]) -> int:
    """Insert what is new; how many were."""
    dump = session.shape(table).dump
    rows = [dump(record) for record in records]
    return await session.change_each(f"{table.insertion()} on conflict do nothing", rows) if rows else 0

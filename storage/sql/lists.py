"""Published lists: their rows, the companies here that they speak of, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records import Company, ListedCompany, Listing, PublishedList
from storage.sql.session import Given, Room, Session
from storage.sql.tables import COMPANY, LISTED, LISTING, PUBLISHED

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
            dump = session.shape(PUBLISHED).dump
            await session.change(f"{PUBLISHED.insertion()} on conflict do nothing", dump(published))
            each = [session.shape(LISTED).dump(row) for row in rows]
            return (
                0
                if not each
                else await session.change_each(f"{LISTED.insertion()} on conflict do nothing", each)
            )

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
            each = [session.shape(LISTING).dump(listing) for listing in listings]
            return (
                0
                if not each
                else await session.change_each(f"{LISTING.insertion()} on conflict do nothing", each)
            )

    async def listings(self, list_id: str) -> list[Listing]:
        """See Store.listings."""
        async with self.reading() as session:
            return await session.records(LISTING, _LISTINGS, (list_id,))


async def _add(session: Session, insertion: str, rows: Sequence[Given]) -> int:
    return await session.change_each(f"{insertion} on conflict do nothing", rows) if rows else 0

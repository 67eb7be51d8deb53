"""A read list taken into the store: kept, matched, its contacts asked. Loading it again changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.lists.announcing import announcement
from bot.lists.matching import Match, Near, match
from bot.lists.reading import ReadList
from storage.records import Company, Contact, Listing
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came, or in a dry run would come, of loading a list."""

    rows: int
    new: int  # rows that were not known before
    matches: tuple[Match, ...]
    near: tuple[Near, ...]
    asked: int  # contacts who get the question
    unreachable: int  # contacts of matching companies who blocked the bot, are gone or pause


async def load_list(store: Store, read: ReadList, at: datetime, *, dry_run: bool = False) -> Loaded:
    """Keep a list and ask the contacts of its companies. Raises StoreUnavailable: load it again then."""
    matched = match(read.rows, await _companies(store))
    contacts = {one.company.id: await store.contacts(one.company.id) for one in matched.matches}
    known, listed = await _known(store)
    new = sum(row.id not in known for row in read.rows)
    fresh = [one for one in matched.matches if (one.row.id, one.company.id) not in listed]
    states = Counter(person.state == "active" for one in fresh for person in contacts[one.company.id])
    asked = states[True]
    if not dry_run:
        new = await store.publish(read.published, read.rows)
        asked = await _ask(store, read, matched.matches, contacts, at)
    return Loaded(len(read.rows), new, matched.matches, matched.near, asked, states[False])


async def _known(store: Store) -> tuple[set[str], set[tuple[str, str]]]:
    """Rows that are kept already, and which companies they were found to speak of."""
    lists = await store.published()
    rows = {row.id for one in lists for row in await store.listed(one.id)}
    return rows, {(item.row_id, item.company_id) for one in lists for item in await store.listings(one.id)}


async def _companies(store: Store) -> list[Company]:
    companies: list[Company] = []
    while page := await store.companies(companies[-1].id if companies else ""):
        companies += page
    return companies


async def _ask(
    store: Store,
    read: ReadList,
    matches: Sequence[Match],
    contacts: dict[str, list[Contact]],
    at: datetime,
) -> int:
    listings = [_listing(read, one) for one in matches]
    await store.list_for(listings)
    return await store.enqueue(
        announcement(listing, person, at)
        for listing in listings
        for person in contacts[listing.company_id]
        if person.state == "active"
    )


def _listing(read: ReadList, found: Match) -> Listing:
    row = found.row
    return Listing(
        row_id=row.id,
        company_id=found.company.id,
        list_name=read.published.name,
        line=row.line,
        name=row.name,
        published_on=row.published_on or read.published.published_on,
        industry=row.industry,
        kind=row.kind,
        credit_code=row.credit_code,
    )

"""When the rules change, the open deadlines of every company are computed again, and who listens is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.reminders.moves import moved, noticed
from bot.reminders.reconciling import reconcile
from rules_engine.model import RulebookStamp, Schedule
from storage.errors import StoreError
from storage.store import Store
from storage.talk import Talk

log = logging.getLogger(__name__)

BOOKMARK = "rulebook"
Recompute = Callable[[Mapping[str, Any], Mapping[str, date]], Schedule]  # facts, days that notices gave


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a run did."""

    companies: int = 0
    moved: int = 0  # deadlines
    failed: int = 0  # companies that could not be computed; they are tried again at the next start


class Recomputer:
    """Runs once at start. Stopped halfway, it goes through all again: what is right stays as it is."""

    def __init__(
        self, store: Store, recompute: Recompute, stamp: RulebookStamp, new_id: Callable[[], str]
    ) -> None:
        self._store = store
        self._recompute = recompute
        self._stamp = stamp
        self._new_id = new_id

    async def run(self, now: datetime) -> Recomputed:
        """Compute again where the rulebook is not the one of the last run. Raises StoreUnavailable."""
        mark = f"{self._stamp.id}@{self._stamp.version}:{self._stamp.sha256}"
        if await self._store.bookmark(BOOKMARK) == mark:
            return Recomputed()
        companies = count = failed = 0
        after = ""
        while page := await self._store.company_ids(after):
            for company_id in page:
                try:
                    count += await self._company(company_id, now)
                except StoreError:
                    raise
                except Exception:
                    log.exception("the deadlines of company %s cannot be computed again", company_id)
                    failed += 1
                await asyncio.sleep(0)
            companies += len(page)
            after = page[-1]
        if not failed:
            await self._store.set_bookmark(BOOKMARK, mark)
        level = logging.INFO if companies else logging.DEBUG
        log.log(level, "rulebook %s: %d companies, %d moved", self._stamp.version, companies, count)
        return Recomputed(companies, count, failed)

    async def _company(self, company_id: str, now: datetime) -> int:
        contacts = await self._store.contacts(company_id)
        if not contacts:
            return 0
        async with self._store.talk(contacts[0].chat, at=now) as talk:
            return self._renew(talk, company_id, now)

    def _renew(self, talk: Talk, company_id: str, now: datetime) -> int:
        held = [item for item in talk.deadlines.values() if item.company_id == company_id]
        if not any(item.state == "open" for item in held):
            return 0
        facts = {fact.name: fact.value for fact in talk.facts.values() if fact.company_id == company_id}
        schedule = self._recompute(facts, noticed(held))
        result = reconcile(held, schedule, company_id, self._new_id)
        talk.deadlines.update((item.id, item) for item in result.deadlines)
        moved(talk, result.pairs, "rulebook", now, detail=self._stamp.version, present=False)
        return len(result.pairs)

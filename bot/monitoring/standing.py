"""The numbers that the store and the sources hold: the queue, what is stuck, how far rest days are known."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.reminders.status import Status, read_status
from bot.turn import Sources
from storage.errors import StoreError
from storage.store import Store

log = logging.getLogger(__name__)

KEEP = timedelta(seconds=10)  # a second scraper, or an impatient one, costs the store nothing
STATES = ("pending", "claimed", "sending", "uncertain", "sent", "skipped", "closed")
_YEARS_AHEAD = 5


class Standing(Collector):
    """Reads the store before a scrape, at most every ten seconds; the registry then asks it for numbers."""

    def __init__(
        self,
        store: Store,
        sources: Sources,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        registry: CollectorRegistry,
    ) -> None:
        self._store = store
        self._sources = sources
        self._clock = clock
        self._zone = zone
        self._status: Status | None = None
        self._looked_at: datetime | None = None
        self._looking = asyncio.Lock()
        registry.register(self)

    async def refresh(self) -> None:
        """Look at the store, where the last look is not fresh. A store in trouble is a number too."""
        async with self._looking:
            now = self._clock()
            if self._looked_at is not None and timedelta(0) <= now - self._looked_at < KEEP:
                return
            try:
                self._status = await read_status(self._store, now)
            except StoreError as error:
                log.error("the queue cannot be read: %s", error)
                self._status = None
            self._looked_at = now

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The numbers of the last look."""
        yield _gauge("xize_store_up", "1 when the store answers.", float(self._status is not None))
        if self._status is not None:
            yield from _queue(self._status)
        yield from self._of_sources()

    def _of_sources(self) -> Iterable[GaugeMetricFamily]:
        today = self._clock().astimezone(self._zone).date()
        until = rest_days_known_until(self._sources.rulebook.is_arranged, today)
        yield _gauge(
            "xize_holiday_days_left",
            "Days for which the rest days are published; 0: this year's are unknown.",
            (until - today).days if until else 0,
        )
        stamp = self._sources.rulebook.stamp
        info = GaugeMetricFamily(
            "xize_rulebook_info", "The rulebook in use.", labels=["id", "version", "hash"]
        )
        info.add_metric([stamp.id, stamp.version, stamp.sha256[:12]], 1)
        yield info

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing: the names are known only at a look, and registering needs none."""
        return ()


def rest_days_known_until(is_arranged: Callable[[int], bool], today: date) -> date | None:
    """The last day up to which every year's arrangement is published; None where this year's is not."""
    years = [year for year in range(today.year, today.year + _YEARS_AHEAD) if is_arranged(year)]
    unbroken = [year for place, year in enumerate(years) if year == today.year + place]
    return date(unbroken[-1], 12, 31) if unbroken else None


def _queue(status: Status) -> Iterable[GaugeMetricFamily]:
    states = GaugeMetricFamily("xize_deliveries", "Deliveries in the store by state.", labels=["state"])
    for state in STATES:
        states.add_metric([state], status.states.get(state, 0))
    yield states
    oldest = status.oldest_due
    age = max(0.0, (status.at - oldest).total_seconds()) if oldest is not None else 0.0
    yield _gauge("xize_due_deliveries", "Deliveries that are due now.", status.due)
    yield _gauge("xize_oldest_due_seconds", "How long the oldest due delivery has waited.", age)
    yield _gauge("xize_late", "1 when something waits longer than a storm explains.", float(status.is_late))
    yield _gauge("xize_due_within_a_day", "Deliveries of the next 24 hours.", status.next_24_hours)
    yield _gauge("xize_unreachable_contacts", "Contacts who blocked us or are gone.", status.unreachable)


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=value)

"""Which deliveries a deadline wants for one contact: pure arithmetic on days and hours."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from bot.reminders.leads import DEFAULT_LEADS, OVERDUE, OVERDUE_EVERY, overdue_days
from bot.reminders.timing import (
    WorkingDay,
    fire_time,
    instant,
    is_quiet,
    monday_to_friday,
)
from bot.zones import local_day, zone_of
from storage.records import Contact, NewDelivery
from storage.store import Plan

HORIZON = timedelta(days=40)
SPREAD_OVER = timedelta(minutes=20)  # when many are due at once
_LONGEST_SHIFT = timedelta(days=31)  # by which rest days can move a reminder
_DAY = timedelta(days=1)
_KEPT = OVERDUE[-1] + OVERDUE_EVERY  # days that an overdue reminder stays in view after its day
_SOON = timedelta(hours=12)  # within which a reminder to come speaks for a late one


@dataclass(frozen=True, slots=True)
class Wanted:
    """The rows that a plan wants now, and when the others of its leads would have gone out."""

    deliveries: tuple[NewDelivery, ...] = ()
    missed: frozenset[str] = frozenset()  # keys among them for which a nearer one goes out
    standing: str | None = None  # key of the nearest lead that is due: not planned anew, nor put aside
    until: datetime | None = None  # when something else is wanted by itself; None: not in sight


class Wanting:
    """The leads, working days and horizon by which reminders are wanted."""

    def __init__(
        self,
        leads: Sequence[int] = DEFAULT_LEADS,
        works: WorkingDay = monday_to_friday,
        horizon: timedelta = HORIZON,
    ) -> None:
        self.storm = False  # many are due at the same minute: spread them
        self._leads = tuple(leads)
        self._works = works
        self._horizon = horizon

    def of(self, plan: Plan, now: datetime) -> Wanted:
        """The deliveries that a plan wants: all within the horizon, and of those that are due already
        only the nearest to the deadline."""
        if self._is_far(plan, now):
            return Wanted()
        times = sorted(self._times(plan, now).items(), key=lambda item: (item[1], -item[0]))
        # Of several that a shift put on the same moment, the nearest to the deadline stands for all.
        times = [one for one, after in pairwise(times) if one[1] != after[1]] + times[-1:]
        due = [lead for lead, at in times if at <= now]
        spoken = due[-1:] if not _follows_soon(plan, times, now) else []
        missed = due[: len(due) - len(spoken)]
        ends = {lead: after for (lead, _), (_, after) in pairwise(times)}
        since = max(filter(None, (plan.deadline.since, plan.subscription.since)), default=None)
        # What was missed is kept too, so that no clock set back can bring it up again.
        deliveries = tuple(
            _delivery(plan, lead, at, ends.get(lead))
            for lead, at in times
            if at <= now + self._horizon and (since is None or at > since)
        )
        return Wanted(
            deliveries,
            missed=frozenset(_key(plan, lead) for lead in missed),
            standing=_key(plan, spoken[-1]) if spoken else None,
            until=self._next_change([at for _, at in times], now, plan),
        )

    def _next_change(self, times: Sequence[datetime], now: datetime, plan: Plan) -> datetime | None:
        """When something else is wanted though nothing was changed: a lead is due, comes into sight, or is
        near enough to speak for the one before."""
        following = [at for at in times if at > now][:2]  # of later ones, nothing comes before these
        turns = [at - self._horizon for at in times] + following
        turns += [_speaks_from(plan, at) for at in following]
        turns += _midnight_that_drops(plan, now)
        return min((turn for turn in turns if turn > now), default=None)

    def _is_far(self, plan: Plan, now: datetime) -> bool:
        """Whether even the first reminder lies beyond the horizon: most of a year's deadlines do."""
        first = plan.deadline.due - max(self._chosen(plan), default=0) * _DAY
        return first > (now + self._horizon + _LONGEST_SHIFT).date()

    def _chosen(self, plan: Plan) -> Sequence[int]:
        return self._leads if plan.subscription.leads is None else plan.subscription.leads

    def _times(self, plan: Plan, now: datetime) -> dict[int, datetime]:
        """When each lead of a plan goes out; a negative lead is days after the due day."""
        due, contact = plan.deadline.due, plan.contact
        late = (local_day(contact, now) - due).days
        after = overdue_days(late - _KEPT, late + self._horizon.days + OVERDUE_EVERY)
        leads = {*self._chosen(plan), *(-day for day in after)}
        times = {lead: fire_time(contact, due - lead * _DAY, due, self._works) for lead in leads}
        return {lead: spread(contact, at) for lead, at in times.items()} if self.storm else times


def spread(contact: Contact, at: datetime) -> datetime:
    """A moment a little later, always the same for a chat; not where that would be quiet or another day."""
    later = at + SPREAD_OVER * (zlib.crc32(contact.chat.encode()) % 1200 / 1200)
    local = later.astimezone(zone_of(contact))
    same_day = local.date() == local_day(contact, at)
    return later if same_day and not is_quiet(contact, local.time()) else at


def _midnight_that_drops(plan: Plan, now: datetime) -> list[datetime]:
    """The next midnight, where the eldest overdue reminder goes out of view then."""
    today = local_day(plan.contact, now)
    eldest = (today - plan.deadline.due).days - _KEPT
    if not any(overdue_days(eldest, eldest)):
        return []
    return [instant(today + _DAY, time(), zone_of(plan.contact))]


def _speaks_from(plan: Plan, at: datetime) -> datetime:
    """From when a reminder to come makes a late one idle: on the same day both say the same days left."""
    zone = zone_of(plan.contact)
    return max(instant(at.astimezone(zone).date(), time(), zone), at - _SOON)


def _follows_soon(plan: Plan, times: Sequence[tuple[int, datetime]], now: datetime) -> bool:
    """Whether what is due belongs to an earlier day and the next reminder will speak for it."""
    last = max((at for _, at in times if at <= now), default=None)
    following = min((at for _, at in times if at > now), default=None)
    if last is None or following is None:
        return False
    return last < _speaks_from(plan, following) <= now


def _delivery(plan: Plan, lead: int, at: datetime, end: datetime | None) -> NewDelivery:
    deadline, contact = plan.deadline, plan.contact
    return NewDelivery(
        dedupe_key=_key(plan, lead),
        chat=contact.chat,
        kind="lead" if lead >= 0 else "overdue",
        due_at=at,
        payload={"due": deadline.due.isoformat()},
        contact_id=contact.id,
        company_id=deadline.company_id,
        deadline_id=deadline.id,
        revision=deadline.revision,
        lead=lead,
        not_after=end,
    )


def _key(plan: Plan, lead: int) -> str:
    """One reminder, ever. The due day is in it: a moved deadline is reminded of afresh, one that is
    read in again with the same day is not."""
    name = f"L{lead}" if lead >= 0 else f"O{-lead}"
    return f"d{plan.deadline.id}:{plan.deadline.due.isoformat()}:c{plan.contact.id}:{name}"

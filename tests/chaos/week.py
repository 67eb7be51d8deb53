"""Seven simulated days: every reminder at its contact's local hour, none twice, none missing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.messages import Reply
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.notices import Composer
from bot.reminders.planner import Planner
from bot.reminders.sending import Ending, SendResult
from storage.opening import MEMORY, open_store
from storage.records import Company, Contact, Deadline, Membership, Subscription
from storage.sql.store import SqlStore
from storage.sql.tables import COMPANY, CONTACT, DEADLINE, MEMBERSHIP, SUBSCRIPTION, Table
from storage.store import Store
from tests.bot.reminders.house import describe

BEGIN = datetime(2030, 5, 5, 12, tzinfo=UTC)  # a Sunday
END = BEGIN + timedelta(days=7)
ZONES = tuple(
    ZoneInfo(name) for name in ("Asia/Shanghai", "Asia/Kathmandu", "Europe/Berlin", "America/Sao_Paulo")
)
LEADS = (3, 1, 0)
OVERDUE = (-1, -3)  # the first two days after, of which a week can hear
BEGUN = BEGIN.date() - timedelta(days=20)
_STEP = timedelta(minutes=15)
_SPREAD = timedelta(minutes=20)  # in a storm
_PLAN_EVERY = timedelta(days=1)
_DAYS = 9  # local days that the week touches, and one to spare
_MOST = 255  # copies that are counted
_AT_ONCE = 500  # contacts that arrive together

Progress = Callable[[str, int, int], None]  # what is being done, how much of it, of how much


@dataclass(frozen=True, slots=True)
class Week:
    """What a week, or what was lived of it, came to. ``late``: sent other than within the step or the storm's
    spread of its hour."""

    contacts: int
    expected: int
    sent: int
    missing: int
    doubled: int
    late: int
    lived: timedelta

    @property
    def is_kept(self) -> bool:
        """Whether every reminder came at its hour, once."""
        return not (self.missing or self.doubled or self.late)


class _Post:
    """Counts what people see, a byte for each contact and day, however many they are."""

    channel = "web"

    def __init__(self, contacts: int) -> None:
        self.now = BEGIN
        self.sent = 0
        self.late = 0
        self.seen = bytearray(contacts * _DAYS)

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        """Keep the contact's local day, and look at the clock."""
        n = int(chat.partition(":")[2])
        local = self.now.astimezone(_zone(n))
        hour = datetime.combine(local.date(), _hour(n), _zone(n))
        self.late += not timedelta() <= self.now - hour <= _SPREAD + _STEP
        place = _place(n, local.date())
        self.seen[place] = min(_MOST, self.seen[place] + 1)
        self.sent += 1
        await asyncio.sleep(0)  # where Ctrl-C is heard
        return SendResult(Ending.SENT, str(delivery_id))


def _quietly(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


async def live_through(contacts: int, database: str = MEMORY, progress: Progress = _quietly) -> Week:
    """Live through the week with so many contacts, each with a company and a deadline of its own. Broken
    off, it judges what was lived until then."""
    store, post = open_store(database), _Post(contacts)
    assert isinstance(store, SqlStore)
    await store.open()
    try:
        for start in range(0, contacts, _AT_ONCE):
            end = min(start + _AT_ONCE, contacts)
            await _found(store, range(start, end))
            progress("contacts arrive", end, contacts)
        await _live(store, post, progress)
    except (KeyboardInterrupt, asyncio.CancelledError):
        # Ctrl-C, as the event loop passes it on: what was lived is judged.
        pass
    finally:
        await store.close()
    return _judge(contacts, post)


async def _live(store: Store, post: _Post, progress: Progress) -> None:
    planner = Planner(store, leads=LEADS)
    dispatcher = Dispatcher(store, [post], Composer(describe), owner="week")
    while post.now < END:
        if (post.now - BEGIN) % _PLAN_EVERY == timedelta():
            await planner.run(post.now)
        await dispatcher.drain(lambda: post.now)
        post.now += _STEP
        progress("quarters of an hour", (post.now - BEGIN) // _STEP, (END - BEGIN) // _STEP)


async def _found(store: SqlStore, numbers: range) -> None:
    """Each with a company, a deadline and a wish, as if each had talked."""
    rows: dict[Table[Any], list[Any]] = {
        COMPANY: [Company(f"c{n}", f"Company {n}") for n in numbers],
        CONTACT: [
            Contact(f"p{n}", f"web:{n}", timezone=_zone(n).key, preferred=_hour(n), company_id=f"c{n}")
            for n in numbers
        ],
        MEMBERSHIP: [Membership(f"p{n}", f"c{n}") for n in numbers],
        DEADLINE: [
            Deadline(f"d{n}", f"c{n}", "first", "do it", "begun", BEGUN, _due(n), since=BEGIN)
            for n in numbers
        ],
        SUBSCRIPTION: [Subscription(f"w{n}", f"p{n}", f"c{n}", since=BEGIN) for n in numbers],
    }
    async with store.writing() as session:
        for table, records in rows.items():
            dump = session.shape(table).dump
            await session.change_each(table.insertion(), [dump(record) for record in records])


def _judge(contacts: int, post: _Post) -> Week:
    expected = missing = 0
    for n in range(contacts):
        days = _days(n, post.now)
        expected += len(days)
        missing += sum(not post.seen[_place(n, day)] for day in days)
    doubled = sum(copies - 1 for copies in post.seen if copies)
    return Week(contacts, expected, post.sent, missing, doubled, post.late, post.now - BEGIN)


def _due(n: int) -> date:
    """A due day so that all of the leads fall into the week."""
    return BEGIN.date() + timedelta(days=4 + n % 3)


def _hour(n: int) -> time:
    return time(8 + n % 10)


def _zone(n: int) -> ZoneInfo:
    return ZONES[n % len(ZONES)]


def _place(n: int, day: date) -> int:
    return n * _DAYS + (day - BEGIN.date()).days


def _days(n: int, until: datetime) -> list[date]:
    """The local days on which contact n hears of its deadline in what was lived of the week."""
    days = [_due(n) - timedelta(days=lead) for lead in (*LEADS, *OVERDUE)]
    end = until - _SPREAD - _STEP
    return [day for day in days if BEGIN < datetime.combine(day, _hour(n), _zone(n)) < end]

"""Seven simulated days: every reminder at its contact's local hour, none twice, none missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.messages import Reply
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.notices import Composer
from bot.reminders.planner import Planner
from bot.reminders.sending import Ending, SendResult
from storage.opening import MEMORY, open_store
from storage.records import Company, Deadline, Membership, Subscription
from storage.store import Store
from tests.bot.reminders.house import describe

BEGIN = datetime(2030, 5, 5, 12, tzinfo=UTC)  # a Sunday
ZONES = ("Asia/Shanghai", "Asia/Kathmandu", "Europe/Berlin", "America/Sao_Paulo")
LEADS = (3, 1, 0)
_STEP = timedelta(minutes=15)
_PLAN_EVERY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Week:
    """What a week came to. ``late``: sent other than within the step or the storm's spread of its hour."""

    contacts: int
    expected: int
    sent: int
    missing: int
    doubled: int
    late: int


class _Sender:
    channel = "web"

    def __init__(self) -> None:
        self.now = BEGIN
        self.seen: list[tuple[str, datetime]] = []

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        self.seen.append((chat, self.now))
        return SendResult(Ending.SENT, str(delivery_id))


def _due(n: int) -> date:
    """A due day so that all of the leads fall into the week."""
    return BEGIN.date() + timedelta(days=4 + n % 3)


def _hour(n: int) -> time:
    return time(8 + n % 10)


async def live_through(contacts: int) -> Week:
    """Live through the week with so many contacts, each with a company and a deadline of its own."""
    store, sender = open_store(MEMORY), _Sender()
    await store.open()
    for n in range(contacts):
        await _found(store, n)
    planner, dispatcher = (
        Planner(store, leads=LEADS),
        Dispatcher(store, [sender], Composer(describe), owner="week"),
    )
    while sender.now < BEGIN + timedelta(days=7):
        if (sender.now - BEGIN) % _PLAN_EVERY == timedelta():
            await planner.run(sender.now)
        await dispatcher.drain(lambda: sender.now)
        sender.now += _STEP
    await store.close()
    return _judge(contacts, sender.seen)


async def _found(store: Store, n: int) -> None:
    async with store.talk(f"web:{n}", at=BEGIN) as talk:
        person = talk.contact = replace(talk.contact, timezone=ZONES[n % 4], preferred=_hour(n))
        talk.companies[f"c{n}"] = Company(f"c{n}", f"Company {n}")
        talk.members[person.id, f"c{n}"] = Membership(person.id, f"c{n}")
        begun = BEGIN.date() - timedelta(days=20)
        talk.deadlines[f"d{n}"] = Deadline(f"d{n}", f"c{n}", "first", "do it", "begun", begun, _due(n))
        talk.subscriptions[f"w{n}"] = Subscription(f"w{n}", person.id, f"c{n}")


def _judge(contacts: int, seen: list[tuple[str, datetime]]) -> Week:
    got = Counter((chat, when.astimezone(_zone(chat)).date()) for chat, when in seen)
    wanted = {(f"web:{n}", day): _hour(n) for n in range(contacts) for day in _days(n)}
    late = 0
    for chat, when in seen:
        local = when.astimezone(_zone(chat))
        begun = datetime.combine(local.date(), _hour(int(chat[4:])), _zone(chat))
        late += not timedelta() <= when - begun <= timedelta(minutes=20) + _STEP
    missing = sum(key not in got for key in wanted)
    doubled = sum(count - 1 for count in got.values())
    return Week(contacts, len(wanted), len(seen), missing, doubled, late)


def _zone(chat: str) -> ZoneInfo:
    return ZoneInfo(ZONES[int(chat[4:]) % 4])


def _days(n: int) -> list[date]:
    """The local days of the week on which contact n hears of its deadline."""
    zone, hour, due = ZoneInfo(ZONES[n % 4]), _hour(n), _due(n)
    days = [due - timedelta(days=lead) for lead in (*LEADS, -1, -3)]
    end = BEGIN + timedelta(days=7) - timedelta(minutes=20) - _STEP
    return [day for day in days if BEGIN < datetime.combine(day, hour, zone) < end]

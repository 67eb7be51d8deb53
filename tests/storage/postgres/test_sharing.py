"""Several processes on one database: the work is shared, each message goes out once, and what a killed
or cut-off sender leaves is taken over or flagged."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from storage.errors import StoreUnavailable
from storage.postgres import PostgresStore, talks
from storage.records import Company, Delivery, Invitation, Membership
from storage.store import Settlement
from tests.storage.people import LEASE, NOW, delivery, found, stored

pytestmark = pytest.mark.usefixtures("closing")
ROOT = Path(__file__).parents[3]
SOON = timedelta(milliseconds=300)


def now() -> datetime:
    """The real time: leases here go by the database's clock."""
    return datetime.now(UTC)


async def opened(url: str) -> PostgresStore:
    """An open store, as a process of its own would have it."""
    store = PostgresStore(url)
    await store.open()
    return store


async def work(store: PostgresStore, owner: str, sent: list[tuple[str, int]], chats: Counter[str]) -> None:
    """Send what is due until nothing is left."""
    while rows := await store.claim(owner, now=now(), lease=LEASE, limit=5):
        for row in rows:
            if await store.begin(row, now=now()):
                chats[row.chat] += 1
                assert chats[row.chat] == 1  # nobody else is talking to this chat
                await asyncio.sleep(0)
                sent.append((owner, row.id))
                chats[row.chat] -= 1
                assert await store.settle(row, Settlement("sent", now()))


async def test_workers_share_the_rows_and_send_each_once(postgres_url: str) -> None:
    stores = [await opened(postgres_url) for _ in range(4)]
    await stores[0].enqueue([delivery(f"k{n}", chat=f"web:{n % 20}", at=now()) for n in range(120)])
    sent: list[tuple[str, int]] = []
    chats: Counter[str] = Counter()
    for _ in range(20):  # a worker that found all chats busy comes again
        await asyncio.gather(*(work(store, f"w{n}", sent, chats) for n, store in enumerate(stores)))
    assert sorted(row for _, row in sent) == list(range(1, 121))
    assert len({owner for owner, _ in sent}) > 1
    for store in stores:
        await store.close()


async def test_two_workers_never_hold_rows_of_one_chat(postgres_url: str) -> None:
    one, two = await opened(postgres_url), await opened(postgres_url)
    await one.enqueue([delivery(f"k{n}", at=now()) for n in range(8)])
    for _ in range(10):
        claims = await asyncio.gather(
            *(store.claim(name, now=now(), lease=LEASE, limit=1) for store, name in ((one, "1"), (two, "2")))
        )
        rows = [row for rows in claims for row in rows]
        assert len({row.owner for row in rows}) <= 1
        for row in rows:
            store = one if row.owner == "1" else two
            await store.settle(row, Settlement("pending", now(), counted=False))
    await one.close()
    await two.close()


async def recovered(store: PostgresStore) -> tuple[int, int]:
    """What is taken back once leases are over, looked at again and again."""
    for _ in range(200):
        if (found := await store.recover(now=now())) != (0, 0):
            return found
        await asyncio.sleep(0.05)
    return 0, 0


KILLED = """
import asyncio, sys
from datetime import UTC, datetime, timedelta
from storage.postgres import PostgresStore

async def main():
    store = PostgresStore(sys.argv[1])
    await store.open()
    now = datetime.now(UTC)
    rows = await store.claim("killed", now=now, lease=timedelta(seconds=float(sys.argv[2])), limit=2)
    assert await store.begin(rows[0], now=now)
    print("ready", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_what_a_killed_worker_held_is_taken_over_after_its_lease(postgres_url: str) -> None:
    store = await opened(postgres_url)
    await store.enqueue([delivery(f"k{n}", chat=f"web:{n}", at=now()) for n in range(3)])
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, postgres_url, "1.0", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert worker.stdout is not None
    assert await worker.stdout.readline() == b"ready\n"
    os.kill(worker.pid, signal.SIGKILL)
    await worker.wait()
    assert await store.recover(now=now()) == (0, 0)
    [free] = await store.claim("other", now=now(), lease=LEASE, limit=9)
    await store.settle(free, Settlement("skipped", now()))
    assert await recovered(store) == (1, 1)
    [taken] = await store.claim("other", now=now(), lease=LEASE, limit=9)
    states = {row.id: row.state for row, _ in await store.journal()}
    assert sorted(states.values()) == ["claimed", "skipped", "uncertain"]
    assert states[taken.id] == "claimed"
    await store.close()


async def test_a_clock_that_is_wrong_takes_no_lease_away(postgres_url: str) -> None:
    store = await opened(postgres_url)
    await store.enqueue([delivery(at=now())])
    [row] = await store.claim("right", now=now(), lease=LEASE, limit=1)
    assert await store.recover(now=now() + timedelta(hours=1)) == (0, 0)
    assert await store.begin(row, now=now() + timedelta(hours=1))
    await store.close()


async def test_a_clock_that_is_wrong_takes_no_role_away(postgres_url: str) -> None:
    one, two = await opened(postgres_url), await opened(postgres_url)
    assert await one.hold("sender", "one", now=now(), lease=LEASE)
    assert not await two.hold("sender", "two", now=now() + timedelta(days=1), lease=LEASE)
    assert await one.hold("sender", "one", now=now() - timedelta(days=1), lease=SOON)
    await asyncio.sleep(2 * SOON.total_seconds())
    assert await two.hold("sender", "two", now=now() - timedelta(days=1), lease=LEASE)
    await one.close()
    await two.close()


async def test_processes_that_join_at_once_let_one_in(postgres_url: str) -> None:
    stores = [await opened(postgres_url) for _ in range(3)]
    await found(stores[0])
    async with stores[0].talk("web:ann", at=NOW) as talk:
        talk.invitations.append(Invitation("i", "acme", talk.contact.id, NOW, NOW + LEASE))
    joined = await asyncio.gather(
        *(store.join("i", f"web:{n}{m}", at=NOW) for n, store in enumerate(stores) for m in range(3))
    )
    assert sum(company is not None for company in joined) == 1
    assert len(await stores[0].contacts("acme")) == 2
    for store in stores:
        await store.close()


async def cut(url: str) -> None:
    """End every other connection to the database."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where application_name = 'xize' and pid <> pg_backend_pid()"
        )


async def sending(store: PostgresStore, lease: timedelta) -> Delivery:
    """A delivery that is on its way."""
    await store.enqueue([delivery(at=now())])
    [row] = await store.claim("me", now=now(), lease=lease, limit=1)
    assert await store.begin(row, now=now())
    return row


async def test_a_connection_cut_before_the_end_is_known_leaves_an_uncertain_row(postgres_url: str) -> None:
    store = await opened(postgres_url)
    row = await sending(store, SOON)
    await cut(postgres_url)
    assert await recovered(store) == (0, 1)
    assert (await stored(store, row.id)).state == "uncertain"
    assert await store.claim("other", now=now() + LEASE * 2, lease=LEASE, limit=9) == []
    await store.close()


async def test_connections_that_were_cut_are_replaced_without_a_word(postgres_url: str) -> None:
    store = await opened(postgres_url)
    row = await sending(store, LEASE)
    await cut(postgres_url)
    assert await store.settle(row, Settlement("sent", now()))
    await cut(postgres_url)
    assert (await stored(store, row.id)).state == "sent"
    await store.close()


async def test_a_talk_whose_connection_is_cut_is_undone_and_can_be_repeated(postgres_url: str) -> None:
    store = await opened(postgres_url)

    async def say() -> None:
        async with store.talk("web:ann", at=NOW, update="u1") as talk:
            talk.outbox.append(delivery())
            if not cuts:
                cuts.append(1)
                await cut(postgres_url)

    cuts: list[int] = []
    with pytest.raises(StoreUnavailable):
        await say()
    assert await store.journal() == []
    await say()
    assert len(await store.journal()) == 1
    await store.close()


async def test_a_server_that_is_away_is_reported_not_waited_for_for_ever(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await opened(postgres_url)
    assert store._pool is not None
    monkeypatch.setattr(store._pool, "timeout", 0.05)
    held = [await store._pool.getconn() for _ in range(10)]
    with pytest.raises(StoreUnavailable):
        await store.waiting()
    for connection in held:
        await store._pool.putconn(connection)
    assert await store.waiting() == []
    await store.close()


async def test_a_talk_that_finds_no_place_says_so_in_the_end(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await opened(postgres_url)
    monkeypatch.setattr(talks, "_PATIENCE", 0.05)
    full = asyncio.Semaphore(1)
    monkeypatch.setattr(store, "_places", full)
    async with full:
        with pytest.raises(StoreUnavailable, match="too many talks"):
            async with store.talk("web:ann", at=NOW):
                pytest.fail("the block must not run")
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.contact.chat == "web:ann"
    await store.close()


async def test_processes_that_share_a_company_take_turns(postgres_url: str) -> None:
    one, two = await opened(postgres_url), await opened(postgres_url)
    async with one.talk("web:bob", at=NOW) as talk:
        bob = talk.contact.id
    async with one.talk("web:ann", at=NOW) as talk:
        talk.companies["acme"] = Company("acme")
        for contact_id in (talk.contact.id, bob):
            talk.members[contact_id, "acme"] = Membership(contact_id, "acme")

    async def rename(store: PostgresStore, chat: str) -> None:
        async with store.talk(chat, at=NOW) as talk:
            name = talk.companies["acme"].name
            await asyncio.sleep(0.01)
            talk.companies["acme"] = Company("acme", f"{name}x")

    await asyncio.gather(*(rename(*who) for who in ((one, "web:ann"), (two, "web:bob")) for _ in range(4)))
    async with one.talk("web:ann", at=NOW) as talk:
        assert talk.companies["acme"].name == "x" * 8
    await one.close()
    await two.close()


async def test_a_chat_that_joins_a_company_while_it_waits_lines_up_again(postgres_url: str) -> None:
    one, two = await opened(postgres_url), await opened(postgres_url)
    async with one.talk("web:bob", at=NOW) as talk:
        bob = talk.contact.id
    async with one.talk("web:ann", at=NOW) as talk:
        ann = talk.contact.id
        talk.companies["acme"] = Company("acme")
        talk.members[ann, "acme"] = Membership(ann, "acme")
        talk.members[bob, "acme"] = Membership(bob, "acme")
    started = asyncio.Event()

    async def join() -> None:
        async with one.talk("web:ann", at=NOW) as talk:
            started.set()
            await asyncio.sleep(0.1)
            talk.companies["b"] = Company("b")
            for contact_id in (ann, bob):
                talk.members[contact_id, "b"] = Membership(contact_id, "b")

    async def look() -> set[str]:
        await started.wait()
        async with two.talk("web:bob", at=NOW) as talk:
            return set(talk.companies)

    _, seen = await asyncio.gather(join(), look())
    assert seen == {"acme", "b"}
    await one.close()
    await two.close()


async def test_many_talks_of_one_chat_leave_room_for_everything_else(postgres_url: str) -> None:
    store = await opened(postgres_url)

    async def count() -> None:
        async with store.talk("web:ann", at=NOW) as talk:
            await store.contact_state("web:eve", "active")
            seen = talk.contact.session.get("seen", 0)
            talk.contact = replace(talk.contact, session={"seen": seen + 1})

    await asyncio.gather(*(count() for _ in range(30)))
    async with store.talk("web:ann", at=NOW) as talk:
        assert talk.contact.session == {"seen": 30}
    await store.close()

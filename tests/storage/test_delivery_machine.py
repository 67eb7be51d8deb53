"""Any order of claims, sends, deaths, answers and clocks: nothing is sent again that may have arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from storage.opening import MEMORY, open_store
from storage.postgres import PostgresStore
from storage.records import Delivery
from storage.store import Settlement, Store
from tests.storage.people import LEASE, NOW, delivery

OWNERS = st.sampled_from(["one", "two"])
# From state to state in one step.
STEPS = {
    "pending": {"pending", "claimed", "skipped"},
    "claimed": {"claimed", "pending", "sending", "skipped"},
    "sending": {"sending", "sent", "pending", "uncertain", "skipped"},
    "uncertain": {"uncertain", "sent", "closed"},
    "sent": {"sent"},
    "skipped": {"skipped", "pending"},
    "closed": {"closed"},
}


class Deliveries(RuleBasedStateMachine):
    """The store under two senders that may die at any point."""

    claims = Bundle("claims")

    def __init__(self, make_store: Callable[[], Store]) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.store = make_store()
        self.now = NOW
        self.states: dict[int, str] = {}
        self.open_sends: dict[int, int] = {}  # delivery id -> epoch of a send that may have arrived
        self.keys: set[str] = set()
        self.runner.run(self.store.open())

    def teardown(self) -> None:
        """Let go of the store."""
        self.runner.run(self.store.close())
        self.runner.close()

    @rule(key=st.sampled_from("abcdef"), chat=st.sampled_from(["web:ann", "web:bob"]))
    def enqueue(self, key: str, chat: str) -> None:
        """Plan a delivery, maybe again."""
        new = self.runner.run(self.store.enqueue([delivery(key, chat=chat, at=NOW)]))
        assert new == (key not in self.keys)
        self.keys.add(key)

    @rule(target=claims, owner=OWNERS, limit=st.integers(1, 3))
    def claim(self, owner: str, limit: int) -> object:
        """A sender takes what is due."""
        rows = self.runner.run(self.store.claim(owner, now=self.now, lease=LEASE, limit=limit))
        assert all(row.state == "claimed" and row.owner == owner for row in rows)
        return multiple(*rows)

    @rule(row=claims)
    def begin(self, row: Delivery) -> None:
        """A sender, maybe a stale one, wants to send. What it may send counts as seen."""
        if self.runner.run(self.store.begin(row, now=self.now)):
            assert row.id not in self.open_sends
            self.open_sends[row.id] = row.epoch

    @rule(row=claims, state=st.sampled_from(["sent", "pending", "uncertain", "skipped"]))
    def settle(self, row: Delivery, state: str) -> None:
        """A sender, maybe a stale one, tells how it ended."""
        was = self.states.get(row.id)
        done = self.runner.run(self.store.settle(row, Settlement(state, self.now, retry_at=self.now)))  # type: ignore[arg-type]
        if done and was == "sending" and state in ("pending", "skipped"):
            assert self.open_sends.pop(row.id) == row.epoch  # certainly not sent

    @rule(seconds=st.sampled_from([-30, 1, 61, 3600]))
    def pass_time(self, seconds: int) -> None:
        """Time goes on, or the clock is set."""
        self.now += timedelta(seconds=seconds)

    @rule()
    def recover(self) -> None:
        """Somebody takes back what is left over."""
        self.runner.run(self.store.recover(now=self.now))

    @rule(ids=st.lists(st.integers(1, 6), max_size=2), reason=st.sampled_from(["superseded", "coalesced"]))
    def skip(self, ids: list[int], reason: str) -> None:
        """The planner puts something aside."""
        self.runner.run(self.store.skip(ids, reason))

    @rule(state=st.sampled_from(["sent", "closed"]))
    def decide(self, state: str) -> None:
        """The fate of what is uncertain is decided."""
        later = self.now + timedelta(days=1)
        for row in self.runner.run(self.store.uncertain(before=later)):
            assert self.runner.run(self.store.decide(row, state, "decided"))  # type: ignore[arg-type]

    @invariant()
    def states_follow_the_arrows(self) -> None:
        """No row makes a step that is not in the table, and none is ever lost."""
        journal = self.runner.run(self.store.journal())
        assert {row.dedupe_key for row, _ in journal} == self.keys
        for row, attempts in journal:
            before = self.states.get(row.id, "pending")
            assert row.state in STEPS[before]
            assert (row.state in ("sending", "sent", "uncertain", "closed")) == (row.id in self.open_sends)
            assert [attempt.n for attempt in attempts] == list(range(1, len(attempts) + 1))
            assert (row.state == "sending") == any(attempt.outcome == "sending" for attempt in attempts)
            self.states[row.id] = row.state


def run(make_store: Callable[[], Store], examples: int) -> None:
    """Try so many orders of events, each on an empty store."""
    limits = settings(max_examples=examples, stateful_step_count=40, deadline=None)
    machine: Any = partial(Deliveries, make_store)  # called for each try; the hint says a class
    run_state_machine_as_test(machine, settings=limits)


def test_in_memory() -> None:
    run(lambda: open_store(MEMORY), 60)


def test_on_postgresql(postgres_url: str) -> None:
    asyncio.run(_prepare(postgres_url))

    def emptied() -> Store:
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute("truncate delivery restart identity cascade")
        return PostgresStore(postgres_url, own_clock=False)

    run(emptied, 20)


async def _prepare(url: str) -> None:
    store = PostgresStore(url)
    await store.open()
    await store.close()

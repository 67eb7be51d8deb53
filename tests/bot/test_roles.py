"""A role that one process of several has: taken, kept, lost, given up."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.roles import LEASE, Role
from storage.errors import StoreUnavailable
from storage.store import Store

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


async def test_of_two_processes_one_has_the_role(store: Store) -> None:
    first, second = Role(store, "poller", "a"), Role(store, "poller", "b")
    assert [await first.held(NOW), await second.held(NOW)] == [True, False]
    later = NOW + LEASE
    assert [await first.held(later), await second.held(later)] == [True, False]


async def test_the_role_of_a_process_that_died_is_taken_over_with_its_lease(store: Store) -> None:
    first, second = Role(store, "poller", "a"), Role(store, "poller", "b")
    await first.held(NOW)
    assert not await second.held(NOW + LEASE - timedelta(seconds=1))
    assert await second.held(NOW + LEASE + timedelta(seconds=5))


async def test_a_process_that_slept_too_long_finds_its_role_taken(store: Store) -> None:
    first, second = Role(store, "poller", "a"), Role(store, "poller", "b")
    await first.held(NOW)
    late = NOW + 2 * LEASE
    assert await second.held(late)
    assert not await first.held(late)


async def test_who_gives_a_role_up_need_not_be_waited_for(store: Store) -> None:
    first, second = Role(store, "poller", "a"), Role(store, "poller", "b")
    await first.held(NOW)
    await first.let_go()
    assert await second.held(NOW)


async def test_who_has_no_role_takes_none_away_by_giving_up(store: Store) -> None:
    first, second = Role(store, "poller", "a"), Role(store, "poller", "b")
    await first.held(NOW)
    await second.held(NOW)
    await second.let_go()
    assert not await second.held(NOW + timedelta(seconds=6))


async def test_between_renewals_the_store_is_left_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    role, asked = Role(store, "poller", "a"), []
    hold = store.hold

    async def counted(*given: str, now: datetime, lease: timedelta) -> bool:
        asked.append(now)
        return await hold(*given, now=now, lease=lease)

    monkeypatch.setattr(store, "hold", counted)
    for second in range(30):
        assert await role.held(NOW + timedelta(seconds=second))
    assert len(asked) == 6


async def test_a_store_that_is_away_leaves_nobody_the_role(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = Role(store, "poller", "a")
    await role.held(NOW)

    async def fail(*given: object, **more: object) -> bool:
        raise StoreUnavailable("gone")

    monkeypatch.setattr(store, "hold", fail)
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            await role.held(NOW + LEASE)


async def test_a_role_that_cannot_be_given_up_ends_with_its_lease(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    role = Role(store, "poller", "a")
    await role.held(NOW)

    async def fail(*given: object) -> None:
        raise StoreUnavailable("gone")

    monkeypatch.setattr(store, "let_go", fail)
    await role.let_go()
    assert "ends with its lease" in caplog.text

"""One password, asked slowly; passes that are ours, for a while, until they are given back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.gate import LASTS, Gate, Pass, network_of
from tests.bot.console.house import NOW, PASSWORD, ConsoleHouse


def entered(gate: Gate) -> Pass:
    held = gate.enter(PASSWORD)
    assert held is not None
    return held


async def test_the_right_password_gives_a_new_pass_each_time(house: ConsoleHouse) -> None:
    gate = house.desk.gate
    first, second = entered(gate), entered(gate)
    assert first.id != second.id
    assert await gate.read(await gate.cookie(first)) == first
    assert await gate.token(first) != await gate.token(second)


@pytest.mark.parametrize("wrong", ["", PASSWORD + " ", PASSWORD.upper(), "密码"])
def test_another_password_gives_none(house: ConsoleHouse, wrong: str) -> None:
    assert house.desk.gate.enter(wrong) is None


async def test_a_pass_ends_by_itself(house: ConsoleHouse) -> None:
    gate = house.desk.gate
    cookie = await gate.cookie(entered(gate))
    house.now = NOW + LASTS - timedelta(seconds=1)
    assert await gate.read(cookie) is not None
    house.now = NOW + LASTS
    assert await gate.read(cookie) is None


async def test_a_pass_given_back_opens_nothing_and_others_stay(house: ConsoleHouse) -> None:
    gate = house.desk.gate
    left, kept = entered(gate), entered(gate)
    cookie = await gate.cookie(left)
    await gate.leave(left)
    assert await gate.read(cookie) is None
    assert await gate.read(await gate.cookie(kept)) == kept


async def test_another_process_of_the_store_takes_the_same_pass(house: ConsoleHouse) -> None:
    held = entered(house.desk.gate)
    other = Gate(house.store, PASSWORD, lambda: NOW)
    assert await other.read(await house.desk.gate.cookie(held)) == held


async def test_a_changed_password_ends_every_pass(house: ConsoleHouse) -> None:
    cookie = await house.desk.gate.cookie(entered(house.desk.gate))
    assert await Gate(house.store, "another one", lambda: NOW).read(cookie) is None


async def test_a_guest_cannot_make_an_operator_of_himself(house: ConsoleHouse) -> None:
    gate = house.desk.gate
    cookie = await gate.cookie(gate.guest())
    assert await gate.read(cookie.replace("guest", "operator")) is None
    held = await gate.read(cookie)
    assert held is not None
    assert not held.is_operator


async def test_a_token_fits_its_own_pass_alone(house: ConsoleHouse) -> None:
    gate = house.desk.gate
    held, guest = entered(gate), gate.guest()
    assert await gate.fits(held, await gate.token(held))
    assert not await gate.fits(held, await gate.token(guest))
    assert not await gate.fits(held, "é")


@given(st.text(max_size=120))
async def test_no_made_up_cookie_is_a_pass(cookie: str) -> None:
    class Empty:
        async def bookmark(self, name: str) -> str:
            return "00" * 32

    assert await Gate(Empty(), PASSWORD, lambda: NOW).read(cookie) is None  # type: ignore[arg-type]


def test_tries_are_few_for_an_address_and_come_back_with_time(house: ConsoleHouse) -> None:
    gate = house.desk.gate
    waits = [gate.wait("203.0.113.7") for _ in range(7)]
    assert waits[0] == 0.0
    assert waits[-1] > 0.0
    assert gate.wait("203.0.113.8") == 0.0
    house.now += timedelta(minutes=10)
    assert gate.wait("203.0.113.7") == 0.0


def test_guessing_from_everywhere_is_slow_too(house: ConsoleHouse) -> None:
    waits = [house.desk.gate.wait(f"198.51.{n // 200}.{n % 200}") for n in range(100)]
    assert waits[-1] > 0.0


def test_addresses_of_one_household_are_one_guesser() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1")
    assert network_of("2001:db8::1") != network_of("2001:db8:0:1::1")
    assert network_of("203.0.113.7") == "203.0.113.7"
    assert network_of("") == ""

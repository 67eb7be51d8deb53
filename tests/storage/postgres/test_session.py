"""Statements and values on their way to PostgreSQL and back."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.postgres import PostgresStore
from storage.postgres.session import CODECS, in_dialect
from storage.sql.tables import Kind

pytestmark = pytest.mark.usefixtures("closing")


def test_marks_become_numbers_each_of_its_own() -> None:
    assert in_dialect("a = ?2 and b = ?1 and c = ?2", False) == (b"a = $1 and b = $2 and c = $3", (1, 0, 1))
    assert in_dialect("a = ? and b = ?", False) == (b"a = $1 and b = $2", (0, 1))
    assert in_dialect("a = :x or b = :x", False) == (b"a = $1 or b = $2", ("x", "x"))


def test_leases_go_by_the_database_or_by_the_caller() -> None:
    assert in_dialect("t <= :clock", True) == (b"t <= statement_timestamp()", ())
    assert in_dialect("t <= :clock", False) == (b"t <= $1", ("clock",))


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(TypeError):
        CODECS[Kind.MOMENT][0](datetime(2030, 1, 1))  # noqa: DTZ001


async def test_what_the_database_cannot_hold_is_replaced_not_refused(postgres_url: str) -> None:
    store = PostgresStore(postgres_url)
    await store.open()
    await store.set_bookmark("a", "x\x00y")
    await store.set_bookmark("b", "x\ud800y")
    assert await store.bookmark("a") == "x\ufffdy"
    assert await store.bookmark("b") == "x?y"
    await store.close()


@given(st.text(alphabet="ab ?:1", max_size=12))
def test_every_mark_gets_a_place(statement: str) -> None:
    text, places = in_dialect(statement, False)
    assert text.count(b"$") == len(places)

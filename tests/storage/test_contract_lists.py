"""Published lists, whom they speak of, and what was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.records import ListedCompany, Listing, PublishedList
from storage.store import Store
from tests.storage.people import NOW, found, join

DAY = date(2030, 4, 1)
LIST = PublishedList("l1", "2030 list", DAY, NOW)
ROWS = (
    ListedCompany("r1", "l1", 2, "Acme", "91440300", "north", "plating", "mandatory", DAY),
    ListedCompany("r2", "l1", 3, "Other"),
)
LISTING = Listing("r1", "acme", "2030 list", 2, "Acme", DAY, "plating", "mandatory", "91440300")


@pytest.fixture
async def listed(store: Store) -> Store:
    """A company that a list speaks of."""
    await found(store)
    await store.publish(LIST, ROWS)
    await store.list_for([LISTING])
    return store


async def test_a_list_is_kept_with_its_rows(listed: Store) -> None:
    assert await listed.published() == [LIST]
    assert await listed.listed("l1") == list(ROWS)
    assert await listed.listings("l1") == [LISTING]


async def test_the_same_list_again_changes_nothing(listed: Store) -> None:
    assert await listed.publish(replace(LIST, loaded_at=NOW + timedelta(days=1)), ROWS) == 0
    assert await listed.list_for([LISTING]) == 0
    assert await listed.published() == [LIST]


async def test_only_what_is_new_is_added(listed: Store) -> None:
    more = ListedCompany("r3", "l1", 4, "Third")
    assert await listed.publish(LIST, (*ROWS, more)) == 1
    assert [row.id for row in await listed.listed("l1")] == ["r1", "r2", "r3"]


async def test_nothing_to_keep_is_nothing(store: Store) -> None:
    assert (await store.publish(LIST, ()), await store.list_for([])) == (0, 0)


async def test_the_latest_list_comes_first(listed: Store) -> None:
    await listed.publish(replace(LIST, id="l2", published_on=DAY + timedelta(days=1)), ())
    assert [item.id for item in await listed.published()] == ["l2", "l1"]


async def test_a_contact_of_the_company_sees_the_line_and_answers_it(listed: Store) -> None:
    async with listed.talk("web:ann", at=NOW) as talk:
        assert talk.listings == {("r1", "acme"): LISTING}
        answered = replace(LISTING, state="yes", contact_id=talk.contact.id, answered_at=NOW)
        talk.listings["r1", "acme"] = answered
    assert await listed.listings("l1") == [answered]
    assert await listed.list_for([LISTING]) == 0
    assert (await listed.listings("l1"))[0].state == "yes"


async def test_others_see_nothing_of_it(listed: Store) -> None:
    await found(listed, "web:eve", company="evil")
    async with listed.talk("web:eve", at=NOW) as talk:
        assert talk.listings == {}


async def test_forgetting_the_contact_keeps_the_answer_without_the_name(listed: Store) -> None:
    ann = await found(listed)
    await join(listed, "web:bob")
    async with listed.talk("web:ann", at=NOW) as talk:
        talk.listings["r1", "acme"] = replace(LISTING, state="no", contact_id=ann, answered_at=NOW)
    async with listed.talk("web:ann", at=NOW) as talk:
        talk.erase = True
    assert [(item.state, item.contact_id) for item in await listed.listings("l1")] == [("no", None)]


async def test_a_company_that_is_forgotten_is_spoken_of_no_more(listed: Store) -> None:
    async with listed.talk("web:ann", at=NOW) as talk:
        talk.erase = True
    assert await listed.listings("l1") == []
    assert len(await listed.listed("l1")) == 2


async def test_companies_come_page_by_page(store: Store) -> None:
    for name in ("c", "a", "b"):
        await found(store, f"web:{name}", company=name)
    assert [company.name for company in await store.companies(limit=2)] == ["A", "B"]
    assert [company.id for company in await store.companies("b")] == ["c"]

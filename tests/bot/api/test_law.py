"""The law's addresses: pages, one provision, search, and copies that stay right."""

from __future__ import annotations

import httpx
import pytest

from bot.app import load_sources
from tests.bot.api.house import ApiHouse


async def test_all_provisions_come_page_by_page_each_once(api: httpx.AsyncClient) -> None:
    seen: list[str] = []
    after: str | None = None
    while True:
        page = (
            await api.get("/provisions", params={"limit": 40, **({"after": after} if after else {})})
        ).json()
        seen += [line["ref"] for line in page["provisions"]]
        after = page["next"]
        if after is None:
            break

    library = load_sources().library
    assert seen == [one.ref for each in library.instruments.values() for one in each.provisions.values()]


async def test_one_instruments_provisions(api: httpx.AsyncClient) -> None:
    page = (await api.get("/provisions?instrument=audit-measures-2016")).json()

    assert {line["instrument"] for line in page["provisions"]} == {"audit-measures-2016"}
    assert page["next"] is None


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/provisions?instrument=nothing", "unknown_reference"),
        ("/provisions?after=nothing%23art_1", "unknown_reference"),
        ("/provisions/nothing", "unknown_reference"),
        ("/provisions/sz-rules-2018-draft%23art_35", "unknown_reference"),
        ("/provisions/sz-rules-2018-draft/art_10/consultant", "unknown_reference"),
        ("/provisions/", "unknown_reference"),
        ("/provisions/../../etc/passwd", "not_found"),
    ],
)
async def test_what_does_not_exist_is_said_not_to(api: httpx.AsyncClient, path: str, code: str) -> None:
    answer = await api.get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, code)


@pytest.mark.parametrize(
    "written", ["sz-rules-2018-draft%23art_10__self", "sz-rules-2018-draft/art_10__self"]
)
async def test_a_provision_is_given_with_its_words_and_standing(api: httpx.AsyncClient, written: str) -> None:
    one = (await api.get(f"/provisions/{written}")).json()

    library = load_sources().library
    assert one["ref"] == "sz-rules-2018-draft#art_10__self"
    assert one["text"] == library.provision(one["ref"]).text
    assert one["quote"] == one["text"]
    assert (one["wording"], one["status"]) == ("partly_quoted", "draft")
    assert one["parent"] == "sz-rules-2018-draft#art_10"
    assert one["standing"]
    for ref in (*one["children"], *(link["ref"] for link in one["links"])):
        assert library.provision(ref)


async def test_a_described_provision_has_no_quote(api: httpx.AsyncClient) -> None:
    page = (await api.get("/provisions?instrument=sz-rules-2018-draft&limit=500")).json()
    described = [line["ref"] for line in page["provisions"] if line["wording"] in ("described", "not_given")]

    assert described
    for ref in described:
        assert (await api.get(f"/provisions/{ref.replace('#', '/')}")).json()["quote"] is None


async def test_the_status_is_that_of_the_day(api: httpx.AsyncClient) -> None:
    library = load_sources().library
    moved = next(
        (one.id, period.start)
        for one in library.instruments.values()
        for period in one.statuses
        if period.start is not None and period.start.year > 1900
    )
    identity, start = moved
    statuses = {
        day: (await api.get(f"/provisions/{identity}", params={"on": day})).json()["status"]
        for day in ("1950-01-01", start.isoformat())
    }

    assert statuses[start.isoformat()] == library.instruments[identity].status_on(start).value
    assert statuses["1950-01-01"] != statuses[start.isoformat()]


async def test_today_is_the_clocks_day_in_the_rules_place(house: ApiHouse, api: httpx.AsyncClient) -> None:
    house.now = house.now.replace(hour=23)
    assert (await api.get("/provisions/sz-rules-2018-draft")).json()["on"] == "2026-11-23"
    house.passes(hours=1)
    assert (await api.get("/provisions/sz-rules-2018-draft")).json()["on"] == "2026-11-24"


@pytest.mark.parametrize(
    "path", ["/provisions?limit=3", "/provisions/sz-rules-2018-draft/art_10", "/search?q=审核师"]
)
async def test_a_copy_that_is_right_is_not_sent_again(
    house: ApiHouse, api: httpx.AsyncClient, path: str
) -> None:
    first = await api.get(path)
    tag = first.headers["etag"]

    assert "max-age" in first.headers["cache-control"]
    assert "private" in first.headers["cache-control"]
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await api.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await api.get(path, headers={"If-None-Match": '"other"'})).status_code == 200


async def test_search_finds_near_words_best_first(api: httpx.AsyncClient) -> None:
    hits = (await api.get("/search", params={"q": "清洁生产审核师培训合格", "limit": 5})).json()["hits"]

    assert 0 < len(hits) <= 5
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert "审核师" in hits[0]["quote"]


async def test_nothing_near_is_nothing(api: httpx.AsyncClient) -> None:
    assert (await api.get("/search?q=zzzzqqqq")).json() == {"hits": []}

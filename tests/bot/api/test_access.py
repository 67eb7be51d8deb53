"""Who is let in, who is not, and who has to wait."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from bot.api.server import PREFIX
from bot.channels.web.limits import Rate
from tests.bot.api.house import ApiHouse, open_api

ADDRESSES = [
    ("GET", "/provisions", "read"),
    ("GET", "/provisions/sz-rules-2018-draft/art_10", "read"),
    ("GET", "/search?q=x", "read"),
    ("POST", "/check", "check"),
    ("POST", "/deadlines", "check"),
    ("POST", "/converse", "converse"),
    ("GET", "/companies", "converse"),
    ("GET", "/reminders?chat=c", "converse"),
    ("GET", "/reminders/news?chat=c", "converse"),
    ("POST", "/reminders/subscribe", "converse"),
    ("POST", "/reminders/unsubscribe", "converse"),
    ("POST", "/reminders/done", "converse"),
]
BODIES = {
    "/check": {"goal": "consultant-voluntary"},
    "/converse": {"chat": "c", "text": "你好"},
    "/reminders/done": {"chat": "c", "deadline": "register"},
    "/reminders/subscribe": {"chat": "c"},
    "/reminders/unsubscribe": {"chat": "c"},
}


async def ask(client: httpx.AsyncClient, method: str, path: str) -> httpx.Response:
    """A request that is right."""
    return await client.request(method, path, json=BODIES.get(path, {}) if method == "POST" else None)


@pytest.mark.parametrize(("method", "path", "scope"), ADDRESSES)
async def test_each_address_is_for_keys_with_its_scope(
    house: ApiHouse, method: str, path: str, scope: str
) -> None:
    async with house.caller("all") as client:
        assert (await ask(client, method, path)).status_code == 200
    async with house.caller({"read": "checker"}.get(scope, "reader")) as client:
        refused = await ask(client, method, path)
        assert (refused.status_code, refused.json()["code"]) == (403, "no_scope")
        assert scope in refused.json()["detail"]


@pytest.mark.parametrize(("method", "path", "scope"), ADDRESSES)
async def test_no_address_is_for_strangers(house: ApiHouse, method: str, path: str, scope: str) -> None:
    for authorization in (
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic secret-of-all"},
        {"Authorization": "secret-of-all"},
    ):
        async with house.caller(None, **authorization) as client:
            refused = await ask(client, method, path)
        assert refused.status_code == 401
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["www-authenticate"].startswith("Bearer")


async def test_a_key_in_the_address_is_none(house: ApiHouse) -> None:
    async with house.caller(None) as client:
        assert (await client.get("/provisions?token=secret-of-all")).status_code == 401


@pytest.mark.parametrize("path", ["/openapi.json", "/docs"])
async def test_what_the_api_is_may_be_read_without_a_key(house: ApiHouse, path: str) -> None:
    async with house.caller(None) as client:
        assert (await client.get(path)).status_code == 200


async def test_even_a_caller_on_this_machine_needs_a_key_where_there_are_keys(house: ApiHouse) -> None:
    async with house.caller(None, near=True) as client:
        assert (await client.get("/provisions")).status_code == 401


# --- without keys -----------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "localhost", "[::1]:8080", "LocalHost"])
async def test_without_keys_this_machine_is_served(tmp_path: Path, host: str) -> None:
    async with open_api(tmp_path, ()) as house, house.caller(None, near=True, Host=host) as client:
        assert (await client.get("/provisions")).status_code == 200
        assert (await client.post("/check", json=BODIES["/check"])).status_code == 200
        assert (await client.get("/docs")).status_code == 200


@pytest.mark.parametrize("path", ["/provisions", "/openapi.json", "/docs", "/nothing"])
async def test_without_keys_nobody_else_is(tmp_path: Path, path: str) -> None:
    async with open_api(tmp_path, ()) as house, house.caller(None, Host="127.0.0.1:8080") as client:
        refused = await client.get(path)

    assert (refused.status_code, refused.json()["code"]) == (403, "not_local")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example:8080"},
        {"Host": "127.0.0.1.rebound.example"},
        {"Host": "localhost.rebound.example"},
        {"Host": ""},
        {"Host": "[::1"},
        {"Origin": "https://site.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=203.0.113.7"},
    ],
)
async def test_no_page_of_another_site_and_no_proxy_passes_for_this_machine(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    async with open_api(tmp_path, ()) as house, house.caller(None, near=True, **headers) as client:
        assert (await client.get("/provisions")).status_code == 403
        assert (await client.post("/check", json=BODIES["/check"])).status_code == 403


# --- how often --------------------------------------------------------------------------------------


async def test_a_key_is_told_what_is_left_and_has_to_wait_when_nothing_is(tmp_path: Path) -> None:
    async with open_api(tmp_path, calls=Rate(3, 0.5)) as house, house.caller("reader") as client:
        answers = [await client.get("/provisions?limit=1") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["2", "1", "0", "0"]
        assert {answer.headers["ratelimit-limit"] for answer in answers} == {"3"}
        assert answers[0].headers["ratelimit-reset"] == "2"
        assert answers[3].json()["code"] == "too_fast"

        house.passes(seconds=int(answers[3].headers["retry-after"]))
        assert (await client.get("/provisions?limit=1")).status_code == 200


async def test_one_key_does_not_wait_for_another(tmp_path: Path) -> None:
    async with open_api(tmp_path, calls=Rate(1, 0.1)) as house:
        async with house.caller("reader") as client:
            assert [(await client.get("/provisions")).status_code for _ in range(2)] == [200, 429]
        async with house.caller("all") as client:
            assert (await client.get("/provisions")).status_code == 200


async def test_who_guesses_keys_has_to_wait_and_who_has_one_does_not(tmp_path: Path) -> None:
    async with open_api(tmp_path, strangers=Rate(2, 0.1)) as house:
        async with house.caller("nobody-at-all") as client:
            client.headers["Authorization"] = "Bearer guess"
            codes = [(await client.get("/provisions")).status_code for _ in range(3)]
        async with house.caller("all") as client:
            right = await client.get("/provisions")

    assert codes == [401, 401, 429]
    assert right.status_code == 200


def test_the_prefix_is_the_documented_one() -> None:
    assert PREFIX == "/api/v1"

"""Bodies: of the right kind and size, an object, and nothing that JSON does not have."""

from __future__ import annotations

import json

import httpx
import pytest

from bot.api.bodies import BODY_LIMIT, BoundedWithFile
from tests.bot.api.house import ApiHouse

GOOD = {"goal": "consultant-voluntary"}
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", ""],
)
async def test_a_body_of_another_kind_is_refused(api: httpx.AsyncClient, media_type: str) -> None:
    answer = await api.post("/check", content=json.dumps(GOOD), headers={"Content-Type": media_type})

    assert (answer.status_code, answer.json()["code"]) == (415, "wrong_type")


@pytest.mark.parametrize("media_type", ["application/json", "Application/JSON; charset=utf-8"])
async def test_json_by_any_of_its_names_is_read(api: httpx.AsyncClient, media_type: str) -> None:
    answer = await api.post("/check", content=json.dumps(GOOD), headers={"Content-Type": media_type})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"null",
        b"[]",
        b"7",
        b'"x"',
        b"{'a': 1}",
        b"[" * 50_000,
        b'{"a":' * 20_000,
        b'{"goal": NaN}',
        b'{"goal": Infinity}',
        b'{"goal": "\\ud800"}',
        b"\xff\xfe",
        b"\x00",
        b'{"goal": ' + b"9" * 5000 + b"}",
    ],
)
async def test_what_is_no_json_object_is_refused_in_one_sentence(api: httpx.AsyncClient, body: bytes) -> None:
    answer = await api.post("/check", content=body, headers=JSON)

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert "Traceback" not in answer.text


async def test_no_body_is_no_question(api: httpx.AsyncClient) -> None:
    assert (await api.post("/check", headers=JSON)).status_code == 422
    assert (await api.post("/check", content=b"")).status_code == 415


@pytest.mark.parametrize("path", ["/check", "/deadlines", "/reminders/subscribe"])
async def test_a_body_that_is_too_large_is_not_read_on(api: httpx.AsyncClient, path: str) -> None:
    sent = 0

    async def endless() -> object:
        nonlocal sent
        while True:
            sent += 10_000
            yield b" " * 10_000

    answer = await api.post(path, content=endless(), headers=JSON)  # type: ignore[arg-type]

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert str(BODY_LIMIT) in answer.json()["detail"]
    assert sent <= BODY_LIMIT + 20_000


async def test_a_message_has_room_for_a_file_and_no_more(api: httpx.AsyncClient) -> None:
    answer = await api.post("/converse", content=b" " * (BoundedWithFile.limit + 1), headers=JSON)

    assert answer.status_code == 413


async def test_a_key_is_asked_for_before_the_body_is_looked_at(house: ApiHouse) -> None:
    async with house.caller(None) as client:
        assert (await client.post("/check", content=b"{", headers=JSON)).status_code == 401

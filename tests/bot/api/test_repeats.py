"""A request that comes again has one effect and the same answer."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from bot.api.repeats import REPLAYED
from tests.bot.api.house import ApiHouse, open_api

SAID = {"chat": "c", "text": "我们有5个审核师"}


def named(key: str) -> dict[str, str]:
    """The header."""
    return {"Idempotency-Key": key}


async def test_the_same_request_again_is_answered_as_before_and_has_one_effect(
    house: ApiHouse, api: httpx.AsyncClient
) -> None:
    first = await api.post("/converse", json=SAID, headers=named("k1"))
    house.passes(days=3)
    again = await api.post("/converse", json=SAID, headers=named("k1"))

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert REPLAYED not in first.headers
    assert again.headers[REPLAYED] == "true"
    async with house.store.talk("api:all:c", at=house.now) as talk:
        assert len(talk.facts) == 1
        assert next(iter(talk.facts.values())).said_at < house.now


async def test_many_at_once_have_one_effect(house: ApiHouse, api: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(api.post("/converse", json=SAID, headers=named("k")) for _ in range(10)))

    assert {answer.content for answer in answers} == {answers[0].content}
    assert sum(REPLAYED not in answer.headers for answer in answers) == 1


async def test_the_same_key_for_another_request_is_refused(api: httpx.AsyncClient) -> None:
    await api.post("/converse", json=SAID, headers=named("k"))

    for path, body in (
        ("/converse", {**SAID, "text": "我们有6个审核师"}),
        ("/check", {"goal": "consultant-voluntary"}),
    ):
        answer = await api.post(path, json=body, headers=named("k"))
        assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


async def test_keys_of_different_callers_are_different(house: ApiHouse) -> None:
    async with house.caller("all") as ours, house.caller("other") as theirs:
        await ours.post("/converse", json=SAID, headers=named("k"))
        answer = await theirs.post("/converse", json={**SAID, "text": "你记了什么"}, headers=named("k"))

    assert answer.status_code == 200
    assert answer.json()["facts"] == {}


async def test_a_request_that_was_refused_may_come_again_mended(api: httpx.AsyncClient) -> None:
    wrong = await api.post("/check", json={"goal": "nope"}, headers=named("k"))
    right = await api.post("/check", json={"goal": "consultant-voluntary"}, headers=named("k"))

    assert (wrong.status_code, right.status_code) == (422, 200)


async def test_one_whose_answer_was_lost_is_not_done_again(
    house: ApiHouse, api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patched:
        patched.setattr("storage.sql.answers.Answers.keep_answer", lost)
        with pytest.raises(asyncio.CancelledError):
            await api.post("/converse", json=SAID, headers=named("k"))
    answer = await api.post("/converse", json=SAID, headers=named("k"))

    assert (answer.status_code, answer.json()["code"]) == (409, "already_done")


@pytest.mark.parametrize("key", ["", " ", "a b", "名", "x" * 201])
async def test_a_key_that_is_none_is_refused(api: httpx.AsyncClient, key: str) -> None:
    answer = await api.post(
        "/check", json={"goal": "consultant-voluntary"}, headers={"Idempotency-Key": key.encode()}
    )  # type: ignore[dict-item]

    assert answer.status_code == 422


async def test_without_a_key_the_same_words_are_said_twice(tmp_path: Path) -> None:
    async with open_api(tmp_path) as house, house.caller() as api:
        first = await api.post("/converse", json=SAID)
        again = await api.post("/converse", json=SAID)

    assert REPLAYED not in again.headers
    assert (first.status_code, again.status_code) == (200, 200)

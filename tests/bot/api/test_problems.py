"""Errors: problem+json with a code, a sentence and the place, never a traceback."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.api.problems import MEDIA_TYPE
from storage.errors import StoreUnavailable


def told(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem, with what every problem has."""
    problem: dict[str, Any] = answer.json()
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["cache-control"] == "no-store"
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem["title"]
    assert problem["detail"]
    assert problem["type"] == "about:blank"
    return problem


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/check/more", "/v2/check", "/../healthz"])
async def test_an_address_that_does_not_exist(api: httpx.AsyncClient, path: str) -> None:
    told(await api.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/check", "POST"),
        ("PUT", "/converse", "POST"),
        ("DELETE", "/companies", "GET"),
        ("POST", "/search", "GET"),
        ("TRACE", "/deadlines", "POST"),
    ],
)
async def test_a_method_that_an_address_does_not_take(
    api: httpx.AsyncClient, method: str, path: str, allowed: str
) -> None:
    answer = await api.request(method, path)

    told(answer, 405, "not_allowed")
    assert allowed in answer.headers["allow"]


@pytest.mark.parametrize(
    ("path", "body", "places"),
    [
        ("/check", {}, {"/goal"}),
        ("/check", {"goal": 5}, {"/goal"}),
        ("/check", {"goal": "x", "nmae": 1}, {"/nmae"}),
        ("/check", {"goal": "x", "facts": []}, {"/facts"}),
        ("/check", {"goal": "x", "on": "1.2.2026"}, {"/on"}),
        ("/check", {"goal": "x", "a/b~c": 1}, {"/a~1b~0c"}),
        ("/deadlines", {"leads": [3, -1, "x"]}, {"/leads/1", "/leads/2"}),
        ("/deadlines", {"horizon_years": 101}, {"/horizon_years"}),
        ("/deadlines", {"noticed": {"report": "soon"}}, {"/noticed/report"}),
        ("/converse", {"chat": "c"}, {"/text"}),
        ("/converse", {"chat": "c", "text": "x", "tap": "y"}, {"/tap"}),
        ("/converse", {"chat": "名", "text": "x"}, {"/chat"}),
        ("/converse", {"chat": "c", "file": "/etc/passwd"}, {"/file"}),
        ("/converse", {"chat": "c", "file": {"name": "x.csv", "content": "no base64!"}}, {"/file/content"}),
        ("/reminders/done", {"chat": "c", "deadline": "x:y"}, {"/deadline"}),
    ],
)
async def test_what_is_wrong_in_a_body_is_named_by_its_place(
    api: httpx.AsyncClient, path: str, body: dict[str, Any], places: set[str]
) -> None:
    problem = told(await api.post(path, json=body), 422, "invalid")

    assert {error["at"] for error in problem["errors"]} == places


@pytest.mark.parametrize(
    ("path", "body", "code", "named"),
    [
        ("/check", {"goal": "no-such-goal"}, "unknown_goal", "no-such-goal"),
        ("/check", {"goal": "consultant-voluntary", "facts": {"nope": 1}}, "unknown_fact", "nope"),
        ("/check", {"goal": "consultant-voluntary", "on": "2018-02-30"}, "no_such_day", "2018-02-30"),
        ("/deadlines", {"events": {"nope": "2026-01-31"}}, "unknown_fact", "nope"),
        ("/deadlines", {"today": "2026-02-30"}, "no_such_day", "2026-02-30"),
        ("/deadlines", {"noticed": {"report": "2026-02-30"}}, "no_such_day", "noticed.report"),
        ("/converse", {"chat": "c", "text": "x", "now": "2026-02-30T09:00:00Z"}, "no_such_time", "now"),
    ],
)
async def test_what_the_rooms_do_not_know_is_named(
    api: httpx.AsyncClient, path: str, body: dict[str, Any], code: str, named: str
) -> None:
    assert named in told(await api.post(path, json=body), 422, code)["detail"]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/search", "query q"),
        ("/search?q=", "query q"),
        ("/search?q=x&limit=0", "query limit"),
        ("/search?q=x&limit=many", "query limit"),
        ("/search?q=x&page=2", "query page"),
        ("/provisions?limit=501", "query limit"),
        ("/provisions/sz-rules-2018-draft?on=today", "query on"),
        ("/reminders", "query chat"),
        ("/reminders/news?chat=c&after=-1", "query after"),
        ("/companies?chat=a%20b", "query chat"),
    ],
)
async def test_what_is_wrong_in_an_address_is_named(api: httpx.AsyncClient, path: str, place: str) -> None:
    problem = told(await api.get(path), 422, "invalid")

    assert [error["at"] for error in problem["errors"]] == [place]


async def test_a_failure_inside_is_one_sentence(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret plans")

    monkeypatch.setattr("bot.api.provisions.page", broken)

    told(await api.get("/provisions"), 500, "broken")
    assert "secret plans" not in (await api.get("/provisions")).text


async def test_a_store_that_is_away_is_said_to_be_and_when_to_come_again(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise StoreUnavailable("disk full at /var/lib")

    monkeypatch.setattr("storage.sql.transcripts.Transcripts.transcript", away)
    answer = await api.get("/reminders/news?chat=c")

    told(answer, 503, "unavailable")
    assert "retry-after" in answer.headers
    assert "/var/lib" not in answer.text

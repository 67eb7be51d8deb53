"""The console's addresses: behind the gate, by post with a token only, under a strict policy."""

from __future__ import annotations

import re

import pytest

from bot.console.application import PAGES
from bot.console.gate import COOKIE
from storage.errors import StoreUnavailable
from tests.bot.console.house import (
    ROOT,
    ConsoleHouse,
    Visitor,
    ask_in_vain,
    company_with_reminder,
    lose_the_answer,
)


def filled(path: str) -> str:
    """An address with its parts filled in."""
    known = {
        "number:int": "1",
        "list_id": "none",
        "company_id": "c1",
        "question_id": "q1",
        "instrument_id": "sz-rules-2018-draft",
    }
    return re.sub(r"\{([^}]+)\}", lambda part: known[part[1]], path)


READ = [filled(path) for path, method, _ in PAGES if method == "GET"]
DONE = [filled(path) for path, method, _ in PAGES if method == "POST"]


@pytest.mark.parametrize("path", READ)
async def test_every_page_asks_for_the_password_first(house: ConsoleHouse, path: str) -> None:
    answer = await house.visitor().get(path)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{ROOT}/login"


@pytest.mark.parametrize("path", DONE)
async def test_every_deed_asks_for_the_password_first(house: ConsoleHouse, path: str) -> None:
    visitor = house.visitor()
    token = await visitor.token("/login")
    answer = await visitor.client.post(f"{ROOT}{path}", data={"token": token})
    assert answer.headers["location"] == f"{ROOT}/login"
    assert await house.audited() == []


@pytest.mark.parametrize("path", DONE)
async def test_no_deed_is_done_without_the_forms_token(house: ConsoleHouse, path: str) -> None:
    operator = await house.operator()
    for token in ("", "0" * 64):
        answer = await operator.client.post(f"{ROOT}{path}", data={"token": token})
        assert answer.status_code == 403
    assert await house.audited() == ["console.entered"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-site"}]
)
async def test_no_deed_is_done_for_another_page(
    house: ConsoleHouse, operator: Visitor, headers: dict[str, str]
) -> None:
    token = await operator.token("/lists")
    answer = await operator.client.post(f"{ROOT}/logout", data={"token": token}, headers=headers)
    assert answer.status_code == 403
    assert (await operator.get("/")).status_code == 200


async def test_every_page_is_under_the_strict_policy_and_is_not_kept(
    house: ConsoleHouse, operator: Visitor
) -> None:
    await company_with_reminder(house.store)
    await lose_the_answer(house.store)
    await ask_in_vain(house.store)
    for path in (*READ, "/login", "/nothing-here"):
        answer = await operator.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "<script" not in answer.text
        assert not re.search(r"""\s(on[a-z]+|style)=["']""", answer.text)


async def test_what_users_wrote_is_text(house: ConsoleHouse, operator: Visitor) -> None:
    attack = "<img src=x onerror=alert(1)>有限公司"
    await company_with_reminder(house.store, attack)
    await ask_in_vain(house.store, attack)
    for path in ("/companies", "/questions", "/deliveries"):
        assert "<img src=x" not in (await operator.get(path)).text
    assert "&lt;img src=x" in (await operator.get("/companies")).text


async def test_a_page_that_is_not_there_says_so_in_the_readers_language(operator: Visitor) -> None:
    answer = await operator.get("/nothing-here")
    assert answer.status_code == 404
    assert "nothing at this address" in answer.text
    assert "没有这个地址" in (await operator.get("/nothing-here?lang=zh-Hans")).text


async def test_an_address_takes_its_own_method_alone(operator: Visitor) -> None:
    assert (await operator.client.get(f"{ROOT}/lists/load")).status_code == 404
    assert (await operator.client.delete(f"{ROOT}/lists")).status_code == 405


async def test_a_chosen_language_is_kept(operator: Visitor) -> None:
    await operator.get("/?lang=zh-Hant")
    assert '<html lang="zh-Hant">' in (await operator.get("/lists")).text
    assert "操作記錄" in (await operator.get("/audit")).text


async def test_a_store_in_trouble_is_said_without_its_reason(
    house: ConsoleHouse, operator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(**_: object) -> None:
        raise StoreUnavailable("/secret/path is full")

    monkeypatch.setattr(house.store, "audit_log", away)
    answer = await operator.get("/audit")
    assert answer.status_code == 503
    assert "secret" not in answer.text


async def test_an_error_of_ours_shows_no_traceback(
    house: ConsoleHouse, operator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(**_: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(house.store, "audit_log", broken)
    answer = await operator.get("/audit")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers


async def test_the_cookie_is_for_the_console_alone_and_not_for_scripts(house: ConsoleHouse) -> None:
    answer = await house.visitor().get("/login")
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    for part in ("httponly", "samesite=strict", f"path={ROOT}"):
        assert part in cookie

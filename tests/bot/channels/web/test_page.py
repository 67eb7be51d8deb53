from __future__ import annotations

import re

import httpx
import pytest

from tests.bot.channels.web.conftest import browser
from tests.bot.channels.web.house import House


async def test_a_first_visit_is_greeted_and_gets_a_cookie_that_scripts_cannot_read(house: House) -> None:
    async with browser(house) as client:
        answer = await client.get("/")
    assert answer.status_code == 200
    assert '<section id="welcome">' in answer.text
    assert answer.text.count('class="example"') >= 4
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("xize_chat=")
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()


async def test_a_later_visit_keeps_the_chat(visitor: httpx.AsyncClient) -> None:
    before = visitor.cookies["xize_chat"]
    answer = await visitor.get("/")
    assert visitor.cookies["xize_chat"] == before
    assert '<section id="welcome" hidden>' in answer.text


async def test_the_cookie_is_secure_behind_tls(house: House) -> None:
    async with browser(house) as client:
        client.base_url = httpx.URL("https://xize.test")
        answer = await client.get("/")
    assert "Secure" in answer.headers["set-cookie"]


async def test_the_page_uses_nothing_from_elsewhere_and_nothing_inline(visitor: httpx.AsyncClient) -> None:
    page = (await visitor.get("/")).text
    assert not re.search(r"""(src|href)="(https?:)?//""", page)
    assert not re.search(r"<script(?![^>]*src=)", page)
    assert not re.search(r"""\s(on[a-z]+|style)=["']""", page)
    assert "<style" not in page


async def test_security_headers_are_on_every_answer(visitor: httpx.AsyncClient) -> None:
    for path in ("/", "/healthz", "/nothing", "/chat/messages"):
        headers = (await visitor.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("en-GB,zh;q=0.5", "en"),
        ("", "zh-Hans"),
        ("de", "en"),
    ],
)
async def test_the_page_speaks_the_browsers_language(house: House, accept: str, language: str) -> None:
    async with browser(house, **{"Accept-Language": accept}) as client:
        assert f'<html lang="{language}">' in (await client.get("/")).text


async def test_a_chosen_language_is_kept(visitor: httpx.AsyncClient) -> None:
    chosen = await visitor.get("/?lang=zh-Hant")
    assert chosen.status_code == 303
    assert '<html lang="zh-Hant">' in (await visitor.get("/")).text
    assert "條款" in (await visitor.get("/")).text


async def test_too_many_new_chats_from_one_address_are_refused(house: House) -> None:
    statuses = []
    for _ in range(130):
        async with browser(house) as client:
            statuses.append((await client.get("/")).status_code)
    assert statuses[0] == 200
    assert statuses[-1] == 429

"""Somebody from the internet, without any right. Each test is a line of SECURITY.md."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.channels.web.guard import HEADER
from storage.errors import StoreUnavailable
from storage.records import Contact
from tests.security.house import API_SECRET, METRICS_TOKEN, PASSWORD, SITE, WEBHOOK_SECRET, House, open_house

MESSAGE = {"id": "m1234567", "text": "第十条讲什么"}


async def test_a_cookie_that_we_did_not_sign_opens_no_chat(house: House) -> None:
    victim = await house.browser()
    await victim.post("/chat/messages", json=MESSAGE)
    chat = victim.cookies["xize_chat"].partition(".")[0]
    for cookie in (chat, f"{chat}.", f"{chat}.{'0' * 40}", f"{chat}.é", "", "." * 500):
        thief = house.caller(**{HEADER: "1", "Cookie": f"xize_chat={cookie}".encode("latin-1", "replace")})  # type: ignore[arg-type]
        assert (await thief.get("/chat/messages")).status_code == 401


async def test_a_foreign_page_can_neither_send_nor_read(house: House) -> None:
    victim = await house.browser()
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        answer = await victim.post("/chat/messages", json=MESSAGE, headers=headers)
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    without_header = house.caller(Cookie=f"xize_chat={victim.cookies['xize_chat']}")
    assert (await without_header.post("/chat/messages", json=MESSAGE)).status_code == 403


async def test_a_call_of_the_webhook_without_its_secret_is_refused(house: House) -> None:
    update = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}}
    for secret in ("", "wrong", WEBHOOK_SECRET + "x", WEBHOOK_SECRET[:-1]):
        header = {"X-Telegram-Bot-Api-Secret-Token": secret}
        assert (
            await house.caller().post("/telegram/webhook", json=update, headers=header)
        ).status_code == 403
    assert not await house.store.waiting()


async def test_the_api_is_for_those_with_a_key(house: House) -> None:
    for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {API_SECRET}"}):
        answer = await house.caller().get("/api/v1/provisions", headers=header)
        assert answer.status_code == 401


async def test_without_keys_the_api_answers_this_machine_alone() -> None:
    async with open_house(api_keys="") as house:
        near = await house.caller("127.0.0.1", "http://127.0.0.1:8080").get("/api/v1/provisions")
        far = await house.caller().get("/api/v1/provisions")
        bent_name = await house.caller("127.0.0.1", "http://evil.example").get("/api/v1/provisions")
        by_proxy = await house.caller("127.0.0.1", "http://127.0.0.1:8080", X_Forwarded_For="1.2.3.4").get(
            "/api/v1/provisions"
        )

    assert near.status_code == 200
    assert {far.status_code, bent_name.status_code, by_proxy.status_code} <= {401, 403, 404}


async def test_the_numbers_are_for_those_with_the_token(house: House) -> None:
    assert (await house.caller().get("/metrics")).status_code == 401
    wrong = {"Authorization": f"Bearer {METRICS_TOKEN}x"}
    assert (await house.caller().get("/metrics", headers=wrong)).status_code == 401


async def test_a_password_is_tried_slowly(house: House) -> None:
    thief = house.caller(Origin=SITE)
    page = (await thief.get("/console/login")).text
    token = page.partition('name="token" value="')[2].partition('"')[0]
    tries = [
        await thief.post("/console/login", data={"token": token, "password": f"guess {number}"})
        for number in range(12)
    ]

    assert tries[0].status_code == 403
    assert tries[-1].status_code == 429
    right = await thief.post("/console/login", data={"token": token, "password": PASSWORD})
    assert right.status_code == 429, "the right one must wait too, or waiting would tell"


async def test_without_the_password_no_page_of_the_console_shows_anything(house: House) -> None:
    for path in (
        "/console/",
        "/console/companies",
        "/console/deliveries",
        "/console/audit",
        "/console/questions",
    ):
        answer = await house.caller().get(path)
        assert answer.status_code in (302, 303, 307)
        assert answer.headers["location"].endswith("/console/login")


async def test_a_flood_of_messages_is_slowed_down(house: House) -> None:
    browser = await house.browser()
    answers = [
        await browser.post("/chat/messages", json={"id": f"m{number:07}", "text": "你好"})
        for number in range(30)
    ]

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_a_body_is_read_no_further_than_its_limit(house: House) -> None:
    browser, sent = await house.browser(), 0

    async def endless() -> object:
        nonlocal sent
        for _ in range(1000):
            sent += 100_000
            yield b"x" * 100_000

    answer = await browser.post(
        "/chat/messages",
        content=endless(),
        headers={"Content-Type": "application/json"},  # type: ignore[arg-type]
    )
    assert answer.status_code == 413
    assert sent < 1_000_000

    bodies = {"Content-Type": "application/json", "Authorization": f"Bearer {API_SECRET}"}
    for path in ("/telegram/webhook", "/api/v1/converse"):
        headers = {**bodies, "X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}
        large = await house.caller().post(path, content=b"[" * 20_000_000, headers=headers)
        assert large.status_code in (400, 413, 422), path


async def test_no_word_of_a_user_becomes_markup(house: House) -> None:
    browser = await house.browser()
    evil = "<img src=x onerror=alert(1)> 我们公司叫<script>alert(2)</script>电镀厂"
    await browser.post("/chat/messages", json={"id": "m1234567", "text": evil})
    await house.answered()
    lines = (await browser.get("/chat/messages")).json()["lines"]

    assert any(line["author"] == "xize" for line in lines)
    for line in lines:
        assert "<script" not in line.get("html", "")
        assert "<img" not in line.get("html", "")


async def test_scripts_of_others_cannot_run_on_any_page(house: House) -> None:
    for path in ("/", "/console/login", "/nowhere"):
        policy = (await house.caller().get(path)).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


async def test_what_users_say_never_becomes_sql(house: House) -> None:
    hostile = "x'; drop table contact; -- \" \\ %s ? :1 $1"
    async with house.store.talk(f"web:{hostile}", at=house.service._clock()) as talk:
        assert isinstance(talk.contact, Contact)
    await house.store.set_bookmark(hostile, hostile)
    await house.store.transcribe(hostile, "user", {"text": hostile}, at=house.service._clock())
    await house.store.audit(hostile, hostile, at=house.service._clock(), subject=hostile)

    assert await house.store.bookmark(hostile) == hostile
    assert (await house.store.transcript(hostile))[0].payload == {"text": hostile}
    assert [contact.chat for contact in await house.store.chats()] == [f"web:{hostile}"]
    assert await house.store.tally("%") == {}


async def test_no_address_in_a_message_is_ever_fetched(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    browser = await house.browser()
    for number, text in enumerate(
        (
            "http://169.254.169.254/latest/meta-data",
            "file:///etc/passwd 这个文件",
            "看一下 https://evil.example/名单.xlsx",
        )
    ):
        answer = await browser.post("/chat/messages", json={"id": f"m000000{number}", "text": text})
        assert answer.status_code == 200


async def test_a_failure_tells_nothing_of_the_inside(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("select secret from /srv/inside.py")

    browser = await house.browser()
    monkeypatch.setattr(house.service._assistant, "respond", broken)
    answer = await browser.post("/chat/messages", json=MESSAGE)

    assert answer.status_code == 500
    assert "inside" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_store_in_trouble_is_told_in_one_sentence(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise StoreUnavailable("disk I/O error at /srv/data/xize.db")

    browser = await house.browser()
    monkeypatch.setattr(house.service._assistant, "respond", away)
    answer = await browser.post("/chat/messages", json=MESSAGE)

    assert answer.status_code == 503
    assert "/srv/data" not in answer.text
    assert answer.json()["detail"]


async def test_an_unknown_calendar_address_tells_nothing(house: House) -> None:
    for token in ("x", "A" * 32, "../../etc/passwd", "%00"):
        assert (await house.caller().get(f"/calendar/{token}.ics")).status_code == 404


async def test_files_are_reached_by_no_path(house: House, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "secret.txt").write_text("secret", encoding="utf-8")
    for path in (
        "/static/x/../../data/secret.txt",
        "/static/x/..%2f..%2fdata%2fsecret.txt",
        "/console/static/x/..%2f..%2fgate.py",
        "/chat/files/1/0/x/..%2f..%2fsecret.txt",
    ):
        answer = await house.caller().get(path)
        assert answer.status_code in (400, 401, 404)
        assert "secret" not in answer.text

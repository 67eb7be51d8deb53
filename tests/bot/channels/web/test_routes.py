from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from bot.channels.web.guard import HEADER
from bot.messages import Attachment, Button, Incoming, Intent, Reply, Text
from tests.bot.channels.web.conftest import browser
from tests.bot.channels.web.house import House, echo

ID = "message-1"


async def history(client: httpx.AsyncClient, after: int = 0) -> list[dict]:  # type: ignore[type-arg]
    return (await client.get(f"/chat/messages?after={after}")).json()["lines"]  # type: ignore[no-any-return]


async def say(client: httpx.AsyncClient, text: str, id_: str = ID) -> httpx.Response:
    return await client.post("/chat/messages", json={"id": id_, "text": text})


async def test_a_question_is_answered_in_the_same_chat(house: House, visitor: httpx.AsyncClient) -> None:
    kept = await say(visitor, "第十条讲什么")
    await house.settled()
    mine, reply = await history(visitor)
    assert kept.json() == {"id": ID, "n": mine["n"]}
    assert (mine["author"], mine["id"], mine["text"]) == ("user", ID, "第十条讲什么")
    assert reply["author"] == "xize"
    assert "Heard: 第十条讲什么" in reply["html"]
    assert [button["label"] for button in reply["buttons"]] == ["More", "Done"]
    assert await history(visitor, after=mine["n"]) == [reply]


async def test_the_same_message_twice_has_one_effect(house: House, visitor: httpx.AsyncClient) -> None:
    first = await say(visitor, "登记了")
    again = await say(visitor, "登记了")
    await house.settled()
    assert again.json() == first.json()
    assert len(house.assistant.heard) == 1
    assert [line["author"] for line in await history(visitor)] == ["user", "xize"]


async def test_a_message_whose_handling_failed_can_be_sent_again(
    house: House, visitor: httpx.AsyncClient
) -> None:
    def fails(incoming: Incoming) -> Reply:
        raise RuntimeError("secret detail")

    house.assistant.script = fails
    failed = await say(visitor, "你好")
    assert failed.status_code == 500
    assert failed.headers["content-type"] == "application/problem+json"
    assert "secret detail" not in failed.text
    assert failed.json()["detail"]
    house.assistant.script = echo
    assert (await say(visitor, "你好")).status_code == 200
    await house.settled()
    assert [line["author"] for line in await history(visitor)] == ["user", "xize"]


async def test_what_users_write_stays_text(house: House, visitor: httpx.AsyncClient) -> None:
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&"
    await say(visitor, attack)
    await house.settled()
    mine, reply = await history(visitor)
    assert mine["text"] == attack  # set as text by the page
    assert "<img" not in reply["html"]
    assert "<script" not in reply["html"]
    assert "&lt;img" in reply["html"]


async def test_a_tap_is_shown_by_the_buttons_label(house: House, visitor: httpx.AsyncClient) -> None:
    await say(visitor, "你好")
    await house.settled()
    line = (await history(visitor))[1]["n"]
    tap = {"id": "message-2", "tap": "done:1"}
    assert (await visitor.post("/chat/messages", json={**tap, "line": line})).status_code == 200
    assert (await visitor.post("/chat/messages", json={**tap, "id": "message-3"})).status_code == 200
    await house.settled()
    assert [item["text"] for item in await history(visitor) if item["author"] == "user"] == [
        "你好",
        "Done",
        "Done",
    ]
    assert house.assistant.heard[1].tap == "done:1"
    assert house.assistant.heard[1].text is None


async def test_a_button_that_was_never_offered_cannot_be_pressed(
    house: House, visitor: httpx.AsyncClient
) -> None:
    await say(visitor, "你好")
    await house.settled()
    for extra in ({}, {"line": 1}, {"line": 2}, {"line": 999}):
        answer = await visitor.post("/chat/messages", json={"id": "message-2", "tap": "done:999", **extra})
        assert answer.status_code == 422
        assert answer.json()["code"] == "no_such_button"


async def test_nobody_reads_or_presses_in_anothers_chat(house: House, visitor: httpx.AsyncClient) -> None:
    await say(visitor, "秘密")
    await house.settled()
    line = (await history(visitor))[1]["n"]
    async with browser(house) as other:
        await other.get("/")
        assert await history(other) == []
        pressed = await other.post("/chat/messages", json={"id": ID, "tap": "done:1", "line": line})
        assert pressed.status_code == 422


@pytest.mark.parametrize("cookie", ["", "x", "0" * 32, "0" * 32 + "." + "0" * 40, "a.b.c", "\xe9" * 32])
async def test_a_cookie_that_we_did_not_make_opens_nothing(house: House, cookie: str) -> None:
    async with browser(house) as client:
        raw = (b"Cookie", f"xize_chat={cookie}".encode("latin-1"))
        client.headers = httpx.Headers([*client.headers.raw, raw])
        for answer in (
            await client.get("/chat/messages"),
            await client.get("/chat/events"),
            await say(client, "x"),
        ):
            assert answer.status_code == 401
            assert answer.json()["code"] == "no_chat"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ],
)
async def test_another_sites_page_cannot_speak_for_the_user(
    house: House, visitor: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await visitor.post("/chat/messages", json={"id": ID, "text": "x"}, headers=headers)
    assert answer.status_code == 403
    assert await history(visitor) == []


async def test_a_plain_form_cannot_speak_for_the_user(house: House, visitor: httpx.AsyncClient) -> None:
    del visitor.headers[HEADER]
    assert (await say(visitor, "x")).status_code == 403


async def test_our_own_page_behind_a_proxy_is_known(tmp_path: Path) -> None:
    built = await House.build(tmp_path, public_url="https://chat.example.com")
    async with browser(built, Origin="https://chat.example.com") as client:
        await client.get("/")
        assert (await say(client, "x")).status_code == 200
    await built.close()


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"id": ID}, "value_error"),
        ({"id": ID, "text": "a", "tap": "b"}, "value_error"),
        ({"id": "x", "text": "a"}, "id"),
        ({"text": "a"}, "id"),
        ({"id": ID, "text": 5}, "text"),
        ({"id": ID, "text": "a", "now": "2026"}, "now"),
        ({"id": ID, "tap": "x" * 65}, "tap"),
        ({"id": ID, "file": "/etc/passwd"}, "file"),
        ([], "model_type"),
    ],
)
async def test_what_cannot_be_read_is_refused_by_name(
    visitor: httpx.AsyncClient, body: object, named: str
) -> None:
    answer = await visitor.post("/chat/messages", json=body)
    assert answer.status_code == 422
    assert named in answer.json()["detail"]


async def test_broken_and_foreign_bodies_are_refused(visitor: httpx.AsyncClient) -> None:
    json_type = {"Content-Type": "application/json"}
    assert (await visitor.post("/chat/messages", content=b"{", headers=json_type)).status_code == 422
    assert (await visitor.post("/chat/messages", content=b"\xff", headers=json_type)).status_code == 422
    assert (await visitor.post("/chat/messages", content=b"hi")).status_code == 415
    assert (await say(visitor, " \n ")).json()["code"] == "empty_text"
    assert (await visitor.get("/chat/messages?after=x")).status_code == 422
    assert (await visitor.get(f"/chat/messages?after={10**30}")).status_code == 422
    assert (await visitor.delete("/chat/messages")).json()["code"] == "not_allowed"


async def test_too_much_text_is_refused_before_it_is_read(visitor: httpx.AsyncClient) -> None:
    assert (await say(visitor, "好" * 20_000)).status_code == 200
    assert (await say(visitor, "好" * 20_001, "message-2")).status_code == 413
    assert (await say(visitor, "x" * 200_000, "message-3")).status_code == 413


async def test_one_chat_cannot_flood(house: House, visitor: httpx.AsyncClient) -> None:
    answers = [await say(visitor, "x", f"message-{number:03}") for number in range(21)]
    assert [answer.status_code for answer in answers[:20]] == [200] * 20
    assert answers[20].status_code == 429
    assert int(answers[20].headers["retry-after"]) >= 1
    async with browser(house) as other:
        await other.get("/")
        assert (await say(other, "x")).status_code == 200


async def test_a_chosen_language_goes_with_the_message(house: House, visitor: httpx.AsyncClient) -> None:
    await say(visitor, "hello")
    await visitor.get("/?lang=en")
    await say(visitor, "hello", "message-2")
    assert [incoming.language for incoming in house.assistant.heard] == [None, "en"]
    problem = await visitor.get("/chat/files/1/0/x/y")
    assert problem.json()["detail"].startswith("There is nothing")


async def test_a_file_reaches_the_assistant_and_is_not_kept(
    house: House, visitor: httpx.AsyncClient, tmp_path: Path
) -> None:
    contents = []

    def reads(incoming: Incoming) -> Reply:
        assert incoming.file is not None
        contents.append(incoming.file.read_text(encoding="utf-8"))
        return echo(incoming)

    house.assistant.script = reads
    files = {"file": ("../../名单.csv", "姓名,学历\n".encode(), "text/csv")}
    answer = await visitor.post("/chat/messages", data={"id": ID}, files=files)
    await house.settled()
    assert answer.status_code == 200
    assert contents == ["姓名,学历\n"]
    assert house.assistant.heard[0].file is not None
    assert house.assistant.heard[0].file.name == "名单.csv"
    assert [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()] == []
    assert (await history(visitor))[0]["text"] == "名单.csv"


async def test_huge_and_empty_files_are_refused(house: House, visitor: httpx.AsyncClient) -> None:
    for content, status in ((b"", 422), (b"x" * 10_000_001, 413), (b"x" * 10_100_000, 413)):
        files = {"file": ("a.csv", content, "text/csv")}
        answer = await visitor.post("/chat/messages", data={"id": ID}, files=files)
        assert answer.status_code == status
    assert house.assistant.heard == []


async def test_an_attachment_is_given_to_its_chat_only(
    house: House, visitor: httpx.AsyncClient, tmp_path: Path
) -> None:
    path = tmp_path / "期限.ics"
    path.write_bytes(b"BEGIN:VCALENDAR")
    attachment = Attachment("期限.ics", "text/calendar", path)
    house.assistant.script = lambda incoming: Reply(
        Intent.EXPORT, (Text("ok"),), (Button("Open", url="https://example.com"),), attachments=(attachment,)
    )
    await say(visitor, "日历")
    await house.settled()
    url = (await history(visitor))[1]["files"][0]["url"]
    answer = await visitor.get(url)
    assert answer.content == b"BEGIN:VCALENDAR"
    assert answer.headers["content-disposition"].startswith("attachment")
    forged = url.replace(url.split("/")[5], "0" * 40)
    assert (await visitor.get(forged)).status_code == 404
    async with browser(house) as other:
        await other.get("/")
        assert (await other.get(url)).status_code == 404
    path.unlink()
    assert (await visitor.get(url)).status_code == 410


async def test_long_histories_come_in_pages(house: House, visitor: httpx.AsyncClient) -> None:
    chat = f"web:{visitor.cookies['xize_chat'].split('.')[0]}"
    for number in range(201):
        await house.store.transcribe(chat, "user", {"id": f"m{number}", "text": "x"}, at=house.now)
    first = (await visitor.get("/chat/messages")).json()
    rest = (await visitor.get(f"/chat/messages?after={first['lines'][-1]['n']}")).json()
    assert (len(first["lines"]), first["more"]) == (200, True)
    assert (len(rest["lines"]), rest["more"]) == (1, False)

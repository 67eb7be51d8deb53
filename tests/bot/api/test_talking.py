"""Talks over HTTP: the assistant's own replies, kept apart by key, files included."""

from __future__ import annotations

import base64
from pathlib import Path

import httpx
import pytest

from bot.channels.contract import converse_as_json
from bot.messages import Incoming
from tests.bot.api.house import LISTED, ApiHouse
from tests.bot.channels.test_contract import KEYS
from tests.bot.talks import open_desk


def said(text: str, chat: str = "c", **more: str) -> dict[str, str]:
    """A message's body."""
    return {"chat": chat, "text": text, **more}


async def test_a_reply_is_the_machine_interfaces(house: ApiHouse, api: httpx.AsyncClient) -> None:
    for text in ("第十条讲什么", "请咨询机构做审核，3个审核师", LISTED, "第三十五条"):
        answer = (await api.post("/converse", json=said(text, text.encode().hex()[:40]))).json()
        async with open_desk() as desk:
            desk.now = house.now
            expected = converse_as_json(answer["chat"], await desk.says(text))
        assert set(answer) >= KEYS
        assert answer["text"] == expected["text"]
        assert answer["citations"] == expected["citations"]


async def test_a_talk_goes_on_and_buttons_can_be_pressed(api: httpx.AsyncClient) -> None:
    first = (await api.post("/converse", json=said("请咨询机构做审核，自愿的，3个审核师"))).json()
    button = next(button for button in first["buttons"] if button["tap"].startswith("set:"))
    second = (await api.post("/converse", json={"chat": "c", "tap": button["tap"]})).json()

    assert first["facts"]["trained_auditors"] == 3
    assert set(second["facts"]) > {"trained_auditors"}
    assert second["check"]["goal"] == first["check"]["goal"]


async def test_no_key_sees_another_keys_chats(house: ApiHouse) -> None:
    async with house.caller("all") as ours, house.caller("other") as theirs:
        await ours.post("/converse", json=said("我们有5个审核师"))
        await ours.post("/converse", json=said(LISTED))
        await ours.post("/reminders/subscribe", json={"chat": "c"})

        assert (await theirs.post("/converse", json=said("你记了什么"))).json()["facts"] == {}
        assert not [row for row in (await theirs.get("/companies")).json()["companies"] if row["facts"]]
        assert (await theirs.get("/reminders?chat=c")).json()["reminders"]["active"] == []
        for guess in ("all:c", "api:all:c", "..:all:c"):
            told = (await theirs.post("/converse", json=said("你记了什么", guess))).json()
            assert told["facts"] == {}
        mine = (await ours.post("/converse", json=said("你记了什么"))).json()
    assert mine["facts"]["trained_auditors"] == 5


async def test_the_time_is_the_clocks_where_none_is_given(house: ApiHouse, api: httpx.AsyncClient) -> None:
    text = "我们上了强制审核名单，昨天发布的"
    by_clock = (await api.post("/converse", json=said(text, "a"))).json()
    given = (await api.post("/converse", json=said(text, "b", now="2030-05-02T00:30:00+08:00"))).json()

    assert by_clock["understood"]["list_published"] == "2026-11-22"
    assert given["understood"]["list_published"] == "2030-05-01"


async def test_an_answer_comes_in_the_language_asked_for(api: httpx.AsyncClient) -> None:
    english = (await api.post("/converse", json=said("你好", lang="en"))).json()
    wrong = await api.post("/converse", json=said("你好", lang="fr"))

    assert english["text"].isascii()
    assert wrong.status_code == 422


async def test_a_file_comes_with_its_content_and_no_path(api: httpx.AsyncClient) -> None:
    await api.post("/converse", json=said(LISTED))
    (file,) = (await api.post("/converse", json={"chat": "c", "tap": "calendar"})).json()["attachments"]

    assert set(file) == {"name", "media_type", "content"}
    assert base64.b64decode(file["content"]).startswith(b"BEGIN:VCALENDAR")


async def test_a_dropped_file_is_read_from_a_place_of_its_own_and_deleted(
    house: ApiHouse, api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Path, bytes]] = []
    respond = type(house.assistant).respond

    async def looking(self: object, incoming: Incoming) -> object:
        assert incoming.file is not None
        seen.append((incoming.file, incoming.file.read_bytes()))
        return await respond(house.assistant, incoming)

    monkeypatch.setattr(type(house.assistant), "respond", looking)
    content = "姓名,学历\n甲,本科\n".encode()
    body = {
        "chat": "c",
        "file": {"name": "../../名册.csv", "content": base64.b64encode(content).decode()},
    }
    answer = await api.post("/converse", json=body)

    ((path, held),) = seen
    assert answer.status_code == 200
    assert held == content
    assert path.is_relative_to(house.uploads)
    assert not path.exists()
    assert list(house.uploads.iterdir()) == []


async def test_forgetting_takes_all_of_a_chat(house: ApiHouse, api: httpx.AsyncClient) -> None:
    await api.post("/converse", json=said("我们有5个审核师"))
    await api.post("/converse", json={"chat": "c", "tap": "forget"})
    await api.post("/converse", json={"chat": "c", "tap": "confirm:forget"})

    assert (await api.get("/companies?chat=c")).json()["companies"] == []


async def test_a_reply_is_given_once_and_not_sent_too(house: ApiHouse, api: httpx.AsyncClient) -> None:
    await api.post("/converse", json=said("第十条"))

    assert await house.store.journal() == []

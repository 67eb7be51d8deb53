"""Addresses of stores."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.errors import StoreUnavailable
from storage.opening import MEMORY, open_store
from tests.storage.people import NOW


async def test_memory_starts_empty_each_time() -> None:
    for _ in range(2):
        store = open_store(MEMORY)
        await store.open()
        assert await store.queue(now=NOW) == {
            "states": {},
            "due": 0,
            "oldest_due": None,
            "next_24_hours": 0,
        }
        await store.close()


async def test_a_relative_file_and_its_folder_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("sqlite:///data/deep/xize.db")
    await store.open()
    await store.close()
    assert (tmp_path / "data" / "deep" / "xize.db").is_file()


async def test_new_contacts_are_in_the_zone_that_the_store_was_opened_with(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'xize.db'}"
    for zone, chats in (("Asia/Urumqi", ("web:a",)), ("Asia/Shanghai", ("web:a", "web:b"))):
        store = open_store(address, zone=zone)
        await store.open()
        for chat in chats:
            async with store.talk(chat, at=NOW) as talk:
                assert talk.contact.timezone == ("Asia/Urumqi" if chat == "web:a" else zone)
        await store.close()


@pytest.mark.parametrize(
    "url", ["mysql://u:secret@h/x", "postgresql:u:secret@h", "mysql:///x", "sqlite:///", "", "data/xize.db"]
)
def test_an_address_that_nothing_serves_is_refused_without_its_secret(url: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


async def test_a_server_that_does_not_answer_is_reported_without_the_secret(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        await open_store(f"postgresql://u:secret@/db?host={tmp_path}").open()
    assert "secret" not in str(caught.value)


async def test_a_store_that_is_not_open_says_so() -> None:
    store = open_store(MEMORY)
    with pytest.raises(StoreUnavailable, match="not open"):
        await store.waiting()

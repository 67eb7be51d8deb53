from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.web.identity import BOOKMARK, Identity
from storage.opening import open_store
from tests.bot.channels.web.house import House


async def test_a_minted_cookie_names_its_chat(house: House) -> None:
    identity = Identity(house.store)
    chat, cookie = await identity.mint()
    assert chat.startswith("web:")
    assert await identity.chat(cookie) == chat
    assert (await identity.mint())[0] != chat


async def test_processes_that_share_a_store_accept_each_others_cookies(house: House) -> None:
    first, second = Identity(house.store), Identity(house.store)
    chat, cookie = await first.mint()
    assert await second.chat(cookie) == chat


async def test_a_secret_written_later_by_another_process_is_found(house: House) -> None:
    late = Identity(house.store)
    await late.mint()
    await house.store.set_bookmark(BOOKMARK, "ab" * 32)
    chat, cookie = await Identity(house.store).mint()
    assert await late.chat(cookie) == chat


async def test_a_changed_cookie_names_nobody(house: House) -> None:
    identity = Identity(house.store)
    _, cookie = await identity.mint()
    for place in range(len(cookie)):
        changed = "0" if cookie[place] != "0" else "1"
        assert await identity.chat(cookie[:place] + changed + cookie[place + 1 :]) is None


@settings(max_examples=50)
@given(st.text(max_size=100))
async def test_no_made_up_cookie_is_accepted_or_raises(cookie: str) -> None:
    store = open_store("sqlite:///:memory:")
    await store.open()
    assert await Identity(store).chat(cookie) is None
    await store.close()


async def test_a_files_signature_is_of_one_chat_line_and_file(house: House) -> None:
    identity = Identity(house.store)
    signature = await identity.file_signature("web:a", 1, 0)
    assert await identity.signed_file(signature, "web:a", 1, 0)
    for chat, line, index in (("web:b", 1, 0), ("web:a", 2, 0), ("web:a", 1, 1)):
        assert not await identity.signed_file(signature, chat, line, index)
    assert not await identity.signed_file("签名", "web:a", 1, 0)

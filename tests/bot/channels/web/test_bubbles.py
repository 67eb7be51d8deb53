from __future__ import annotations

import pytest
from fastapi import Request

from bot.channels.web.bubbles import opened_words, rated_words
from tests.bot.channels.web.house import House


def reader(accept: str) -> Request:
    headers = [(b"accept-language", accept.encode())]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers})


@pytest.mark.parametrize(
    ("text", "accept", "words"),
    [
        ("/start join_0123456789abcdef", "zh-CN", "（打开了同事的邀请）"),
        ("/start art_10", "zh-CN", "（打开了链接）"),
        ("/start art_10", "en", "(opened a link)"),
        ("/start", "en", ""),
        ("join_0123456789abcdef", "en", ""),
        ("第十条讲什么", "zh-CN", ""),
    ],
)
def test_a_bubble_shows_that_a_link_was_opened_and_not_its_token(text: str, accept: str, words: str) -> None:
    assert opened_words(text, reader(accept)) == words


@pytest.mark.parametrize(
    ("tap", "words"),
    [("liked:7", "有用"), ("disliked:7", "没用"), ("disliked:7:wrong", ""), ("topic:liked", "")],
)
def test_a_thumb_is_shown_in_words(tap: str, words: str) -> None:
    assert rated_words(tap, reader("zh-CN")) == words


async def test_the_assistant_can_make_links_to_the_page_where_it_is_known(house: House) -> None:
    assert house.app.state.inbox._link == ""
    public = await House.build(house.directory, public_url="https://chat.example.com/")
    assert public.app.state.inbox._link == "https://chat.example.com/?start={payload}"
    await public.close()

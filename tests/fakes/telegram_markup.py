"""Telegram's HTML as its server reads it: the words, the entities, and the complaints."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from tests.fakes.telegram_errors import ApiError, bad_request

ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_TOKEN = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|.", re.DOTALL)
_AUTO = re.compile(
    r"(?P<bot_command>(?<!\S)/[a-z0-9_]{1,32}(?:@\w+)?)|(?P<mention>(?<!\w)@\w{5,32})", re.IGNORECASE
)


def units(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(html: str) -> tuple[str, list[dict[str, Any]]]:
    """Words and entities. Raises ApiError as the server would."""
    words = ""
    open_tags: list[tuple[str, int]] = []
    entities: list[dict[str, Any]] = []
    for token in (match.group() for match in _TOKEN.finditer(html)):
        if token == "<":
            raise _unparsable(f"Unsupported start tag at byte offset {len(words.encode())}")
        if not token.startswith("<"):
            words += unescape(token) if token.startswith("&") else token
        elif token.startswith("</"):
            entities += _close(token[2:-1].strip().lower(), words, open_tags)
        else:
            open_tags.append((_opening(token), units(words)))
    if open_tags:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return words, [entity for entity in entities if entity["length"]]


def _opening(token: str) -> str:
    name = token.strip("<>").split()[0].lower()
    if name not in ENTITY_OF_TAG:
        raise _unparsable(f'Unsupported start tag "{name}"')
    return name


def _close(name: str, words: str, open_tags: list[tuple[str, int]]) -> list[dict[str, Any]]:
    if not open_tags or open_tags[-1][0] != name:
        raise _unparsable(f'Unexpected end tag "{name}"')
    _, start = open_tags.pop()
    return [{"type": ENTITY_OF_TAG[name], "offset": start, "length": units(words) - start}]


def found_in(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that Telegram finds in what a person types."""
    return [
        {
            "type": str(match.lastgroup),
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
        }
        for match in _AUTO.finditer(text)
    ]


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")

"""What an update means to us: something said, a tap, a file, a chat that came, went or moved.

Private chats are read whole; in groups only commands, mentions and replies to the bot count. Updates are
read as they came, as JSON: to make the library's objects of one takes longer than to answer it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.menu import COMMANDS
from bot.messages import Button, Language

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")

Raw = Mapping[str, Any]

_KNOWN = frozenset(command.name for command in COMMANDS)
_AWAY = frozenset({"kicked", "left"})
_GROUPS = frozenset({"group", "supergroup"})
_UNREADABLE = (
    "photo", "voice", "audio", "video", "video_note", "sticker", "animation", "contact", "location",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, as Telegram told it."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Who caused an update, and where. ``thread`` is a forum's topic, 0 outside of any."""

    sender: str | None = None
    name: str = ""
    message: int = 0
    thread: int = 0
    in_group: bool = False
    is_chat: bool = False  # an administrator who speaks as the group itself
    language: str = ""  # of the sender's Telegram


@dataclass(frozen=True, slots=True)
class Said:
    """Words, or the new words of a message that was edited."""

    text: str
    language: Language | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button pressed; ``query`` is what Telegram wants answered, ``keys`` stand under the message."""

    tap: str
    query: str
    keys: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that Telegram keeps for us. ``size`` in bytes, None where not told."""

    file_id: str
    name: str
    size: int | None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A picture, a voice, a sticker: said to us, but nothing we can read."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was blocked or removed, or let in again."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup."""

    old: int
    new: int


Event = Said | Tapped | Uploaded | Unreadable | Membership | Moved


def chat_of(raw: Raw) -> int | None:
    """The chat that an update belongs to; None where it has none. Raises KeyError or TypeError for what
    Telegram does not send."""
    place = _message_of(raw) or raw.get("my_chat_member")
    return int(place["chat"]["id"]) if place else None


def origin_of(raw: Raw) -> Origin:
    """Who caused an update, and where."""
    message = _message_of(raw) or {}
    chat = message.get("chat", {})
    query = raw.get("callback_query")
    person = (query or message).get("from") or {}
    speaks_as = message.get("sender_chat") if query is None else None
    return Origin(
        sender=str(person["id"]) if person else None,
        name=f"{person.get('first_name', '')} {person.get('last_name', '')}".strip(),
        message=int(message.get("message_id", 0)),
        thread=int(message.get("message_thread_id", 0)) if message.get("is_topic_message") else 0,
        in_group=chat.get("type") in _GROUPS,
        is_chat=bool(speaks_as and speaks_as.get("id") == chat.get("id")),
        language=str(person.get("language_code", "")),
    )


def read(raw: Raw, me: Identity) -> Event | None:
    """The update's meaning; None where it is none of our business. Raises KeyError or TypeError for what
    Telegram does not send."""
    if "callback_query" in raw:
        return _tap(raw["callback_query"])
    if "my_chat_member" in raw:
        return Membership(raw["my_chat_member"]["new_chat_member"]["status"] not in _AWAY)
    message = _message_of(raw)
    return _message(message, me, edited="edited_message" in raw) if message else None


def language_of(code: str) -> Language:
    """A Telegram language code as one that is served."""
    code = code.lower()
    if code.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-Hant"
    return "zh-Hans" if code.startswith("zh") else "en"


def _message_of(raw: Raw) -> Raw | None:
    query = raw.get("callback_query")
    found: Raw | None = query.get("message") if query else raw.get("message") or raw.get("edited_message")
    return found


def _tap(query: Raw) -> Tapped | None:
    if not query.get("data") or not query.get("message"):
        return None
    rows = query["message"].get("reply_markup", {}).get("inline_keyboard", ())
    keys = tuple(
        tuple(Button(key["text"], key.get("callback_data", ""), key.get("url", "")) for key in row)
        for row in rows
    )
    return Tapped(query["data"], query["id"], keys)


def _message(message: Raw, me: Identity, *, edited: bool) -> Event | None:
    if "migrate_to_chat_id" in message:
        return Moved(message["chat"]["id"], message["migrate_to_chat_id"])
    if "migrate_from_chat_id" in message:
        return Moved(message["migrate_from_chat_id"], message["chat"]["id"])
    if not _is_for_us(message, me):
        return None
    text = _words(message, me)
    document = message.get("document")
    if document and not edited:
        return Uploaded(
            document["file_id"], document.get("file_name") or "file", document.get("file_size"), text
        )
    if text:
        return Said(text, _greeting_language(text, message), edited)
    return Unreadable() if not edited and any(message.get(kind) for kind in _UNREADABLE) else None


def _is_for_us(message: Raw, me: Identity) -> bool:
    command = _command(message)
    if command and command[1] not in ("", me.username.lower()):
        return False
    if message["chat"]["type"] == "private":
        return True
    answered = (message.get("reply_to_message") or {}).get("from") or {}
    return bool(
        (command and (command[1] or command[0] in _KNOWN))
        or any(_mentions(message, me))
        or answered.get("id") == me.id
    )


def _command(message: Raw) -> tuple[str, str] | None:
    """The command that a message opens with, and the bot that it names, in lower case."""
    for entity, text in _entities(message):
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            name, _, bot = text[1:].lower().partition("@")
            return name, bot
    return None


def _mentions(message: Raw, me: Identity) -> Iterator[str]:
    """The places where the bot is named, as written."""
    for entity, text in _entities(message):
        named = entity["type"] == "mention" and text[1:].lower() == me.username.lower()
        if named or (entity["type"] == "text_mention" and entity["user"]["id"] == me.id):
            yield text


def _entities(message: Raw) -> Iterator[tuple[Raw, str]]:
    """The marked parts of a message's words. Telegram counts them in UTF-16."""
    kind = "entities" if message.get("text") else "caption_entities"
    marked = message.get(kind)
    if not marked:
        return
    words = _said(message).encode("utf-16-le", "surrogatepass")
    for entity in marked:
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        yield entity, words[start:end].decode("utf-16-le", "replace")


def _said(message: Raw) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _words(message: Raw, me: Identity) -> str:
    """The words without the bot's own name, which only says whom they are for."""
    text = _said(message)
    for mention in _mentions(message, me):
        text = text.replace(mention, " ", 1)
    command = _command(message)
    if command and command[1]:
        name_end = 1 + len(command[0])
        text = text[:name_end] + text[name_end + 1 + len(command[1]) :]
    return text.strip()


def _greeting_language(text: str, message: Raw) -> Language | None:
    """/start has no words to tell a language by, so the user's Telegram tells it."""
    code = (message.get("from") or {}).get("language_code")
    return language_of(code) if code and text.split()[0] == "/start" else None

"""What an update means to us: something said, a tap, a file, a chat that came, went or moved.

Private chats are read whole; in groups only commands, mentions and replies to the bot count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType

from bot.channels.telegram.commands import COMMANDS
from bot.messages import Language

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

_KNOWN = frozenset(command.name for command in COMMANDS)
_AWAY = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, as Telegram told it."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words, or the new words of a message that was edited."""

    text: str
    sender: str | None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button pressed; ``query`` is what Telegram wants answered."""

    tap: str
    sender: str
    query: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that Telegram keeps for us. ``size`` in bytes, None where not told."""

    file_id: str
    name: str
    size: int | None
    sender: str | None


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


def opened(raw: Mapping[str, Any]) -> Update:
    """An update as the library's object. Raises what the library raises where it cannot be read."""
    return Update.de_json(dict(raw), None)


def chat_of(update: Update) -> int | None:
    """The chat that an update belongs to; None where it has none."""
    return update.effective_chat.id if update.effective_chat else None


def read(update: Update, me: Identity) -> Event | None:
    """The update's meaning; None where it is none of our business."""
    if update.callback_query:
        return _tap(update.callback_query)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    return _message(message, me, edited=update.edited_message is not None) if message else None


def _tap(query: CallbackQuery) -> Tapped | None:
    if not query.data or query.message is None:
        return None
    return Tapped(query.data, str(query.from_user.id), query.id)


def _membership(change: ChatMemberUpdated) -> Membership:
    return Membership(change.new_chat_member.status not in _AWAY)


def _message(message: Message, me: Identity, *, edited: bool) -> Event | None:
    if message.migrate_to_chat_id:
        return Moved(message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return Moved(message.migrate_from_chat_id, message.chat.id)
    if not _is_for_us(message, me):
        return None
    sender = str(message.from_user.id) if message.from_user else None
    if message.document and not edited:
        file = message.document
        return Uploaded(file.file_id, file.file_name or "file", file.file_size, sender)
    text = _words(message, me)
    if text:
        return Said(text, sender, _greeting_language(text, message.from_user))
    return Unreadable() if _carries_something(message) and not edited else None


def _is_for_us(message: Message, me: Identity) -> bool:
    command = _command(message)
    if command and command[1] not in ("", me.username.lower()):
        return False
    if message.chat.type == ChatType.PRIVATE:
        return True
    answered = message.reply_to_message
    return bool(
        (command and (command[1] or command[0] in _KNOWN))
        or _mentions(message, me)
        or (answered and answered.from_user and answered.from_user.id == me.id)
    )


def _command(message: Message) -> tuple[str, str] | None:
    """The command that a message opens with, and the bot that it names, in lower case."""
    for entity, text in _entities(message).items():
        if entity.type == MessageEntityType.BOT_COMMAND and entity.offset == 0:
            name, _, bot = text[1:].lower().partition("@")
            return name, bot
    return None


def _mentions(message: Message, me: Identity) -> list[str]:
    """The places where the bot is named, as written."""
    return [
        text
        for entity, text in _entities(message).items()
        if (entity.type == MessageEntityType.MENTION and text[1:].lower() == me.username.lower())
        or (entity.type == MessageEntityType.TEXT_MENTION and entity.user and entity.user.id == me.id)
    ]


def _entities(message: Message) -> dict[Any, str]:
    return message.parse_entities() if message.text else message.parse_caption_entities()


def _words(message: Message, me: Identity) -> str:
    """The words without the bot's own name, which only says whom they are for."""
    text = message.text or message.caption or ""
    for mention in _mentions(message, me):
        text = text.replace(mention, " ", 1)
    command = _command(message)
    if command and command[1]:
        name_end = 1 + len(command[0])
        text = text[:name_end] + text[name_end + 1 + len(command[1]) :]
    return text.strip()


def _greeting_language(text: str, user: User | None) -> Language | None:
    """/start has no words to tell a language by, so the user's Telegram tells it."""
    if user is None or not user.language_code or text.split()[0] != "/start":
        return None
    code = user.language_code.lower()
    if code.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-Hant"
    return "zh-Hans" if code.startswith("zh") else "en"


def _carries_something(message: Message) -> bool:
    return bool(
        message.photo
        or message.voice
        or message.audio
        or message.video
        or message.video_note
        or message.sticker
        or message.animation
        or message.contact
        or message.location
    )

"""Lines of the transcript as the page receives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bot.channels.web.identity import Identity
from bot.messages import Attachment, Button
from bot.rendering import render
from bot.wire import unpack
from storage.records import TranscriptEntry
from storage.store import Store


async def shown(
    store: Store, identity: Identity, chat: str, entries: Sequence[TranscriptEntry]
) -> list[dict[str, Any]]:
    """Lines of a chat as JSON. ``first`` marks the one with which the transcript begins: what a page
    shows from before was erased."""
    beginning = await store.transcript(chat, 0, 1) if entries else []
    return [
        {**await _line(entry, identity), "first": [entry.n] == [first.n for first in beginning]}
        for entry in entries
    ]


async def _line(entry: TranscriptEntry, identity: Identity) -> dict[str, Any]:
    """A user's words as plain text, a reply as escaped HTML with buttons and files."""
    line: dict[str, Any] = {"n": entry.n, "author": entry.author, "at": entry.at.isoformat()}
    if entry.author == "user":
        return {**line, "id": entry.payload.get("id"), "text": entry.payload.get("text", "")}
    reply = unpack(entry.payload)
    return {
        **line,
        "language": reply.language,
        "html": render(reply, "web.html"),
        "buttons": [_button(button) for button in reply.buttons],
        "files": [
            await _file(identity, entry, index, attachment)
            for index, attachment in enumerate(reply.attachments)
        ],
    }


def attachment_of(entry: TranscriptEntry, index: int) -> Attachment | None:
    """The attachment with this number, where the line has one."""
    if entry.author == "user":
        return None
    attachments = unpack(entry.payload).attachments
    return attachments[index] if index < len(attachments) else None


def label_of(entry: TranscriptEntry, tap: str) -> str | None:
    """What the button with this tap is called, where the line has it."""
    buttons = entry.payload.get("buttons", ()) if entry.author == "xize" else ()
    return next((str(button["label"]) for button in buttons if button["tap"] == tap), None)


def _button(button: Button) -> dict[str, str]:
    return {"label": button.label, "tap": button.tap, "url": button.url}


async def _file(identity: Identity, entry: TranscriptEntry, index: int, file: Attachment) -> dict[str, str]:
    signature = await identity.file_signature(entry.chat, entry.n, index)
    return {
        "name": file.name,
        "media_type": file.media_type,
        "url": f"/chat/files/{entry.n}/{index}/{signature}/{quote(file.name, safe='')}",
    }

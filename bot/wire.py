"""A reply as JSON and back: what an outbox row holds of it. State for the machine interface stays behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from bot.messages import (
    Attachment,
    Block,
    Bullets,
    Button,
    Clause,
    Intent,
    Reply,
    Text,
    Timeline,
    TimelineRow,
    VerdictCard,
    VerdictRow,
)


def pack(reply: Reply) -> dict[str, Any]:
    """What is shown of a reply, as JSON."""
    return {
        "intent": str(reply.intent),
        "language": reply.language,
        "blocks": [_plain(asdict(block)) for block in reply.blocks],
        "buttons": [asdict(button) for button in reply.buttons],
        "attachments": [{**asdict(item), "path": str(item.path)} for item in reply.attachments],
    }


def unpack(payload: Mapping[str, Any]) -> Reply:
    """The reply that ``pack`` made, as far as it is shown."""
    return Reply(
        intent=Intent(payload["intent"]),
        language=payload["language"],
        blocks=tuple(_block(dict(block)) for block in payload["blocks"]),
        buttons=tuple(Button(**button) for button in payload["buttons"]),
        attachments=tuple(
            Attachment(item["name"], item["media_type"], Path(item["path"]))
            for item in payload["attachments"]
        ),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _block(fields: dict[str, Any]) -> Block:
    kind = fields["kind"]
    if kind == "text":
        return Text(**fields)
    if kind == "bullets":
        return Bullets(tuple(fields["items"]), fields["title"])
    if kind == "clause":
        return Clause(**fields)
    if kind == "verdict":
        return VerdictCard(tuple(VerdictRow(**row) for row in fields["rows"]))
    return Timeline(
        tuple(TimelineRow(**{**row, "on": date.fromisoformat(row["on"])}) for row in fields["rows"])
    )

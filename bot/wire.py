"""A reply as JSON and back: what an outbox row holds of it. State for the machine interface stays behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.attachments import lines_at
from bot.messages import (
    Attachment,
    Block,
    Bullets,
    Button,
    Clause,
    Intent,
    Place,
    Reply,
    Text,
    Timeline,
    TimelineRow,
    VerdictCard,
    VerdictRow,
)


def pack(reply: Reply) -> dict[str, Any]:
    """What is shown of a reply, as JSON."""
    place = {"place": asdict(reply.place)} if reply.place is not None else {}
    return {
        "intent": str(reply.intent),
        "language": reply.language,
        "blocks": [_plain(asdict(_kept(block))) for block in reply.blocks],
        "buttons": [asdict(button) for button in reply.buttons],
        "attachments": [{**asdict(item), "path": str(item.path)} for item in reply.attachments],
        **place,
    }


def unpack(payload: Mapping[str, Any]) -> Reply:
    """The reply that ``pack`` made, as far as it is shown."""
    return Reply(
        intent=Intent(payload["intent"]),
        language=payload["language"],
        blocks=tuple(shown for block in payload["blocks"] if (shown := _block(dict(block))) is not None),
        buttons=tuple(Button(**button) for button in payload["buttons"]),
        attachments=tuple(
            Attachment(item["name"], item["media_type"], Path(item["path"]))
            for item in payload["attachments"]
        ),
        place=Place(**payload["place"]) if "place" in payload else None,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _kept(block: Block) -> Block:
    """The block without what the store is not to keep."""
    return replace(block, items=()) if isinstance(block, Bullets) and block.fleeting else block


def _bullets(fields: Mapping[str, Any]) -> Bullets | None:
    where = fields.get("fleeting", "")
    items = lines_at(where) if where else tuple(fields["items"])
    return Bullets(items, fields["title"], fleeting=where) if items is not None else None


def _block(fields: dict[str, Any]) -> Block | None:
    """A block as it was; None for one whose lines are not kept any more."""
    kind = fields["kind"]
    if kind == "text":
        return Text(**fields)
    if kind == "bullets":
        return _bullets(fields)
    if kind == "clause":
        return Clause(**fields)
    if kind == "verdict":
        return VerdictCard(tuple(VerdictRow(**row) for row in fields["rows"]))
    return Timeline(
        tuple(TimelineRow(**{**row, "on": date.fromisoformat(row["on"])}) for row in fields["rows"])
    )

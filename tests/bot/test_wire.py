"""What is shown of a reply survives the outbox."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from bot.messages import (
    Attachment,
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
from bot.wire import pack, unpack


def test_every_kind_of_block_comes_back_as_it_was() -> None:
    reply = Reply(
        Intent.CHECK,
        (
            Text("a", "headline"),
            Bullets(("b", "c"), "t"),
            Clause("i#art_1", "第一条", "文", True, "原文", "现行有效", "gloss"),
            VerdictCard((VerdictRow("met", "x", "第一条", "i#art_1"),)),
            Timeline((TimelineRow(date(2026, 2, 28), "2月28日", "t", "upcoming", "还有 1 天", "n"),)),
        ),
        (Button("ok", "help"), Button("go", url="https://example.org/")),
        attachments=(Attachment("a.ics", "text/calendar", Path("a.ics")),),
        language="zh-Hant",
    )

    assert unpack(json.loads(json.dumps(pack(reply)))) == reply

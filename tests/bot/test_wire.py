"""What is shown of a reply survives the outbox."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.attachments import set_aside
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


def test_lines_that_are_not_to_be_kept_come_back_only_while_they_lie_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    where = set_aside(["张三"], datetime(2026, 11, 23, tzinfo=UTC))
    reply = Reply(Intent.CHECK, (Text("a"), Bullets(("张三",), "t", fleeting=where)))
    packed = json.dumps(pack(reply), ensure_ascii=False)

    assert "张三" not in packed
    assert unpack(json.loads(packed)) == reply
    Path(where).unlink()
    assert unpack(json.loads(packed)).blocks == (Text("a"),)

"""A reply laid out for a medium, whatever is in it."""

from __future__ import annotations

import pytest

from bot.messages import Bullets, Clause, Intent, Reply, Text, VerdictCard, VerdictRow
from bot.rendering import Medium, render

HOSTILE = '<script>alert("x")</script> & <b>'


def test_plain_text_shows_the_answer_first_and_law_in_quotation_marks() -> None:
    reply = Reply(
        Intent.LOOKUP,
        (
            Text("至少 4 名。", "headline"),
            Clause("i#art_1", "第一条", "四名以上", True, "原文", "征求意见稿"),
        ),
    )

    assert render(reply, "plain.txt").splitlines() == ["至少 4 名。", "第一条（原文）", "“四名以上”"]


def test_plain_text_marks_each_requirement() -> None:
    rows = (VerdictRow("met", "一", "第一条"), VerdictRow("not_met", "二"), VerdictRow("unknown", "三"))

    assert render(Reply(Intent.CHECK, (VerdictCard(rows),)), "plain.txt").splitlines() == [
        "✓ 一（第一条）",
        "✗ 二",
        "? 三",
    ]


@pytest.mark.parametrize("medium", ["telegram.html", "web.html"])
def test_html_media_escape_every_value(medium: Medium) -> None:
    reply = Reply(
        Intent.LOOKUP,
        (
            Text(HOSTILE, "headline"),
            Bullets((HOSTILE,), HOSTILE),
            Clause("i#art_1", HOSTILE, HOSTILE, True, HOSTILE, HOSTILE, HOSTILE),
            VerdictCard((VerdictRow("met", HOSTILE, HOSTILE, "i#art_1"),)),
        ),
    )

    shown = render(reply, medium)

    assert "<script" not in shown
    assert "&lt;script&gt;" in shown

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.identity import Identity
from bot.channels.web.lines import attachment_of, label_of, shown
from bot.messages import Attachment, Bullets, Button, Clause, Intent, Reply, Text, VerdictCard, VerdictRow
from bot.rendering import render
from bot.wire import pack
from storage.records import TranscriptEntry
from tests.bot.channels.web.house import NOW, House, clause, dates, verdict


def line_of(reply: Reply) -> TranscriptEntry:
    return TranscriptEntry(5, "web:a", "xize", pack(reply), NOW)


async def test_a_reply_carries_html_buttons_and_signed_files(house: House) -> None:
    file = Attachment("a b/期限.ics", "text/calendar", Path("/private/x.ics"))
    reply = Reply(
        Intent.EXPORT, (Text("好"),), (Button("看", "see"),), attachments=(file,), language="zh-Hant"
    )
    (line,) = await shown(house.store, Identity(house.store), "web:a", [line_of(reply)])
    assert line["language"] == "zh-Hant"
    assert line["buttons"] == [{"label": "看", "tap": "see", "url": ""}]
    assert line["files"][0]["url"].startswith("/chat/files/5/0/")
    assert "/private" not in str(line)


async def test_the_line_with_which_a_transcript_begins_is_marked(house: House) -> None:
    for number in range(3):
        await house.store.transcribe("web:a", "user", {"id": str(number), "text": "x"}, at=NOW)
    entries = await house.store.transcript("web:a")
    identity = Identity(house.store)
    assert [line["first"] for line in await shown(house.store, identity, "web:a", entries)] == [
        True,
        False,
        False,
    ]
    assert [line["first"] for line in await shown(house.store, identity, "web:a", entries[1:])] == [
        False,
        False,
    ]


def test_buttons_and_attachments_are_found_in_our_lines_only() -> None:
    entry = line_of(Reply(Intent.HELP, (), (Button("看", "see"),)))
    mine = TranscriptEntry(6, "web:a", "user", {"text": "x", "buttons": [{"label": "假", "tap": "see"}]}, NOW)
    assert label_of(entry, "see") == "看"
    assert label_of(entry, "other") is None
    assert label_of(mine, "see") is None
    assert attachment_of(entry, 0) is None
    assert attachment_of(mine, 0) is None


def test_a_clause_unfolds_and_quotes_only_own_words() -> None:
    html = render(clause(), "web.html")
    assert '<details class="clause" open>' in html
    assert "<blockquote>“2.提供4名以上" in html
    described = Clause(
        "r", "第十一条", "细化了填写计划等要求", False, "转述", "征求意见稿", gloss="our words"
    )
    html = render(Reply(Intent.LOOKUP, (described, described)), "web.html")
    assert "<blockquote>" not in html
    assert "“" not in html
    assert 'class="clause" open' not in html
    assert '<p class="gloss">our words</p>' in html


def test_a_verdict_says_its_marks_in_words_too() -> None:
    html = render(verdict(), "web.html")
    for mark in "✓✗?–":
        assert f'aria-hidden="true">{mark}<' in html
    for words in ("满足: ", "不满足: ", "还不知道: ", "不适用: "):
        assert words in html


def test_a_timeline_has_days_that_machines_read_and_a_status_for_each() -> None:
    html = render(dates(), "web.html")
    assert '<time datetime="2027-11-20">2027年11月20日（周六）</time>' in html
    for status in ("done", "overdue", "due_today", "upcoming"):
        assert f'<li class="{status}">' in html
    assert "已完成" in html  # a row without its own words says its status
    assert "请按 20 日准备" in html


@given(st.text(alphabet="<>&\"'/ ax=", min_size=1, max_size=40))
def test_no_value_of_a_reply_becomes_markup(value: str) -> None:
    blocks = (
        Text(value, "headline"),
        Bullets((value,), value),
        Clause(value, value, value, True, value, value, value),
        VerdictCard((VerdictRow("met", value, value),)),
    )
    plain = render(Reply(Intent.HELP, tuple(_replaced(block) for block in blocks)), "web.html")
    html = render(Reply(Intent.HELP, blocks), "web.html")
    assert html.count("<") == plain.count("<")
    assert html.count(">") == plain.count(">")


def _replaced(block: Text | Bullets | Clause | VerdictCard) -> Text | Bullets | Clause | VerdictCard:
    if isinstance(block, Text):
        return Text("x", "headline")
    if isinstance(block, Bullets):
        return Bullets(("x",), "x")
    if isinstance(block, Clause):
        return Clause("x", "x", "x", True, "x", "x", "x")
    return VerdictCard((VerdictRow("met", "x", "x"),))

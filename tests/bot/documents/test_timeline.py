"""The picture: its words fit, its colours tell, and without a font there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from bot.documents import timeline
from bot.documents.fonts import find_face
from bot.documents.timeline import Words, _wrapped, draw_timeline
from bot.messages import TimelineRow

WORDS = Words("甲公司：清洁生产审核期限", ("依据：第十七条。",), "zh-Hans")
ROW = TimelineRow(date(2026, 12, 20), "2026年12月20日（周日）", "平台注册", "overdue", "已过 3 天", "说明")
needs_chinese = pytest.mark.skipif(
    find_face(WORDS.title, "zh-Hans") is None, reason="no Chinese font on this machine"
)


@needs_chinese
def test_it_is_a_picture_that_shows_each_date_in_its_colour(tmp_path: Path) -> None:
    path = tmp_path / "t.png"
    assert draw_timeline(path, [ROW], WORDS)

    with Image.open(path) as picture:
        assert picture.format == "PNG"
        shades = {shade for _, shade in picture.convert("RGB").getcolors(100_000) or ()}
        reddish = [shade for shade in shades if isinstance(shade, tuple) and shade[0] > 150 > 80 > shade[1]]
        assert reddish


@needs_chinese
def test_more_dates_make_it_taller(tmp_path: Path) -> None:
    one, many = tmp_path / "1.png", tmp_path / "2.png"
    draw_timeline(one, [ROW], WORDS)
    draw_timeline(many, [ROW] * 5, WORDS)

    with Image.open(one) as short, Image.open(many) as tall:
        assert short.width == tall.width
        assert short.height < tall.height


def test_without_a_font_there_is_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "find_face", lambda *_: None)
    path = tmp_path / "t.png"

    assert not draw_timeline(path, [ROW], WORDS)
    assert not path.exists()


FONT = ImageFont.load_default(20)


@settings(deadline=None)
@given(st.text(st.sampled_from("abc 12，。;（）x "), max_size=80))
def test_lines_fit_and_nothing_is_lost(text: str) -> None:
    room = 100
    assert isinstance(FONT, ImageFont.FreeTypeFont)
    lines = list(_wrapped(text, FONT, room))

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(FONT.getlength(line) <= room for line in lines)


def test_no_line_begins_with_what_closes() -> None:
    assert isinstance(FONT, ImageFont.FreeTypeFont)
    lines = list(_wrapped("一二三四五，六七八九十。" * 4, FONT, 100))

    assert len(lines) > 1
    assert not any(line[0] in "，。" for line in lines)

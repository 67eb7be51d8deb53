"""A font counts only where it truly draws every character; what it lacks it draws as a box."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.documents import fonts
from bot.documents.fonts import Face, find_face, has_all, sized
from bot.messages import Language

CHINESE = find_face("清洁生产", "zh-Hans")
LATIN = next(iter(Path("/usr/share/fonts").rglob("DejaVuSans.ttf")), None)
needs_chinese = pytest.mark.skipif(CHINESE is None, reason="no Chinese font on this machine")


@needs_chinese
@pytest.mark.parametrize(
    ("text", "language"), [("清洁生产审核（4 名）", "zh-Hans"), ("清潔生產審核", "zh-Hant")]
)
def test_each_character_found_has_a_drawing_of_its_own(text: str, language: Language) -> None:
    face = find_face(text, language)
    assert face is not None
    font = sized(face, 24)
    missing = bytes(font.getmask("\U0010ffff"))

    assert all(bytes(font.getmask(char)) != missing for char in text if not char.isspace())


@pytest.mark.skipif(LATIN is None, reason="no Latin font to compare with")
def test_a_font_without_chinese_is_not_taken_for_one() -> None:
    face = Face(str(LATIN))

    assert has_all(face, frozenset("abc"))
    assert not has_all(face, frozenset("中"))


def test_where_no_font_has_a_character_there_is_none() -> None:
    assert find_face("\U0010fffe", "zh-Hans") is None


def test_a_machine_without_fonts_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_candidates", lambda _: ())

    assert find_face("中", "zh-Hans") is None


def test_without_fontconfig_known_folders_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)

    assert list(fonts._matched("zh-Hans")) == []
    assert all(isinstance(face, Face) for face in fonts._lying_about())


def test_a_file_that_is_no_font_has_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.ttf"
    path.write_bytes(b"no font")

    assert not has_all(Face(str(path)), frozenset("a"))

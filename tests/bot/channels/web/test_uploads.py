from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.uploads import keep, safe_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("名单（2026）.xlsx", "名单（2026）.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\roster.csv", "roster.csv"),
        (".bashrc", "bashrc"),
        ("", "file"),
        ("...", "file"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("x" * 300 + ".csv", "x" * 70 + ".csv"),
    ],
)
def test_a_name_is_kept_without_tricks(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text(max_size=200))
def test_any_name_is_one_plain_part_of_a_path(name: str) -> None:
    kept = safe_name(name)
    assert Path(kept).name == kept
    assert 0 < len(kept) <= 80
    assert not kept.startswith(".")


async def test_a_file_lies_alone_and_readable_by_us_only(tmp_path: Path) -> None:
    path = await keep("a.csv", b"1", tmp_path / "one")
    again = await keep("a.csv", b"2", tmp_path / "one")
    assert path == again
    assert path.read_bytes() == b"2"
    assert path.parent.stat().st_mode & 0o077 == 0

"""What is kept is given back for the same sources only; whatever becomes of the folder, all is right."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.kept import kept, read_table, read_tables


class Work:
    """Work that counts how often it is done."""

    def __init__(self, outcome: Any) -> None:
        self.outcome, self.done = outcome, 0

    def __call__(self) -> Any:
        self.done += 1
        return self.outcome


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where things are kept in this test; not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "xize"


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_the_same_sources_are_worked_out_once(folder: Path) -> None:
    work = Work({"守灯": [1, 2.5, None, True]})
    assert kept("lamps", [b"oil", b"wick"], work) == work.outcome
    assert kept("lamps", [b"oil", b"wick"], work) == work.outcome
    assert work.done == 1
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("sources", [[b"oil"], [b"oilw", b"ick"], [b"oil", b"wick", b""]])
def test_other_sources_are_worked_out_anew(folder: Path, sources: list[bytes]) -> None:
    kept("lamps", [b"oil", b"wick"], Work(1))
    assert kept("lamps", sources, Work(2)) == 2


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-2])


def changed(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"7", b"8"))


def empty(file: Path) -> None:
    file.write_bytes(b"")


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("damage", [cut, changed, empty, a_folder])
def test_what_is_damaged_is_worked_out_anew(folder: Path, damage: Callable[[Path], None]) -> None:
    kept("lamps", [b"oil"], Work([7, 77]))
    damage(only_file(folder))
    assert kept("lamps", [b"oil"], Work([7, 77])) == [7, 77]


def test_what_others_may_write_is_not_trusted(folder: Path) -> None:
    kept("lamps", [b"oil"], Work("ours"))
    folder.chmod(0o777)
    assert kept("lamps", [b"oil"], Work("anew")) == "anew"


def test_a_place_where_nothing_can_be_written_is_no_matter(folder: Path) -> None:
    folder.parent.write_text("a file where the folder should be", encoding="utf-8")
    assert kept("lamps", [b"oil"], Work(7)) == 7


def test_a_user_without_a_home_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "nowhere")
    assert kept("lamps", [b"oil"], Work(7)) == 7
    assert not list(tmp_path.iterdir())


def test_what_json_cannot_hold_is_given_and_not_kept(folder: Path) -> None:
    assert kept("lamps", [b"oil"], Work({1, 2})) == {1, 2}
    assert not list(folder.parent.glob("xize/*"))


def test_old_versions_make_room(folder: Path) -> None:
    for version in range(20):
        kept("lamps", [bytes([version])], Work(version))
    kept("other", [b""], Work(0))
    assert len(list(folder.glob("lamps-*"))) == 8


def test_tables_are_read_by_name_and_again_when_they_change(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('word = "灯"', encoding="utf-8")
    (tmp_path / "b.toml").write_text("list = [1, 2]", encoding="utf-8")
    for _ in range(2):
        assert read_tables("words", tmp_path.glob("*.toml")) == {
            "a.toml": {"word": "灯"},
            "b.toml": {"list": [1, 2]},
        }
    (tmp_path / "a.toml").write_text('word = "油"', encoding="utf-8")
    assert read_table(tmp_path / "a.toml") == {"word": "油"}
    assert len(list(folder.iterdir())) == 2


def test_a_table_that_cannot_be_read_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("word = ", encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError, match=r"a\.toml"):
        read_table(tmp_path / "a.toml")
    assert not folder.exists()

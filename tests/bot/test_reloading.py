"""Law and rules loaded again: the good ones are taken by all at once, the bad ones refused with a reason."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.app import load_reader, load_sources
from bot.assistant import Assistant
from bot.messages import Incoming
from bot.reloading import Reloader, SourcesRefused, fingerprint, read_checked
from bot.turn import Sources
from rules_engine.loader import BUILT_IN
from storage.opening import open_store
from tests.bot.talks import NOW


@pytest.fixture
def rulebook(tmp_path: Path) -> Path:
    """A copy of the built-in rulebook, for a test to change."""
    return Path(shutil.copytree(BUILT_IN, tmp_path / "rules"))


def _changed(folder: Path, old: str, new: str) -> None:
    for file in sorted(folder.glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        if old in text:
            file.write_text(text.replace(old, new, 1), encoding="utf-8")
            return
    raise AssertionError(f"{old} stands nowhere")


def test_what_ships_passes(tmp_path: Path) -> None:
    assert read_checked(tmp_path).rulebook.stamp == load_sources().rulebook.stamp


def test_a_rulebook_that_cites_nothing_known_is_refused_with_file_and_line(
    rulebook: Path, tmp_path: Path
) -> None:
    _changed(rulebook, "sz-rules-2018-draft#art_21", "sz-rules-2018-draft#art_99")

    with pytest.raises(SourcesRefused, match=r"\.yaml:\d+:.*art_99"):
        read_checked(tmp_path / "none", rulebook)


def test_a_rulebook_whose_case_fails_is_refused(rulebook: Path, tmp_path: Path) -> None:
    _changed(rulebook, "verdict: pass", "verdict: fail")

    with pytest.raises(SourcesRefused, match="expected 'fail', found 'pass'"):
        read_checked(tmp_path / "none", rulebook)


def test_a_law_text_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_text("no front matter", encoding="utf-8")

    with pytest.raises(SourcesRefused, match=r"broken\.txt"):
        read_checked(tmp_path)


def _year(folder: Path, year: int, *, holiday: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = f'year: {year}\nnotice: a notice\nholidays: ["{holiday}"]\nworkdays: []\n'
    (folder / f"{year}.yaml").write_text(text, encoding="utf-8")


def test_a_new_year_of_rest_days_is_a_file(tmp_path: Path) -> None:
    _year(tmp_path / "holidays", 2039, holiday="2039-01-03")
    sources = read_checked(tmp_path)

    assert sources.rulebook.is_arranged(2039)
    assert not sources.rulebook.is_arranged(2040)


def test_a_year_file_with_a_day_of_another_year_is_refused(tmp_path: Path) -> None:
    _year(tmp_path / "holidays", 2039, holiday="2040-01-03")

    with pytest.raises(SourcesRefused, match="2039"):
        read_checked(tmp_path)


# --- taking ------------------------------------------------------------------------------------


async def _nothing() -> None:
    return


def _reloader(
    sources: Sources,
    read: Callable[[], Sources],
    *watched: Path,
    taken: Callable[[], Awaitable[None]] = _nothing,
    told: list[bool] | None = None,
) -> Reloader:
    tell = told.append if told is not None else (lambda _: None)
    return Reloader(sources, read, watched, taken=taken, tell=tell, look_every=0.02)


def _in_use() -> Sources:
    shared = load_sources()
    return Sources(shared.library, shared.rulebook)


async def test_an_assistant_answers_from_what_was_taken(tmp_path: Path, rulebook: Path) -> None:
    _changed(rulebook, 'version: "2026.11"', 'version: "2099.1"')
    sources, store = _in_use(), open_store("sqlite:///:memory:")
    await store.open()
    assistant = Assistant(sources, load_reader(), store, new_id=lambda: "id")
    try:
        assert await _reloader(sources, lambda: read_checked(tmp_path / "none", rulebook)).reload()
        reply = await assistant.respond(Incoming("jsonl:a", NOW, text="代理公司 5 个大专，够不够"))
    finally:
        await store.close()

    assert reply.check is not None
    assert reply.check.rulebook.version == "2099.1"


async def test_what_is_refused_changes_nothing_and_its_reason_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sources, told = _in_use(), list[bool]()
    before = (sources.library, sources.rulebook)

    def refuse() -> Sources:
        raise SourcesRefused(["rules.yaml:7: no such fact"])

    assert not await _reloader(sources, refuse, told=told).reload()
    assert (sources.library, sources.rulebook) == before
    assert told == [False]
    assert "rules.yaml:7" in caplog.text


async def test_dates_are_computed_again_after_it_was_taken() -> None:
    computed = asyncio.Event()

    async def compute() -> None:
        computed.set()

    assert await _reloader(_in_use(), load_sources, taken=compute).reload()
    assert computed.is_set()


class Watching:
    """A reloader at work over a folder, and how often it has read."""

    def __init__(self, folder: Path) -> None:
        self.reads = 0
        self.read = asyncio.Event()
        self.reloader = _reloader(_in_use(), self._read, folder)
        self._loop = asyncio.get_running_loop()

    def _read(self) -> Sources:
        self.reads += 1
        self._loop.call_soon_threadsafe(self.read.set)
        return load_sources()

    async def __aenter__(self) -> Watching:
        self._stop = asyncio.Event()
        self._task = asyncio.create_task(self.reloader.run(self._stop))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        await asyncio.wait_for(self._task, 10)

    async def has_read(self) -> None:
        await asyncio.wait_for(self.read.wait(), 10)
        self.read.clear()


async def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    async with Watching(tmp_path) as watching:
        (tmp_path / "a.txt").write_text("new", encoding="utf-8")
        await watching.has_read()


async def test_asking_loads_again_once_though_nothing_changed(tmp_path: Path) -> None:
    async with Watching(tmp_path) as watching:
        watching.reloader.ask()
        await watching.has_read()
        for _ in range(5):
            await asyncio.sleep(0.02)

        assert watching.reads == 1


def test_a_fingerprint_tells_new_changed_and_removed_files_apart(tmp_path: Path) -> None:
    prints = [fingerprint([tmp_path])]
    file = tmp_path / "sub" / "a.txt"
    file.parent.mkdir()
    file.write_text("a", encoding="utf-8")
    prints.append(fingerprint([tmp_path]))
    file.write_text("ab", encoding="utf-8")
    prints.append(fingerprint([tmp_path]))
    file.unlink()

    assert len(set(prints)) == 3
    assert fingerprint([tmp_path]) == prints[0]


def test_a_folder_that_is_not_there_yet_has_a_fingerprint(tmp_path: Path) -> None:
    assert fingerprint([tmp_path / "later"]) == frozenset()

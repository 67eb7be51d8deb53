"""Litestream really copies a store in use, and the operators' way of bringing it back loses nothing and sends
nothing twice unmarked.

It runs where there is a ``litestream`` (0.5 or newer) on the path or beside the tests' Python; elsewhere
these tests are skipped, unless XIZE_REQUIRE_LITESTREAM=1. The copy goes to a folder instead of an object
store: what comes back and how is the same.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from bot.channels.web.guard import HEADER
from storage.opening import open_store
from storage.store import Settlement, Store
from tests.bot.commands.test_serve import serving, surroundings
from tests.deploy.dockerfile import HOUSE
from tests.docs import pages
from tests.storage.people import claim, delivery, found
from tests.waiting import PATIENCE

CONFIG = HOUSE / "deploy" / "litestream.yml"
NOW = datetime.now(UTC)  # `xize restore` looks at the real clock


def _program() -> str | None:
    beside = Path(sys.executable).with_name("litestream")
    return str(beside) if beside.exists() else shutil.which("litestream")


@pytest.fixture
def litestream() -> str:
    """The program."""
    program = _program()
    if program is None and os.environ.get("XIZE_REQUIRE_LITESTREAM") == "1":
        pytest.fail("there is no litestream, and XIZE_REQUIRE_LITESTREAM=1 asks for one")
    if program is None:
        pytest.skip("needs litestream")
    return program


class Copied:
    """The database of a folder, and Litestream set up by our own file to copy it into another."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.database = folder / "x.db"
        ours: dict[str, Any] = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
        (one,) = ours["dbs"]
        one["path"] = str(self.database)
        one["replica"] = {
            "type": "file",
            "path": str(folder / "elsewhere"),
            "sync-interval": one["replica"]["sync-interval"],
        }
        self.config = folder / "litestream.yml"
        self.config.write_text(yaml.safe_dump(ours), encoding="utf-8")

    @contextmanager
    def copying(self) -> Iterator[Path]:
        """While this lasts every change is copied; it ends as on a lost machine. Gives what was said."""
        told = self.folder / "litestream.txt"
        with told.open("wb") as out:
            process = subprocess.Popen(
                [self.program, "replicate", "-config", str(self.config)], stdout=out, stderr=out
            )
        try:
            yield told
        finally:
            process.kill()
            process.wait()

    def holds(self, seen: Callable[[Path], bool]) -> None:
        """Wait until what would be brought back holds something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            part = self.folder / "look.db"
            done = subprocess.run(
                [self.program, "restore", "-config", self.config, "-force", "-o", part, self.database],
                capture_output=True,
                check=False,
            )
            if done.returncode == 0 and seen(part):
                return
            time.sleep(0.1)
        raise AssertionError("it was not copied")

    def lost(self) -> None:
        """The machine's disk is gone: the database and what Litestream noted beside it."""
        for path in (*self.folder.glob("x.db*"), *self.folder.glob(".x.db*"), self.folder / "look.db"):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def brought_back(self) -> str:
        """The commands of the operators' page, carried out; what they printed."""
        bin_folder = self.folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "litestream").symlink_to(self.program)
        (bin_folder / "xize").write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n', encoding="utf-8"
        )
        (bin_folder / "xize").chmod(0o755)
        script = "\n".join(_commands()).replace("/var/lib/xize/xize.db", str(self.database))
        done = subprocess.run(
            ["sh", "-ec", script],
            cwd=self.folder,
            env=surroundings(
                PATH=f"{bin_folder}:{os.environ['PATH']}",
                LITESTREAM_CONFIG=str(self.config),
                XIZE_DATABASE_URL=f"sqlite:///{self.database}",
            ),
            capture_output=True,
            text=True,
            timeout=PATIENCE * 2,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _commands() -> list[str]:
    """How the operators' page brings a lost database back."""
    blocks = pages.commands(pages.read("docs/operators.md"))
    (block,) = [block for block in blocks if any("litestream restore" in line for line in block.lines)]
    return list(block.lines)


def _rows(path: Path, table: str, columns: str) -> list[tuple[Any, ...]]:
    """Rows of a database, straight from its file; none while the table is not there yet."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            return connection.execute(f"select {columns} from {table}").fetchall()  # noqa: S608 - ours
        except sqlite3.OperationalError:
            return []


# --- the file ------------------------------------------------------------------------------------


def test_litestream_reads_our_file(litestream: str) -> None:
    place = surroundings(LITESTREAM_BUCKET="kept", LITESTREAM_ENDPOINT="http://127.0.0.1:9")
    done = subprocess.run(
        [litestream, "databases", "-config", CONFIG], env=place, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[1].split() == ["/var/lib/xize/xize.db", "s3"]


async def _furnished(url: str) -> None:
    store = open_store(url)
    await store.open()
    await store.close()


def test_how_often_it_keeps_the_whole_is_heard(litestream: str, tmp_path: Path) -> None:
    """What stands in the wrong place of its file it reads past, without a word."""
    copied = Copied(litestream, tmp_path)
    asyncio.run(_furnished(f"sqlite:///{copied.database}"))
    snapshot = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["snapshot"]
    with copied.copying() as told:
        end = time.monotonic() + PATIENCE
        while (heard := _intervals(told)) == set() and time.monotonic() < end:
            time.sleep(0.05)

    assert f"{snapshot['interval']}0m0s" in heard


def _intervals(told: Path) -> set[str]:
    return set(re.findall(r"level=9 interval=(\w+)", told.read_text(encoding="utf-8")))


# --- a machine lost while it serves ---------------------------------------------------------------


def test_a_talk_goes_on_where_it_was_on_another_machine(litestream: str, tmp_path: Path) -> None:
    copied = Copied(litestream, tmp_path)
    with serving(tmp_path) as served:
        served.ready()
        with copied.copying():
            with httpx.Client(base_url=served.address, headers={HEADER: "1"}, timeout=PATIENCE) as browser:
                browser.get("/")
                said = browser.post("/chat/messages", json={"id": "m1234567", "text": "第十条讲什么"})
                assert said.status_code == 200
                cookies = browser.cookies
            copied.holds(lambda path: len(_rows(path, "transcript", "author")) == 2)
        served.process.kill()
        served.process.wait()
    copied.lost()
    copied.brought_back()

    with serving(tmp_path) as again:
        again.ready()
        page = httpx.get(f"{again.address}/chat/messages", headers={HEADER: "1"}, cookies=cookies)

    assert [line["author"] for line in page.json()["lines"]] == ["user", "xize"]


KEYS = ("sent", "under way", "sent in the lost second", "later")


async def _deliveries(store: Store) -> None:
    """One delivery sent, one on its way, one due, one for next week."""
    await found(store, at=NOW)
    await store.enqueue([delivery(key, chat=f"web:{key}", at=NOW) for key in KEYS[:2]])
    rows = {row.dedupe_key: row for row in await claim(store, now=NOW)}
    for row in rows.values():
        assert await store.begin(row, now=NOW)
    await store.settle(rows["sent"], Settlement("sent", NOW, message_id="5"))
    await store.enqueue([delivery(KEYS[2], at=NOW), delivery(KEYS[3], at=NOW + timedelta(days=9))])


async def _settled(store: Store, key: str) -> None:
    (row,) = [row for row in await claim(store, now=NOW) if row.dedupe_key == key]
    assert await store.begin(row, now=NOW)
    await store.settle(row, Settlement("sent", NOW, message_id="6"))


async def test_what_was_sent_in_the_lost_second_is_in_doubt_and_never_sent_as_if_nothing_had_been(
    litestream: str, tmp_path: Path
) -> None:
    copied = Copied(litestream, tmp_path)
    url = f"sqlite:///{copied.database}"
    store = open_store(url)
    await store.open()
    with copied.copying():
        await _deliveries(store)
        await asyncio.to_thread(copied.holds, lambda path: len(_states(path)) == len(KEYS))
    await _settled(store, KEYS[2])
    await store.close()
    copied.lost()
    told = copied.brought_back()

    assert "now uncertain: 1 on their way when the backup was made, 1 due since" in told
    assert _states(copied.database) == dict(
        zip(KEYS, ("sent", "uncertain", "uncertain", "pending"), strict=True)
    )


def _states(path: Path) -> dict[str, str]:
    return dict(_rows(path, "delivery", "dedupe_key, state"))

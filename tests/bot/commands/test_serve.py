"""``xize serve`` as a process: it starts, serves, and stops when it is told to, again and again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.channels.web.guard import HEADER
from tests.waiting import PATIENCE, well

HOUSE = Path(__file__).parents[3]


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A running ``xize serve`` in a folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._out = (folder / "out.txt").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            cwd=folder,
            env=surroundings(XIZE_HTTP_PORT=str(port), XIZE_DATABASE_URL=f"sqlite:///{folder / 'x.db'}"),
            stdout=self._out,
            stderr=subprocess.STDOUT,
        )

    def ready(self) -> httpx.Response:
        """The first good answer of /readyz."""
        answer = well(f"{self.address}/readyz", self.process)
        assert answer is not None, f"not served: {self.told()}"
        return answer

    def stop(self, number: signal.Signals) -> int:
        """Send a signal; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)

    def told(self) -> str:
        """What it wrote."""
        self._out.seek(0)
        return self._out.read()

    def close(self) -> None:
        """Leave no process behind."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._out.close()


def surroundings(**own: str) -> dict[str, str]:
    """An environment without settings of the machine."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XIZE_")}
    return {**kept, "PYTHONPATH": str(HOUSE), "PYTHONIOENCODING": "utf-8", **own}


@contextmanager
def serving(folder: Path, port: int | None = None) -> Iterator[Served]:
    """A server that has been asked to start."""
    served = Served(folder, port or free_port())
    try:
        yield served
    finally:
        served.close()


def test_it_serves_the_page_and_stops_cleanly_again_and_again(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        with serving(tmp_path) as served:
            assert served.ready().status_code == 200
            page = httpx.get(served.address, timeout=5)
            assert page.status_code == 200
            assert "<html" in page.text
            assert "server" not in page.headers

            assert served.stop(number) == 0
            assert served.address in served.told()
            assert "Traceback" not in served.told()
    assert (tmp_path / "x.db").exists()


def test_an_open_page_does_not_hold_it_up(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        served.ready()
        with httpx.Client(base_url=served.address, headers={HEADER: "1"}, timeout=PATIENCE) as browser:
            browser.get("/")
            with browser.stream("GET", "/chat/events") as events:
                assert events.status_code == 200
                assert served.stop(signal.SIGTERM) == 0


def test_a_port_in_use_is_named_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with serving(tmp_path, port) as served:
            assert served.process.wait(timeout=PATIENCE) == 2
            (line,) = served.told().strip().splitlines()
            assert "XIZE_HTTP_PORT" in line
            assert str(port) in line


def _refused(folder: Path, **settings: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        cwd=folder,
        env=surroundings(**settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    return line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("XIZE_HTTP_PORT", "http"),
        ("XIZE_DATABASE_URL", "mysql://x"),
        ("XIZE_TELEGRAM_TOKEN", "not-a-token"),
        ("XIZE_TIMEZONE", "Asia/Atlantis"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    assert name in _refused(tmp_path, **{name: value})


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    file.write_text("this is no database, it is a letter to a friend\n" * 50, encoding="utf-8")
    before = file.read_bytes()

    assert "database" in _refused(tmp_path, XIZE_DATABASE_URL=f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_database_in_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("", encoding="utf-8")

    assert "folder" in _refused(tmp_path, XIZE_DATABASE_URL=f"sqlite:///{tmp_path / 'folder' / 'x.db'}")

"""PostgreSQL, two workers and the proxy in front of them, put together as in compose.yaml but as processes of
this machine. ``make image`` runs it where there is a ``caddy`` on the path."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.channels.web.guard import HEADER
from tests.bot.commands.test_serve import free_port, surroundings
from tests.deploy.dockerfile import HOUSE
from tests.storage.server import running, schema
from tests.waiting import PATIENCE, well

pytestmark = pytest.mark.skipif(
    os.environ.get("XIZE_IMAGE") != "1" or shutil.which("caddy") is None,
    reason="set XIZE_IMAGE=1 and have caddy on the path",
)

TRIES = 4


@dataclass(frozen=True, slots=True)
class Several:
    """What stands behind the address that people use."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]


@pytest.fixture
def several(tmp_path: Path) -> Iterator[Several]:
    with ExitStack() as stack:
        database = stack.enter_context(schema(stack.enter_context(running()), "several"))
        ports = (free_port(), free_port())
        workers = tuple(stack.enter_context(_worker(tmp_path, database, port)) for port in ports)
        for port, worker in zip(ports, workers, strict=True):
            assert well(f"http://127.0.0.1:{port}/readyz", worker) is not None
        address = f"http://127.0.0.1:{free_port()}"
        upstream = " ".join(f"127.0.0.1:{port}" for port in ports)
        proxy = stack.enter_context(_proxy(tmp_path, address, upstream))
        assert well(f"{address}/readyz", proxy) is not None
        yield Several(address, workers)


def _worker(folder: Path, database: str, port: int) -> AbstractContextManager[subprocess.Popen[bytes]]:
    settings = {"DATABASE_URL": database, "HTTP_PORT": str(port), "TRUSTED_PROXIES": "127.0.0.1"}
    return _started(
        [sys.executable, "-m", "bot", "serve"],
        folder,
        {f"XIZE_{name}": value for name, value in settings.items()} | {"TMPDIR": str(folder)},
    )


def _proxy(folder: Path, address: str, upstream: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
    command = ["caddy", "run", "--config", str(HOUSE / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
    own = {"XIZE_DOMAIN": address, "XIZE_UPSTREAM": upstream, "CADDY_ADMIN": f"127.0.0.1:{free_port()}"}
    return _started(command, folder, own | _buffering() | {"HOME": str(folder)})


def _buffering() -> dict[str, str]:
    """What the Caddyfile asks of an old Caddy."""
    said = subprocess.run(["caddy", "version"], capture_output=True, text=True, check=True).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:3])
    return {} if version >= (2, 6, 3) else {"XIZE_BUFFERING": "buffer_requests"}


@contextmanager
def _started(command: list[str], folder: Path, own: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=surroundings() | own, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _sent(browser: httpx.Client, name: str) -> bool:
    """Send a message as the page does: a proxy that has just lost a worker may say 502; then once more."""
    message = {"id": name, "text": "第十条讲什么"}
    answers = (browser.post("/chat/messages", json=message).status_code for _ in range(TRIES))
    return any(status == 200 for status in answers)


def _authors(browser: httpx.Client, answers: int) -> list[str]:
    """Who said what stands in the chat, once there are so many answers."""
    end = time.monotonic() + PATIENCE
    while True:
        authors = [line["author"] for line in browser.get("/chat/messages").json()["lines"]]
        if authors.count("xize") >= answers or time.monotonic() > end:
            return authors
        time.sleep(0.1)


def test_a_talk_goes_on_though_one_of_two_workers_is_killed(several: Several) -> None:
    with httpx.Client(base_url=several.address, headers={HEADER: "1"}, timeout=PATIENCE) as browser:
        assert "<html" in browser.get("/").text
        assert browser.get("/metrics").status_code == 404
        with browser.stream("GET", "/chat/events") as events:
            assert _sent(browser, "m1234567")
            # The proxy holds nothing back: the answer is here while the stream goes on.
            assert any('"xize"' in line for line in events.iter_lines())
        several.workers[0].kill()
        assert _sent(browser, "m7654321")
        assert _sent(browser, "m7654322")

        assert sorted(_authors(browser, 3)) == ["user"] * 3 + ["xize"] * 3

"""Many chats talking at once: what `xize serve` does under load, as processes on this machine.

python -m benchmarks.load [--minutes N] [--chats N] [--rate N] [--workers N] [--kill]

Updates are pushed to the webhook over loopback as Telegram does; answers go to a Telegram on loopback. Two
times are measured for each message: until it is kept and acknowledged, and until its answer arrives. One
worker runs on SQLite, several on a private PostgreSQL; ``--kill`` ends one of them with SIGKILL halfway. The
rate stays below the 25 messages a second that Telegram takes from a bot, whatever the number of chats.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import uvicorn

from tests.fakes.telegram import TOKEN
from tests.storage.server import running

HOUSE = Path(__file__).parents[1]
SECRET = "load-of-the-webhook"  # noqa: S105 - of a Telegram on loopback
QUESTIONS = (
    "第十条讲什么",
    "自行组织审核需要几名审核师？",
    "代理公司 5 个大专、3 个审核师，社保都满一年",
    "不对，审核师是 4 个",
    "期限怎么算",
    "这个细则现在有效吗",
    "第三十五条规定罚五万，对吧",
    "谢谢",
)
ANSWERED_WITHIN = 60.0  # seconds; later counts as not answered
CONNECTIONS = 100  # that Telegram may open
WARM_UP = 0.2  # of the time, before memory is looked at

_SET_UP: dict[str, Any] = {  # what a bot asks before it introduces itself
    "getMe": {"id": 424242, "is_bot": True, "first_name": "Xize", "username": "XizeLoadBot"},
    "getMyName": {"name": ""},
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "getMyCommands": [],
    "getChatMenuButton": {"type": "default"},
}


@dataclass(slots=True)
class Telegram:
    """The Bot API as far as a bot under load asks it."""

    waiting: dict[int, asyncio.Future[float]] = field(default_factory=dict)  # by chat
    received: int = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        result = self._result(scope["path"].rpartition("/")[2], body)
        answer = json.dumps({"ok": True, "result": result}).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _result(self, method: str, body: bytes) -> Any:
        if method in _SET_UP:
            return _SET_UP[method]
        if method != "sendMessage":
            return True
        chat = int(parse_qs(body.decode())["chat_id"][0])
        self.received += 1
        waiting = self.waiting.pop(chat, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(time.perf_counter())
        return {"message_id": self.received, "date": 1, "chat": {"id": chat, "type": "private"}}


@dataclass(slots=True)
class Figures:
    """What was measured, in seconds."""

    kept: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    unanswered: int = 0
    refused: int = 0  # pushes that had to be made again

    def show(self) -> None:
        """Print the table."""
        print(f"messages {len(self.kept)}   not answered {self.unanswered}   pushed again {self.refused}")
        for name, times in (("kept", self.kept), ("answered", self.answered)):
            ordered = sorted(times) or [0.0]
            at = {share: ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.99)}
            print(
                f"{name:10} p50 {at[0.5] * 1000:6.0f} ms   p99 {at[0.99] * 1000:6.0f} ms   "
                f"longest {ordered[-1] * 1000:6.0f} ms"
            )


class Crowd:
    """People in chats, each asking, waiting for the answer, and thinking for as long as chance has it: so
    the rate is the same from the first second to the last."""

    def __init__(self, telegram: Telegram, ports: list[int], chats: int, rate: float) -> None:
        self._telegram = telegram
        self._ports = ports
        self._chats = chats
        self._think = chats / rate
        self._numbers = iter(range(1, 10**9))
        self.figures = Figures()

    async def talk(self, seconds: float) -> None:
        """All chats at once, for so long."""
        end = time.monotonic() + seconds
        limits = httpx.Limits(max_connections=CONNECTIONS)
        async with httpx.AsyncClient(limits=limits, timeout=20) as client, asyncio.TaskGroup() as group:
            for chat in range(1, self._chats + 1):
                group.create_task(self._person(client, chat, end))

    async def _person(self, client: httpx.AsyncClient, chat: int, end: float) -> None:
        await self._ponder(end)
        while time.monotonic() < end:
            waiting = asyncio.get_running_loop().create_future()
            self._telegram.waiting[chat] = waiting
            started = time.perf_counter()
            await self._push(client, chat)
            self.figures.kept.append(time.perf_counter() - started)
            try:
                async with asyncio.timeout(ANSWERED_WITHIN):
                    self.figures.answered.append(await waiting - started)
            except TimeoutError:
                self.figures.unanswered += 1
            await self._ponder(end)

    async def _ponder(self, end: float) -> None:
        await asyncio.sleep(max(0, min(random.expovariate(1 / self._think), end - time.monotonic())))

    async def _push(self, client: httpx.AsyncClient, chat: int) -> None:
        """Push until it is acknowledged, to another worker where one does not answer, as a proxy does."""
        number = next(self._numbers)
        person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "zh-hans"}
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "A"},
            "from": person,
            "text": random.choice(QUESTIONS),
        }
        body = {"update_id": number, "message": message}
        for place in range(number, number + 100):
            port = self._ports[place % len(self._ports)]
            try:
                answer = await client.post(
                    f"http://127.0.0.1:{port}/telegram/webhook",
                    json=body,
                    headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
                )
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code == 200:
                return
            self.figures.refused += 1
            await asyncio.sleep(0.1)
        raise RuntimeError("no worker takes anything any more")


# --- the processes -------------------------------------------------------------------------------


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def serving(folder: Path, database: str, telegram_port: int) -> AsyncIterator[tuple[int, Any]]:
    """One `xize serve`, ready: its port and its process."""
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XIZE_")},
        "PYTHONPATH": str(HOUSE),
        "XIZE_DATABASE_URL": database,
        "XIZE_TELEGRAM_TOKEN": TOKEN,
        "XIZE_TELEGRAM_API_URL": f"http://127.0.0.1:{telegram_port}",
        "XIZE_TELEGRAM_MODE": "webhook",
        "XIZE_PUBLIC_URL": "https://load.test",
        "XIZE_WEBHOOK_SECRET": SECRET,
        "XIZE_HTTP_PORT": str(port),
        "XIZE_LOG_LEVEL": "WARNING",
    }
    command = (sys.executable, "-m", "bot", "serve")
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, stdout=-3)
    try:
        await _ready(port)
        yield port, process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _ready(port: int) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(300):
            try:
                if (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)
    raise RuntimeError("xize serve does not start")


@asynccontextmanager
async def telegram_on_loopback() -> AsyncIterator[tuple[Telegram, int]]:
    """The Telegram and its port."""
    telegram, port = Telegram(), free_port()
    config = uvicorn.Config(telegram, port=port, log_level="warning", lifespan="off", access_log=False)
    server = uvicorn.Server(config)
    serving_it = asyncio.create_task(server.serve())
    await _ready(port)
    try:
        yield telegram, port
    finally:
        server.should_exit = True
        await serving_it


@contextmanager
def database(folder: Path, workers: int) -> Iterator[str]:
    """SQLite for one worker, a private PostgreSQL that keeps its promises for several."""
    if workers == 1:
        yield f"sqlite:///{folder / 'load.db'}"
        return
    with running(()) as url:
        yield url


def memory(process: Any) -> int:
    """What a process holds in memory, in KiB; 0 when it is gone."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)


async def watch(processes: list[Any], seconds: float) -> None:
    """Print what the processes hold after warming up, and at the end."""
    await asyncio.sleep(seconds * WARM_UP)
    early = [memory(process) for process in processes]
    await asyncio.sleep(seconds * (1 - WARM_UP) - 1)
    late = [memory(process) for process in processes]
    for before, after in zip(early, late, strict=True):
        print(
            f"memory     {before // 1024} MiB after {seconds * WARM_UP:.0f} s, {after // 1024} MiB at the end"
        )


async def kill_one(processes: list[Any], seconds: float) -> None:
    """Kill the first worker halfway: the one that came first sends, so it is missed most."""
    await asyncio.sleep(seconds / 2)
    print(f"killed     worker {processes[0].pid} after {seconds / 2:.0f} s")
    processes[0].kill()


async def run(given: argparse.Namespace, folder: Path, url: str) -> Figures:
    """Start everything, let the crowd talk, and stop it."""
    seconds = given.minutes * 60
    async with telegram_on_loopback() as (telegram, port), _workers(given.workers, folder, url, port) as made:
        ports, processes = [one[0] for one in made], [one[1] for one in made]
        crowd = Crowd(telegram, ports, given.chats, given.rate)
        beside = [asyncio.create_task(watch(processes, seconds))]
        if given.kill:
            beside.append(asyncio.create_task(kill_one(processes, seconds)))
        await crowd.talk(seconds)
        await asyncio.gather(*beside)
    return crowd.figures


@asynccontextmanager
async def _workers(count: int, folder: Path, url: str, telegram: int) -> AsyncIterator[list[tuple[int, Any]]]:
    if not count:
        yield []
        return
    async with serving(folder, url, telegram) as first, _workers(count - 1, folder, url, telegram) as others:
        yield [first, *others]


def main() -> int:
    """Measure and print; 1 when a message was not answered."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--chats", type=int, default=500)
    parser.add_argument("--rate", type=float, default=18, help="messages a second, of all chats together")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--kill", action="store_true", help="kill one worker halfway")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xize-load-") as name, database(Path(name), given.workers) as url:
        print(f"{given.chats} chats, {given.rate:g} messages a second, {given.workers} worker(s)")
        figures = asyncio.run(run(given, Path(name), url))
    figures.show()
    return int(bool(figures.unanswered))


if __name__ == "__main__":
    sys.exit(main())

"""Milliseconds a message through Assistant.respond over SQLite in memory, and what of it reading alone takes.

python -m benchmarks.converse [--messages N]
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable
from datetime import datetime
from itertools import count, cycle, islice

from bot.app import load_sources
from bot.assistant import Assistant
from bot.messages import Incoming
from bot.understanding.model import ReadingContext
from bot.understanding.reader import Reader
from storage.opening import open_store

NOW = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
MESSAGES = (
    "自行组织审核需要几名审核师？",
    "第十六条讲什么",
    "代理公司 5 个大专、3 个审核师，社保都满一年",
    "不对，审核师是 4 个",
    "社保满一年的 4 个，高工 1 个",
    "我们上了强制审核名单，2026年11月20日发布的",
    "到期前提醒我",
    "我们是电镀厂，多久做一轮",
    "第三十五条规定罚五万，对吧",
    "ISO14001 多少钱",
    "你记了什么",
    "what happens if we fail the acceptance",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1200)
    wanted = parser.parse_args().messages
    messages = list(islice(cycle(MESSAGES), wanted))
    whole = asyncio.run(_answered(messages))
    reader = Reader()
    reading = _timed(messages, lambda text: reader.read(text, ReadingContext(now=NOW)))
    print(f"{'':24}{'median ms':>12}{'p99 ms':>10}")
    _row("Assistant.respond", whole)
    _row("of it, reading", reading)
    print(f"messages a second, one after the other: {1000 / statistics.mean(whole):.0f}")


async def _answered(messages: list[str]) -> list[float]:
    """A hundred chats that all say the messages; the first round warms up and is not counted."""
    store = open_store("sqlite:///:memory:")
    await store.open()
    numbers = count()
    assistant = Assistant(load_sources(), Reader(), store, new_id=lambda: f"id{next(numbers)}")
    taken = []
    try:
        for index, text in enumerate([*MESSAGES, *messages]):
            chat = f"console:{index // len(MESSAGES) % 100}"
            start = time.perf_counter()
            await assistant.respond(Incoming(chat, NOW, text=text, update=f"{index}"))
            taken.append((time.perf_counter() - start) * 1000)
    finally:
        await store.close()
    return taken[len(MESSAGES) :]


def _timed(messages: list[str], work: Callable[[str], object]) -> list[float]:
    taken = []
    for text in messages:
        start = time.perf_counter()
        work(text)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def _row(name: str, taken: list[float]) -> None:
    p99 = statistics.quantiles(taken, n=100)[98]
    print(f"{name:24}{statistics.median(taken):>12.2f}{p99:>10.2f}")


if __name__ == "__main__":
    main()

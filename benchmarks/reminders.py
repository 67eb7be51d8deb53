"""Deliveries a second, the wait for one, memory and the length of a tick, on SQLite and PostgreSQL.

Every worker is a process of its own that claims ten, then journals and settles each, every step on disk.
PostgreSQL is a private server with its usual settings unless --postgres names one. Beside them, where
they are installed (benchmarks/requirements.in): APScheduler with its SQL store, and procrastinate.
Run: python -m benchmarks.reminders [--sizes 100000,1000000] [--workers 1,4,8] [--seconds 3]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks import reminder_work as work
from tests.storage.server import running, schema

_LEADS = 8  # reminders of a deadline in sight
_MOST = 5000  # deliveries a second, more than any number of workers makes


def main() -> None:
    """Measure and print one table after another."""
    options = _options()
    with ExitStack() as stack:
        url = options.postgres or stack.enter_context(running(settings=()))
        for size in options.sizes:
            for kind in options.stores:
                with _store(kind, url) as address:
                    _measure(kind, address, size, options)
                with _store(kind, url) as address:
                    _measure_planning(address, size)
        if not options.alone:
            _measure_others(url, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=_numbers, default=[100_000, 1_000_000], help="deliveries that wait")
    parser.add_argument("--workers", type=_numbers, default=[1, 4, 8])
    parser.add_argument("--seconds", type=float, default=3.0, help="for each number of workers")
    parser.add_argument("--stores", type=lambda text: text.split(","), default=["sqlite", "postgres"])
    parser.add_argument("--postgres", metavar="URL", help="a server instead of a private one")
    parser.add_argument("--alone", action="store_true", help="without the other libraries")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


@contextmanager
def _store(kind: str, server: str) -> Iterator[str]:
    """The address of an empty store, gone afterwards."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="xize-bench-") as folder:
            yield f"sqlite:///{folder}/xize.db"
    else:
        with schema(server, f"bench{time.monotonic_ns()}") as address:
            yield address


def _measure(kind: str, address: str, size: int, options: argparse.Namespace) -> None:
    began = time.perf_counter()
    asyncio.run(work.fill(address, size))
    rate = size / (time.perf_counter() - began)
    print(f"\n{kind}, {size:,} waiting, {size // 10:,} due ({rate:,.0f} put in a second)", flush=True)
    for workers in options.workers:
        asyncio.run(work.top_up(address, int(_MOST * options.seconds)))
        results = _workers("send", address, workers, options.seconds)
        print(f"  {workers} workers: {_summary(results)}", flush=True)
    [tick] = _workers("tick", address, 1, 0)
    print(
        f"  tick with 1,000 due: look {tick['look']:.1f} ms, claim 1,000 {tick['claim']:.0f} ms, "
        f"claim, journal and settle 1,000 one by one {tick['drain']:,.0f} ms"
    )
    [memory] = _workers("memory", address, 1, 0)
    print(
        f"  memory: {memory['open']:.0f} MB open, {memory['worked']:.0f} MB after 500 claims and a look "
        f"at the queue ({memory['queue']:.0f} ms), {memory['read']:.0f} MB after reading the journal by pages"
    )


def _measure_planning(address: str, size: int) -> None:
    command = [sys.executable, "-m", "benchmarks.reminder_planning", address, str(size // _LEADS)]
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    print(
        f"  planning {size // _LEADS:,} deadlines: {found['waiting']:,} reminders in {found['first']:.0f} s, "
        f"memory grew by {found['grown']:.0f} MB; a run when nothing changed {found['idle']:.1f} ms, "
        f"when one did {found['changed']:.1f} ms; a look at the queue {found['queue']:.0f} ms",
        flush=True,
    )


def _workers(act: str, address: str, count: int, seconds: float) -> list[dict[str, Any]]:
    """What so many processes measured that worked at the same time."""
    command = [sys.executable, "-m", "benchmarks.reminder_work", act, address, str(seconds)]
    running_ = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    return [json.loads(process.communicate()[0]) for process in running_]


def _summary(results: Sequence[dict[str, Any]]) -> str:
    done = sum(result["done"] for result in results)
    spent = max(result["seconds"] for result in results)
    claims = sorted(wait for result in results for wait in result["claims"])
    steps = sorted(wait for result in results for wait in result["steps"])
    busy = sum(result["busy"] for result in results)
    return (
        f"{done / spent:,.0f} deliveries/s; claim of ten p50 {_at(claims, 0.5)}, p99 {_at(claims, 0.99)}; "
        f"journal and settle p50 {_at(steps, 0.5)}, p99 {_at(steps, 0.99)}"
        + (f"; {busy} times busy" if busy else "")
    )


def _at(waits: Sequence[float], share: float) -> str:
    return f"{waits[min(len(waits) - 1, int(len(waits) * share))]:.1f} ms" if waits else "-"


def _measure_others(server: str, options: argparse.Namespace) -> None:
    print("\nother libraries, jobs that do nothing")
    for name in ("apscheduler", "procrastinate"):
        with (
            schema(server, f"bench{time.monotonic_ns()}") as address,
            tempfile.TemporaryDirectory() as folder,
        ):
            command = [sys.executable, "-m", "benchmarks.reminder_others", name, address, folder]
            counts = [str(min(options.sizes)), ",".join(map(str, options.workers))]
            ran = subprocess.run([*command, *counts], capture_output=True, text=True, cwd=Path.cwd())
        last = (ran.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(ran.stdout.rstrip() if ran.returncode == 0 else f"  {name}: not measured ({last})")


if __name__ == "__main__":
    main()

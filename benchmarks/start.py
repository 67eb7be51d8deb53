"""How long a command takes from its start to its end, and the service until it says that it is ready; and the
processor's time in it, which a busy machine stretches less.

Run: python -m benchmarks.start [times]
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bot.commands.test_serve import free_port, surroundings
from tests.waiting import well

TIMES = 5
QUESTION = "自行组织审核需要几名审核师？"
ODD = "审合师要几个"  # misspelt: read by ear as well
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "--help": (("--help",), ""),
    "ask": (("ask", QUESTION), ""),
    "ask, misspelt": (("ask", ODD), ""),
    "converse --jsonl": (
        ("converse", "--jsonl"),
        f'{{"chat": "c", "text": "{QUESTION}", "now": "2026-11-23T09:00:00+08:00"}}\n',
    ),
    "check --jsonl": (("check", "--jsonl"), '{"goal": "consultant-voluntary"}\n'),
    "deadlines --jsonl": (("deadlines", "--jsonl"), '{"events": {"list_published": "2026-01-31"}}\n'),
}

Spent = tuple[float, float]
"""Seconds on the clock, seconds of the processor."""


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with tempfile.TemporaryDirectory() as folder:
        for name, (arguments, given) in COMMANDS.items():
            tell(name, times, lambda arguments=arguments, given=given: run(Path(folder), arguments, given))
        tell("serve until ready", times, lambda: serve(Path(folder)))


def tell(name: str, times: int, work: Callable[[], Spent]) -> None:
    """Do it once to warm the disk, then measure and print the medians."""
    work()
    clock, processor = zip(*(work() for _ in range(times)), strict=True)
    print(f"{name:18} {statistics.median(clock):5.2f} s, processor {statistics.median(processor):5.2f} s")


def run(folder: Path, arguments: tuple[str, ...], given: str) -> Spent:
    """A command, from its start to its end."""
    before, begun = _of_children(), time.perf_counter()
    command = [sys.executable, "-m", "bot", *arguments]
    subprocess.run(
        command, cwd=folder, env=surroundings(), input=given, capture_output=True, text=True, check=True
    )
    return time.perf_counter() - begun, _of_children() - before


def serve(folder: Path) -> Spent:
    """The service, until it is ready."""
    port, begun = free_port(), time.perf_counter()
    settings = {"XIZE_HTTP_PORT": str(port), "XIZE_DATABASE_URL": f"sqlite:///{folder / f'{port}.db'}"}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        cwd=folder,
        env=surroundings(**settings),
        stdout=quiet,
        stderr=quiet,
    )
    try:
        if well(f"http://127.0.0.1:{port}/readyz", process) is None:
            raise SystemExit("the service did not get ready")
        clock = time.perf_counter() - begun
        stat = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return clock, (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    finally:
        process.terminate()
        process.wait()


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()

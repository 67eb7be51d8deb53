"""Full runs: ``python -m tests.chaos [EXPERIMENT]``, all of them by default. Ends with 1 if a promise broke.

python -m tests.chaos week --contacts 100000     seven days of a large house; Ctrl-C judges what was lived
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos import experiments
from tests.chaos.burst import burst
from tests.chaos.outage import outage
from tests.chaos.sharing import sharing
from tests.chaos.week import Progress, live_through

Run = Callable[[Path, argparse.Namespace], Awaitable[experiments.Kept]]


async def _week(folder: Path, options: argparse.Namespace) -> experiments.Kept:
    with _bars() as progress:
        return await live_through(options.contacts, f"sqlite:///{folder / 'week.db'}", progress)


EXPERIMENTS: dict[str, Run] = {
    "kills": lambda folder, options: experiments.kills(folder, options.messages, options.kills),
    "sharing": lambda folder, options: sharing(folder, options.messages, options.kills // 2),
    "faults": lambda folder, options: experiments.faults(folder, options.messages),
    "outage": lambda _, options: outage(options.messages),
    "stop": lambda folder, options: experiments.stop(folder, options.messages),
    "pause": lambda folder, options: experiments.pause(folder, options.messages),
    "restore": lambda folder, options: experiments.restore(folder, options.messages),
    "polled": lambda folder, options: burst(folder, options.burst, options.kills // 5, pushed=False),
    "pushed": lambda folder, options: burst(folder, options.burst, options.kills // 5, pushed=True),
    "week": _week,
}


def main() -> int:
    """Run what was asked for and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", default="all", choices=[*EXPERIMENTS, "all"])
    parser.add_argument("--messages", type=int, default=600)
    parser.add_argument("--burst", type=int, default=200, help="messages to the service at once")
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--contacts", type=int, default=1000, help="who live through the week")
    options = parser.parse_args()
    logging.disable()  # trouble is what is made here
    wanted = EXPERIMENTS if options.what == "all" else (options.what,)
    kept = [_kept(what, options) for what in wanted]
    return 0 if all(kept) else 1


def _kept(what: str, options: argparse.Namespace) -> bool:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="xize-chaos-") as name:
        outcome = asyncio.run(_run(what, Path(name), options))
    said = "kept" if outcome.is_kept else "BROKEN"
    print(f"{what}: {said} in {time.monotonic() - begun:.1f} s: {outcome}", flush=True)  # noqa: T201
    return outcome.is_kept


async def _run(what: str, folder: Path, options: argparse.Namespace) -> experiments.Kept:
    return await EXPERIMENTS[what](folder, options)


@contextmanager
def _bars() -> Iterator[Progress]:
    """A bar for each thing that is done, on a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    with Bars(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done)

        yield progress


if __name__ == "__main__":
    sys.exit(main())

"""Full runs: ``python -m tests.chaos [kills|faults|stop|pause|week|all]``. Ends with 1 if a promise broke."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos import experiments
from tests.chaos.week import live_through

EXPERIMENTS = ("kills", "faults", "stop", "pause", "week")


def main() -> int:
    """Run what was asked for and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=[*EXPERIMENTS, "all"])
    parser.add_argument("--messages", type=int, default=600)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--contacts", type=int, default=1000)
    options = parser.parse_args()
    wanted = EXPERIMENTS if options.what == "all" else (options.what,)
    kept = [asyncio.run(_run(what, options)) for what in wanted]
    return 0 if all(kept) else 1


async def _run(what: str, options: argparse.Namespace) -> bool:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="xize-chaos-") as name:
        kept, outcome = await _experiment(what, Path(name), options)
    print(f"{what}: {'kept' if kept else 'BROKEN'} in {time.monotonic() - begun:.1f} s: {outcome}")  # noqa: T201
    return kept


async def _experiment(what: str, folder: Path, options: argparse.Namespace) -> tuple[bool, object]:
    if what == "week":
        week = await live_through(options.contacts)
        return not (week.missing or week.doubled or week.late), week
    run = {
        "kills": lambda: experiments.kills(folder, options.messages, options.kills),
        "faults": lambda: experiments.faults(folder, options.messages),
        "stop": lambda: experiments.stop(folder, options.messages),
        "pause": lambda: experiments.pause(folder, options.messages),
    }[what]
    outcome = await run()
    return outcome.count.is_kept and outcome.stopped_within < 10, outcome


if __name__ == "__main__":
    sys.exit(main())

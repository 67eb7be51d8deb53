"""Runs the evaluation sets through the machine interface and prints the figures.

``python -m tests.evaluation [questions|utterances|dialogues|later|cases] [--show wrong] [--kind K]``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from tests.evaluation import report, running, sets
from tests.evaluation.product import CannotRunError, Product
from tests.evaluation.running import Answers, Outcome
from tests.evaluation.sets import Entry

Run = Callable[[Answers, Iterable[Entry]], Iterator[Outcome]]
Part = tuple[str, str, Callable[[], list[Entry]], Run]

PARTS: dict[str, tuple[Part, ...]] = {
    "questions": (("questions", "converse", sets.questions, running.run_questions),),
    "utterances": (("utterances", "converse", sets.utterances, running.run_utterances),),
    "dialogues": (("dialogue turns", "converse", sets.dialogues, running.run_dialogues),),
    "later": (
        ("questions", "converse", lambda: sets.later("questions"), running.run_questions),
        ("utterances", "converse", lambda: sets.later("utterances"), running.run_utterances),
        ("dialogue turns", "converse", lambda: sets.later("dialogues"), running.run_dialogues),
    ),
    "cases": (
        ("checks", "check", sets.checks, running.run_checks),
        ("deadlines", "deadlines", sets.deadlines, running.run_deadlines),
    ),
}


def _say(lines: Iterable[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


def _of_kind(entries: list[Entry], kind: str | None) -> list[Entry]:
    return [one for one in entries if kind in (None, one.get("kind", one["id"].split("-")[0]))]


def evaluate(part: Part, kind: str | None, show: str | None) -> None:
    """Run one part and print its figures."""
    title, command, entries, run = part
    chosen = _of_kind(entries(), kind)
    if not chosen:
        return
    with Product(command) as product:
        outcomes = list(run(product, chosen))
    if show == "wrong":
        _say(report.wrong_ones(outcomes))
    _say(report.table(title, outcomes))
    if title == "utterances":
        _say([report.fact_line(outcomes)])
    if title == "dialogue turns":
        _say([report.talk_line(outcomes)])


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everything ran, whatever the figures; 2 when the product cannot run."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("set", nargs="?", choices=sorted(PARTS), help="which set; all without it")
    parser.add_argument("--show", choices=["wrong"], help="list what is not right, with the reasons")
    parser.add_argument("--kind", help="only entries of this kind")
    chosen = parser.parse_args(arguments)
    for part in (part for name in PARTS if chosen.set in (None, name) for part in PARTS[name]):
        try:
            evaluate(part, chosen.kind, chosen.show)
        except CannotRunError as error:
            sys.stderr.write(f"cannot run: {error}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

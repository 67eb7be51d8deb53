"""How well topics are chosen for wordings they have not seen, and how long an answer takes.

``python -m benchmarks.topics``: every sample question is asked once of a matcher that learned from the
others (in tenths), against one that has the hand-written rules alone; then all of them are answered.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rich.console import Console
from rich.progress import track
from rich.table import Table

from knowledge.library import Library
from knowledge.matching import TopicMatcher
from knowledge.wording import plain

PARTS = 10
DAY = date(2026, 11, 23)

Asked = tuple[str, str]
"""A sample question and its topic."""


def left_out(library: Library, samples: Sequence[Asked], *, learning: bool) -> int:
    """How many samples find their topic when their tenth is not learned from; without ``learning`` no
    sample is."""
    topics, lexicon, right = library.topics.topics, library.topics.lexicon, 0
    for part in track(range(PARTS), description="leaving out", console=Console(stderr=True), transient=True):
        unseen = {question for question, _ in samples[part::PARTS]} if learning else {q for q, _ in samples}
        known = {
            name: replace(topic, ask=tuple(one for one in topic.ask if one not in unseen))
            for name, topic in topics.items()
        }
        matcher = TopicMatcher(known, lexicon)
        for question, topic_id in samples[part::PARTS]:
            found = matcher.match(lexicon.read(plain(question)))
            right += bool(found) and found[0].topic.id == topic_id
    return right


def answered(library: Library, samples: Sequence[Asked]) -> list[float]:
    """Milliseconds for each answer, in order of size."""
    library.answer("", on=DAY)
    spent = []
    for question, _ in samples:
        begun = time.perf_counter()
        library.answer(question, on=DAY)
        spent.append((time.perf_counter() - begun) * 1000)
    return sorted(spent)


def main() -> int:
    """Measure and print."""
    begun = time.perf_counter()
    library = Library.load()
    library.answer("", on=DAY)
    ready = time.perf_counter() - begun
    samples = [(question, topic.id) for topic in library.topics.topics.values() for question in topic.ask]
    table = Table(title=f"{len(samples)} sample questions of {len(library.topics.topics)} topics")
    table.add_column("measure")
    table.add_column("value", justify="right")
    for name, learning in (("rules alone", False), ("rules and samples, own tenth left out", True)):
        right = left_out(library, samples, learning=learning)
        table.add_row(f"right topic first, {name}", f"{right / len(samples):.1%}")
    spent = answered(library, samples)
    table.add_row("an answer, median", f"{spent[len(spent) // 2]:.2f} ms")
    table.add_row("an answer, p99", f"{spent[int(len(spent) * 0.99)]:.2f} ms")
    table.add_row("ready after", f"{ready:.2f} s")
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())

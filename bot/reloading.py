"""Law and rules loaded again while the house is open: read, checked, their cases run, then taken. What does
not stand the checks is refused with its reasons, and the old ones stay."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from bot.errors import XizeError
from bot.turn import Sources
from bot.waiting import rest
from knowledge.errors import KnowledgeError, UnknownReference
from knowledge.library import BUILT_IN as CORPUS
from knowledge.library import Library
from rules_engine.errors import RulebookInvalid
from rules_engine.loader import BUILT_IN as RULEBOOK
from rules_engine.loader import load

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0  # seconds
HOLIDAYS = "holidays"  # the folder in the operator's library for year files of rest days

Print = frozenset[tuple[str, int, int]]  # of files: path, time of change, size


class SourcesRefused(XizeError):
    """Law or rules do not stand the checks; ``reasons`` say each what is wrong and where."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons))


def read_checked(library: Path, rulebook: Path | None = None) -> Sources:
    """Law and rules, proved: citations and topics lead somewhere, every case of the rulebook comes out.
    ``library`` holds the operator's law texts and, in ``holidays``, year files of rest days; ``rulebook``
    stands in for the built-in one. Slow, for a thread. Raises SourcesRefused."""
    try:
        law = Library.load((CORPUS, library))
        rules = load(
            rulebook or RULEBOOK,
            resolves=lambda ref: _provides(law, ref),
            holidays=library / HOLIDAYS,
            prove=True,
        )
        problems = law.check(rules.goals.__contains__)
    except RulebookInvalid as error:
        raise SourcesRefused(error.problems) from None
    except (KnowledgeError, OSError, UnicodeDecodeError, ValueError) as error:
        raise SourcesRefused((str(error),)) from error
    if problems:
        raise SourcesRefused(problems)
    law.prepare()
    return Sources(law, rules)


def _provides(law: Library, ref: str) -> bool:
    try:
        law.provision(ref)
    except UnknownReference:
        return False
    return True


class Reloader:
    """Loads again when asked to, and when a watched file changes."""

    def __init__(
        self,
        sources: Sources,
        read: Callable[[], Sources],
        watched: Iterable[Path],
        *,
        taken: Callable[[], Awaitable[None]],
        tell: Callable[[bool], None] = lambda _: None,
        look_every: float = LOOK_EVERY,
    ) -> None:
        """``sources`` are those in use, which change; ``read`` gives new ones or raises SourcesRefused;
        ``taken`` is awaited after a change, ``tell`` is told whether what was read was taken."""
        self._sources = sources
        self._read = read
        self._watched = tuple(watched)
        self._taken = taken
        self._tell = tell
        self._look_every = look_every
        self._asked = asyncio.Event()
        self._seen: Print = fingerprint(self._watched)

    def ask(self) -> None:
        """Load again soon (SIGHUP)."""
        self._asked.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until ``stop``. Nothing that goes wrong here ends the service."""
        while not stop.is_set():
            await rest(self._asked, stop, self._look_every)
            if not stop.is_set():
                await self._look()

    async def _look(self) -> None:
        try:
            if self._asked.is_set():
                self._asked.clear()
                self._seen = await asyncio.to_thread(fingerprint, self._watched)
                await self.reload()
            elif await self._has_changed():
                await self.reload()
        except Exception:
            log.exception("law and rules could not be loaded again; those in use stay")

    async def _has_changed(self) -> bool:
        """Whether files changed and lie still since the last look: half a copied file is not read."""
        before = self._seen
        now = await asyncio.to_thread(fingerprint, self._watched)
        if now == before:
            return False
        await asyncio.sleep(min(1.0, self._look_every))
        if await asyncio.to_thread(fingerprint, self._watched) != now:
            return False
        self._seen = now
        return True

    async def reload(self) -> bool:
        """Load again now; whether the new ones were taken."""
        try:
            read = await asyncio.to_thread(self._read)
        except SourcesRefused as error:
            for reason in error.reasons:
                log.error("law and rules are refused, those in use stay: %s", reason)
            self._tell(False)
            return False
        self._sources.take(read)
        stamp = self._sources.rulebook.stamp
        log.info("law and rules loaded again: rulebook %s %s", stamp.id, stamp.version)
        self._tell(True)
        await self._taken()
        return True


def fingerprint(folders: Iterable[Path]) -> Print:
    """What tells whether files in these folders, or these files, have changed."""
    found = set()
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            try:
                status = path.stat()
            except OSError:
                continue  # gone between two looks
            if path.is_file():
                found.add((str(path), status.st_mtime_ns, status.st_size))
    return frozenset(found)

"""How often a round comes back: what the table says, or what has to be asked before it can say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules_engine.definitions import Classified, Table, TableValue
from rules_engine.model import Cycle, Words
from rules_engine.rules import Rules
from rules_engine.situation import Situation
from rules_engine.tables import look_up
from rules_engine.wording import listed, say


@dataclass(frozen=True, slots=True)
class CycleFound:
    """A cycle with what it rests on, and the facts to ask for."""

    cycle: Cycle
    asks: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[Words, ...] = ()


class CycleFinder:
    """Looks cycles up on what is known."""

    def __init__(self, rules: Rules, situation: Situation, on: date) -> None:
        self.rules = rules
        self.situation = situation
        self.resolve = rules.resolver(on)

    def find(self, table: Table) -> CycleFound | None:
        """The cycle; None while the matter that the table's first key is about was not spoken of."""
        if not self._spoken_of(table.keys[0]):
            return None
        found = look_up(table, self.situation.values, self.resolve)
        if found.row is None:
            asks = tuple(dict.fromkeys(ask for key in found.asks for ask in self._asks_for(key)))
            return CycleFound(Cycle(None, None, None), asks, remarks=tuple(self._open_texts(asks)))
        cycle = Cycle(*(found.value.get(name) for name in ("years", "action", "statutory")))
        notes = found.row.notes + (table.notes if found.assumed else ())
        return CycleFound(cycle, found.assumed, found.row.citations, notes)

    def _spoken_of(self, name: str) -> bool:
        return name in self.situation.values or any(
            text in self.situation.stated for text, _ in self._texts_behind(name)
        )

    def _texts_behind(self, name: str) -> Iterator[tuple[str, str]]:
        """The texts, with their classifications, that a fact may be computed from."""
        for way in self.rules.facts[name].derived:
            if isinstance(way, Classified):
                yield way.source, way.classification
            elif isinstance(way, TableValue):
                for key in self.rules.tables[way.table].keys:
                    yield from self._texts_behind(key)

    def _asks_for(self, name: str) -> Iterator[str]:
        """What to ask for a key: for a computed one, what its computation lacks, an unclear text first."""
        for way in self.rules.facts[name].derived:
            if isinstance(way, TableValue):
                lacking = look_up(self.rules.tables[way.table], self.situation.values, self.resolve).asks
                texts = [text for key in lacking for text, _ in self._texts_behind(key)]
                yield from texts or (ask for key in lacking for ask in self._asks_for(key))
                return
            if isinstance(way, Classified):
                yield way.source
                return
        yield name

    def _open_texts(self, asks: tuple[str, ...]) -> Iterator[Words]:
        for name in asks:
            text = self.situation.stated.get(name)
            for classification in self.rules.parts.classifications:
                candidates = self.rules.classification(classification, text).candidates if text else ()
                if candidates:
                    shown = listed(Words(item, item) for item in candidates)
                    yield say("deadlines.industry_unclear", text=str(text), candidates=shown)

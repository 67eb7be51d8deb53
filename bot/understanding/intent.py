"""What a message wants: commands first, then evidence weighed by a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import Final

from bot.messages import Intent
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import Evidence
from knowledge.finding import Finder, Index, finders

_COMMAND: Final = re.compile(r"^/([a-z_]+)(?:@\w+)?(?:\s+(.*))?$", re.IGNORECASE | re.DOTALL)
_TRIM: Final = " 。.!！~,，"


class IntentReader:
    """Weighs what speaks for each intent. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        rows: Sequence[dict[str, object]] = lexicon.tables["evidence"]["rows"]
        self._rows = [row for row in rows if "forms" in row]
        self._traits = [
            (Intent(str(row["intent"])), float(str(row["weight"])), str(row["when"]))
            for row in rows
            if "when" in row
        ]
        self._commands = {
            word: name for name, entry in lexicon.tables["command"].items() for word in entry["exact"]
        }
        self._names = frozenset(lexicon.tables["command"])

    @cached_property
    def _forms(self) -> tuple[Index, list[tuple[Intent, float, Finder]]]:
        """Intent, weight and words of each row, compiled with the first message."""
        forms = finders("intents", ["|".join(_listed(row["forms"])) for row in self._rows])
        rows = zip(self._rows, forms, strict=True)
        return Index(forms), [
            (Intent(str(row["intent"])), float(str(row["weight"])), form) for row, form in rows
        ]

    def command(self, text: str) -> tuple[str | None, str]:
        """The command of a message and what follows it; /check, or 菜单 as the whole message."""
        if match := _COMMAND.match(text):
            name = match[1].lower()
            known = name if name in self._names else self._commands.get(name, name)
            return known, (match[2] or "").strip()
        return self._commands.get(text.strip(_TRIM).lower()), ""

    def weigh(self, text: str, traits: Iterable[str]) -> tuple[Evidence, ...]:
        """Evidence for each intent that anything speaks for, the strongest first."""
        doubt: dict[Intent, float] = {}
        words: dict[Intent, str] = {}
        index, forms = self._forms
        for at in index.of(text):
            intent, weight, form = forms[at]
            for start, end in islice(form.spans(text), 1):
                doubt[intent] = doubt.get(intent, 1.0) * (1 - weight)
                words.setdefault(intent, text[start:end])
        held = set(traits)
        for intent, weight, trait in self._traits:
            if trait in held:
                doubt[intent] = doubt.get(intent, 1.0) * (1 - weight)
        ranked = sorted(doubt.items(), key=lambda item: item[1])
        return tuple(Evidence(intent, round(1 - rest, 4), words.get(intent, "")) for intent, rest in ranked)


def _listed(forms: object) -> list[str]:
    return [str(form) for form in forms] if isinstance(forms, list) else []

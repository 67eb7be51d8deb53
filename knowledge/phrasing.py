"""The sentences that any answer may need, filled in for both languages at once."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.model import Words


class Phrases:
    """Sentences by key, from the topic files."""

    def __init__(self, sentences: Mapping[str, Words]) -> None:
        self._sentences = sentences

    def __getitem__(self, key: str) -> Words:
        """The sentence as it stands, its places unfilled."""
        return self._sentences[key]

    def say(self, key: str, **fill: object) -> Words:
        """The sentence filled in; a bilingual value fills each language with its own words."""
        sentence = self._sentences[key]
        zh = {name: value.zh if isinstance(value, Words) else value for name, value in fill.items()}
        en = {name: value.en if isinstance(value, Words) else value for name, value in fill.items()}
        return Words(sentence.zh.format(**zh), sentence.en.format(**en))

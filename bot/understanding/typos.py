"""Near spellings of the longer nouns: 清洁生产审合师 means 清洁生产审核师. Short ones are never mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.understanding.lexicon import Lexicon, Token

_SAFE_LENGTH: Final = 5  # signs; below it one wrong sign makes another word
_STEMS: Final = ("soft", "gap")


class TypoMender:
    """Knows the nouns that are long enough to bear one wrong sign. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._nouns: dict[int, dict[str, str]] = {}
        for word, value in lexicon.long_words("noun", _SAFE_LENGTH):
            if not word.isascii():
                self._nouns.setdefault(len(word), {})[word] = value

    def mend(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The tokens, the first unknown stretch read as the noun that it misspells, if there is one."""
        for start, token in enumerate(tokens):
            if token.role not in _STEMS:
                continue
            end = start
            while end + 1 < len(tokens) and tokens[end + 1].role in _STEMS and _adjoins(tokens, end):
                end += 1
            if any(part.role == "gap" for part in tokens[start : end + 1]):
                words = "".join(part.text for part in tokens[start : end + 1])
                if (value := self._noun(words)) is not None:
                    noun = Token("noun", value, token.start, tokens[end].end, words)
                    return (*tokens[:start], noun, *tokens[end + 1 :])
        return tuple(tokens)

    def _noun(self, words: str) -> str | None:
        near = self._nouns.get(len(words))
        if not near:
            return None
        from rapidfuzz.distance import Hamming

        values = {value for word, value in near.items() if Hamming.distance(words, word) == 1}
        return values.pop() if len(values) == 1 else None


def _adjoins(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].end == tokens[at + 1].start

"""One message, several questions: where each begins, what was told before it, what it shares with others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.enumerating import in_lines, uncircled
from knowledge.lexicon import Lexicon, Reading
from knowledge.wording import legible, plain

_SENTENCES = re.compile(
    r"(?<=[?!])|[\n;。!]+|(?<![\d.])(?<!\bart)(?<!\bno)\.(?=\s|$)|(?<=[\u3400-\u9fff])\.|:(?=\s|$)|:(?=[\u3400-\u9fff])"
)
_ASIDE = re.compile(r"\(([^()]{3,})\)")
_PIECES = re.compile(
    r"(?<!\d),|,(?!\d)|、|(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])"
    r"|\band (?=(?:how|what|when|who|which|where|can|do|does|is|are|must|may|should)\b)"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_CATCHWORDS = 10  # characters that a catchword has at most
_LISTED = 3  # catchwords that are a list of questions; what they are all about may be one of them
_COUNT = re.compile(r"\d|[一二两三四五六七八九十](?:名|个|位|人)")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question among others: its words, what was told right before it, and the concepts that it shares
    with the others without naming them."""

    words: str
    told: str = ""
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    reading: Reading
    asks: bool


class Questions:
    """Cuts messages into their questions, by words kept as data."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        table = lexicon.parting
        self._asking = _either(table.get("asking", ()))
        self._catchword = _either(table.get("catchword", ()))
        self._alternatives = re.compile(table.get("alternatives") or r"(?!)")
        self._opening = _either(table.get("opening", ()))
        self._telling = _either(table.get("telling", ()))
        self._joining: Sequence[str] = table.get("joining", ())
        self.ours = frozenset(table.get("ours", ()))
        self.generic = frozenset(table.get("generic", ()))
        self._shared: Mapping[str, Sequence[str]] = table.get("shared", {})

    def cut(self, text: str) -> tuple[Asking, ...]:
        """The questions of a message as it was written, in order; none or one where it is no list."""
        sentences = [self._sentence(words) for words in _sentences(in_lines(legible(uncircled(text))))]
        askings: list[Asking] = []
        shared: dict[str, None] = {}
        ahead: list[str] = []
        for pieces in sentences:
            askings += self._askings(pieces, shared, ", ".join(ahead))
            ahead += [piece.text for piece in pieces if not askings]
        if len(askings) < 2:
            return tuple(askings)
        behind = self._said_behind(sentences)
        return tuple(replace(one, shared=tuple(dict.fromkeys((*one.shared, *behind)))) for one in askings)

    def said(self, asking: Asking) -> str:
        """A question with what it shares with the others said."""
        english = _HAN.search(asking.words) is None
        words = " ".join(self._shared[name][english] for name in asking.shared)
        return f"{words} {asking.words}" if words else asking.words

    # --- pieces ------------------------------------------------------------------------------

    def _sentence(self, words: str) -> list[_Piece]:
        pieces = [self._piece(piece) for piece in _pieces(words, self._joining)]
        catchwords = [self._is_catchword(piece) for piece in pieces]
        others = (piece.asks or self._only_shared(piece) for piece in pieces)
        listed = all(one or other for one, other in zip(catchwords, others, strict=True))
        if not listed or len(pieces) < _LISTED or sum(catchwords) < _LISTED - 1:
            return pieces
        return [
            replace(piece, asks=piece.asks or catchword)
            for piece, catchword in zip(pieces, catchwords, strict=True)
        ]

    def _piece(self, text: str) -> _Piece:
        words = plain(self._opening.sub("", text))
        asks = self._asking.search(words.rstrip("?")) is not None or words.endswith("?")
        asks = asks and not self._alternatives.fullmatch(words)
        return _Piece(words, self._lexicon.read(words), asks)

    def _is_catchword(self, piece: _Piece) -> bool:
        """注册期限, 高级职称人数, 检测设备: the name of a matter and nothing told of it."""
        words = piece.reading.text
        if len(words) > _CATCHWORDS or _COUNT.search(words) or self._telling.search(words):
            return False
        matter = piece.reading.concepts - self._shared.keys() - self._lexicon.common
        return bool(self._catchword.search(words)) or bool(matter & self._lexicon.subject)

    def _only_shared(self, piece: _Piece) -> bool:
        concepts = piece.reading.concepts
        return bool(concepts & self._shared.keys()) and not self._telling.search(piece.reading.text)

    # --- questions ---------------------------------------------------------------------------

    def _askings(self, pieces: Sequence[_Piece], shared: dict[str, None], ahead: str) -> list[Asking]:
        """The questions of a sentence. ``shared``, what was spoken of so far, is brought up to date;
        ``ahead``: what was told before the first question."""
        found: list[Asking] = []
        told: list[str] = []
        for piece in pieces:
            self._now_of(piece.reading.concepts, shared)
            if not piece.asks:
                told.append(piece.text)
            elif self._stands_alone(piece):
                own = piece.reading.concepts
                missing = tuple(name for name in shared if not self._settled(name, own))
                found.append(Asking(piece.text, ", ".join(told) or ahead, missing))
                told = []
            elif told:
                found.append(Asking(", ".join([*told, piece.text])))
                told = []
            elif found:
                found[-1] = replace(found[-1], words=f"{found[-1].words}, {piece.text}")
        return found

    def _stands_alone(self, piece: _Piece) -> bool:
        """Whether a question has a matter of its own: 行不行, 怎么办 only ask about what was said before."""
        return bool(piece.reading.concepts or piece.reading.strays)

    def _now_of(self, concepts: frozenset[str], shared: dict[str, None]) -> None:
        for name in sorted(concepts & self._shared.keys()):
            for group in self._lexicon.contrast:
                if name in group:
                    for other in group - {name}:
                        shared.pop(other, None)
            shared[name] = None

    def _settled(self, name: str, concepts: frozenset[str]) -> bool:
        """Whether a question names the concept itself, or one that goes instead of it."""
        return name in concepts or any(name in group and group & concepts for group in self._lexicon.contrast)

    def _said_behind(self, sentences: Sequence[Sequence[_Piece]]) -> tuple[str, ...]:
        """What is said once after all questions: 社保几个人 高工几个（咨询机构）."""
        pieces = [piece for sentence in sentences for piece in sentence]
        last = max((number for number, piece in enumerate(pieces) if piece.asks), default=-1)
        before = {name for piece in pieces[: last + 1] for name in piece.reading.concepts}
        behind = (name for piece in pieces[last + 1 :] for name in sorted(piece.reading.concepts))
        return tuple(
            name for name in behind if name in self._shared and not self._settled(name, frozenset(before))
        )


def _sentences(text: str) -> Iterator[str]:
    apart = _ASIDE.sub(r"\n\1\n", text)
    return (words.strip() for words in _SENTENCES.split(apart) if words and words.strip(" ?!,、."))


def _pieces(sentence: str, joining: Sequence[str]) -> list[str]:
    for word in joining:
        sentence = sentence.replace(word, ",")
    return [piece for piece in map(str.strip, _PIECES.split(sentence)) if piece.strip(" ?!,、.")]


def _either(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns) or r"(?!)")

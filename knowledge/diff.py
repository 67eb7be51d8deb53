"""Two versions of an instrument, article by article: same, changed, added, removed, moved."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from knowledge.model import Instrument, ParsedInstrument, ParsedItem, Provision

_ALIKE: Final = 0.55  # similarity from which two articles are versions of one
_ALIKE_IN_PLACE: Final = 0.35  # the same where they carry the same number
_NEIGHBOURS: Final = 5  # candidates looked at for each article
_CONFETTI: Final = 1  # equal signs between two changes that are shown as part of the change
_DELETED = re.compile(r"[（(]?\S{0,14}(?:删去|刪去|删除|刪除|废止|廢止)[）)]?。?")
_WORDS = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|\s+|.", re.DOTALL)


class Change(StrEnum):
    """What became of an article."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # another number, same words
    MOVED_AND_CHANGED = "moved_and_changed"


@dataclass(frozen=True, slots=True)
class Passage:
    """An article as it is compared: its number ("10", "133-1"), how it is called, its text."""

    number: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a changed article: in both (``same``), only before (``removed``), only after (``added``)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """One article before and after; ``before`` is None where added, ``after`` where removed."""

    change: Change
    before: Passage | None
    after: Passage | None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All articles in the order of the later version, removed ones where they stood."""

    changes: tuple[ArticleChange, ...]

    def of(self, number: str) -> tuple[ArticleChange, ...]:
        """What became of article ``number``, counted as before or as after: 新旧对照第十条."""
        return tuple(
            change
            for change in self.changes
            if any(side is not None and side.number == number for side in (change.before, change.after))
        )

    @property
    def differing(self) -> tuple[ArticleChange, ...]:
        """All but the articles that stayed as they were."""
        return tuple(change for change in self.changes if change.change is not Change.SAME)


def compare(before: Iterable[Passage], after: Iterable[Passage]) -> Comparison:
    """Match the articles of two versions: equal text first, then the most alike."""
    old, new = list(before), list(after)
    matched = _match(old, new)
    kept = set(matched.values())
    left = deque(index for index in range(len(old)) if index not in kept)
    changes: list[ArticleChange] = []
    for index, passage in enumerate(new):
        twin = matched.get(index)
        if twin is None:
            changes.append(ArticleChange(Change.ADDED, None, passage))
            continue
        while left and left[0] < twin:
            changes.append(ArticleChange(Change.REMOVED, old[left.popleft()], None))
        changes.append(_change(old[twin], passage))
    changes += [ArticleChange(Change.REMOVED, old[index], None) for index in left]
    return Comparison(tuple(changes))


def passages_of(instrument: Instrument) -> tuple[Passage, ...]:
    """The articles (or sections) of an instrument of the library whose text is given."""
    provisions = instrument.provisions.values()
    top = [one for one in provisions if one.kind == "article"] or [
        one for one in provisions if one.kind == "section"
    ]
    return tuple(Passage(one.number, one.label, _headed(instrument, one)) for one in top if one.text)


def parsed_passages(instrument: ParsedInstrument) -> tuple[Passage, ...]:
    """The articles of a parsed text."""
    passages = []
    for article in instrument.articles:
        lines = [article.heading] if article.heading else []
        for paragraph in article.paragraphs:
            lines += [paragraph.text] if paragraph.text else []
            lines += _item_lines(paragraph.items)
        passages.append(Passage(article.number, article.name, "\n".join(lines)))
    return tuple(passages)


def spans_between(before: str, after: str) -> tuple[Span, ...]:
    """The words that stayed, went and came, in order; a change in several places close by is one."""
    from rapidfuzz.distance import Indel

    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[tuple[str, str, str]] = []  # kept, removed, added
    for step in Indel.opcodes(old, new):
        was = "".join(old[step.src_start : step.src_end])
        now = "".join(new[step.dest_start : step.dest_end])
        pieces.append((was, "", "") if step.tag == "equal" else ("", was, now))
    return _merged(pieces)


def _headed(instrument: Instrument, provision: Provision) -> str:
    """The text below its heading; the headings of what ships with the product may be our own words."""
    if provision.kind == "section":
        return _above_sections(instrument, provision)
    own = provision.heading and not instrument.built_in
    return f"{provision.heading}\n{provision.text}" if own else provision.text


def _above_sections(instrument: Instrument, provision: Provision) -> str:
    """A section's own words, before those of the sections in it, which are compared by themselves."""
    below = (instrument.provisions[address] for address in provision.children)
    starts = [provision.text.find(one.text) for one in below if one.kind == "section" and one.text]
    return provision.text[: min((start for start in starts if start > 0), default=None)].rstrip()


def _item_lines(items: Iterable[ParsedItem]) -> list[str]:
    lines = []
    for item in items:
        lines.append(item.marker + item.text)
        lines += _item_lines(item.items)
    return lines


def _match(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """Index in ``new`` -> index in ``old``."""
    matched: dict[int, int] = {}
    free = set(range(len(old)))
    by_text: dict[str, list[int]] = {}
    for index, passage in enumerate(old):
        by_text.setdefault(_plain(passage.text), []).append(index)
    for index, passage in enumerate(new):
        twins = [twin for twin in by_text.get(_plain(passage.text), ()) if twin in free]
        if twins:
            twin = min(twins, key=lambda one: (old[one].number != passage.number, abs(one - index)))
            matched[index] = twin
            free.discard(twin)
    for index, passage in enumerate(new):
        # What was deleted and keeps its number is the article that it was.
        if index not in matched and _DELETED.fullmatch(_plain(passage.text)):
            for before in [one for one in sorted(free) if old[one].number == passage.number][:1]:
                matched[index] = before
                free.discard(before)
    for _, index, twin in sorted(
        _likenesses(old, new, free, matched), key=lambda one: (-one[0], one[1], one[2])
    ):
        if index not in matched and twin in free:
            matched[index] = twin
            free.discard(twin)
    return matched


def _likenesses(
    old: Sequence[Passage], new: Sequence[Passage], free: set[int], matched: dict[int, int]
) -> Iterable[tuple[float, int, int]]:
    """Pairs still open that are alike enough, with how alike they are."""
    from rapidfuzz import fuzz

    from knowledge.search import SearchIndex

    index_of = SearchIndex((str(twin), old[twin].text) for twin in sorted(free))
    by_number = {old[twin].number: twin for twin in sorted(free, reverse=True)}
    for index, passage in enumerate(new):
        if index in matched:
            continue
        candidates = {int(identifier) for identifier, _ in index_of.search(passage.text, _NEIGHBOURS)}
        same = by_number.get(passage.number)
        for twin in candidates | ({same} if same is not None else set()):
            likeness = fuzz.ratio(_plain(old[twin].text), _plain(passage.text)) / 100
            if likeness >= (_ALIKE_IN_PLACE if twin == same else _ALIKE):
                # Of two equally alike the one that kept its number is the same article.
                yield likeness + (0.05 if twin == same else 0.0), index, twin


def _change(before: Passage, after: Passage) -> ArticleChange:
    moved = before.number != after.number
    if _plain(before.text) == _plain(after.text):
        return ArticleChange(Change.MOVED if moved else Change.SAME, before, after)
    kind = Change.MOVED_AND_CHANGED if moved else Change.CHANGED
    return ArticleChange(kind, before, after, spans_between(before.text, after.text))


def _plain(text: str) -> str:
    """Text without blanks: how a law is set is not what it says."""
    return "".join(text.split())


def _merged(pieces: Sequence[tuple[str, str, str]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    removed = added = ""
    for position, (kept, was, now) in enumerate(pieces):
        if kept and not ((removed or added) and len(kept) <= _CONFETTI and position + 1 < len(pieces)):
            spans += _closed(removed, added)
            spans.append(Span("same", kept))
            removed = added = ""
        else:
            removed += kept or was
            added += kept or now
    return tuple(spans + _closed(removed, added))


def _closed(removed: str, added: str) -> list[Span]:
    return [Span(kind, text) for kind, text in (("removed", removed), ("added", added)) if text]

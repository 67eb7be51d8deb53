"""Clause references as people write them: 第十条, 细则16, 办法第十六条第（二）款, 3号文第四点, 下一条.

A grammar finds the words; the instruments' own numbering decides what they lead to. Nothing
here knows a particular instrument: a bare number means the default one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.below import below
from knowledge.grammar import (
    APPOSITION,
    BESIDE_LAST,
    BETWEEN,
    CHAPTER,
    CHINESE,
    ENGLISH,
    FOLLOW_UP,
    ITEM_OF_LAST,
    LONE_NUMBER,
    MEANT_IN,
    NEIGHBOUR,
    NOT_THAT,
    OF_AFTER,
    POINT,
    POINTED_AT,
    SCENE,
    SECTION,
    expanded,
)
from knowledge.model import Found, Instrument, Provision, Resolution, Wording
from knowledge.naming import InstrumentNames, Mention
from knowledge.numerals import to_int
from knowledge.titles import Alien, Titles
from knowledge.wording import plain

if TYPE_CHECKING:
    from knowledge.lexicon import Lexicon

_REMEMBERED = 16  # texts whose names are kept: one question is read several times over


@dataclass(frozen=True, slots=True)
class _Place:
    """A spot of the text that names a numbered unit."""

    start: int
    end: int
    unit: str
    number: str
    mention: Mention | None = None
    tail: str = ""
    around: str = ""  # the message without the reference


class ReferenceReader:
    """Reads references against a set of instruments."""

    def __init__(
        self, instruments: Mapping[str, Instrument], default: str, lexicon: Lexicon | None = None
    ) -> None:
        """``lexicon``: tells the titles of texts that are not held from the names of ours."""
        self._instruments = instruments
        self._default = default
        # A name that several go by means the default one, else one that ships, else the latest.
        latest = sorted(instruments.values(), key=lambda one: (one.issued, one.id), reverse=True)
        first = sorted(latest, key=lambda one: (one.id != default, not one.built_in))
        self._names = InstrumentNames(first)
        self._titles = Titles(first, self._names, lexicon)
        self._named = lru_cache(maxsize=_REMEMBERED)(self._read_names)

    def find(self, text: str, *, context_ref: str | None = None) -> tuple[Resolution, ...]:
        """All clause references of ``text`` in order; instruments named without a number come last.

        ``context_ref``: what was spoken of last, for 下一条 and 那第十六条呢.
        """
        text = plain(text)
        mentions, aliens = self._named(text)
        found = [*self._articles(text, mentions, context_ref), *self._others(text, mentions, context_ref)]
        found = [one for one in found if not _cited_with(text, one.span, aliens, mentions)]
        found.sort(key=lambda resolution: resolution.span)
        if context_ref and not aliens:
            found = (
                self._beside_last(text, found, context_ref)
                if found
                else self._neighbour(text, context_ref) or self._meant_in(text, mentions, context_ref)
            )
        taken = {resolution.instrument for resolution in found}
        found += [
            Resolution(
                m.words,
                (m.start, m.end),
                Found.EXACT,
                m.instrument,
                (m.instrument,),
                unit="instrument",
                named=True,
            )
            for m in _first_of_each(mentions)
            if not m.weak and m.instrument not in taken
        ]
        return tuple(found) or self._pointed_at(text, context_ref)

    def aliens(self, text: str) -> tuple[Alien, ...]:
        """The titles of texts that are not held in ``text`` (plain)."""
        return self._named(text)[1]

    def scene(self, text: str) -> frozenset[str]:
        """The instruments that a piece of a question (plain) only sets the scene with: 2025年的细则里面."""
        ours = self._named(text)[0]
        return frozenset(one.instrument for one in ours if not one.weak and SCENE.fullmatch(text[one.end :]))

    def _read_names(self, text: str) -> tuple[tuple[Mention, ...], tuple[Alien, ...]]:
        """The names of ours, and the titles of others, of which ours may be the end."""
        mentions = self._names.find(text)
        aliens = self._titles.find(text, mentions)
        ours = (one for one in mentions if not any(_touch(one, alien) for alien in aliens))
        return tuple(ours), aliens

    def namesakes(self, identity: str) -> frozenset[str]:
        """The other instruments that go by one of the same names."""
        return self._names.sharing(identity)

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The instruments that a text (plain) calls by any name, everyday words among them."""
        return tuple(dict.fromkeys(mention.instrument for mention in self._named(text)[0]))

    # --- articles ----------------------------------------------------------------------------

    def _articles(
        self, text: str, mentions: tuple[Mention, ...], context_ref: str | None
    ) -> list[Resolution]:
        resolutions: list[Resolution] = []
        for place in self._article_places(text, mentions):
            instrument, named = self._instrument_for(text, place, mentions, context_ref)
            resolutions.append(self._article(_with_name(text, place, mentions), instrument, named))
        return resolutions

    def _article_places(self, text: str, mentions: tuple[Mention, ...]) -> list[_Place]:
        places: list[_Place] = []
        for match in [*CHINESE.finditer(text), *ENGLISH.finditer(text)]:
            series = next(group for group in match.groups() if group)
            if any(mention.start < match.end() and match.start() < mention.end for mention in mentions):
                continue
            numbers = expanded(series)
            for number in numbers:
                tail = text[match.end() :] if len(numbers) == 1 else ""
                around = text[: match.start()] + " " + text[match.end() :]
                places.append(_Place(match.start(), match.end(), "article", number, tail=tail, around=around))
        for mention in mentions:  # 细则16, 办法 15
            after = re.match(
                r"》?\s*(?P<n>\d{1,3})(?![\d年名个人号月日分%.])(?!\s*(?:条|persons|people))",
                text[mention.end :],
            )
            if after and not _digits_inside(mention.words):
                end = mention.end + after.end()
                places.append(_Place(mention.end, end, "article", after["n"], mention, text[end:]))
        return sorted(places, key=lambda place: place.start)

    def _instrument_for(
        self, text: str, place: _Place, mentions: tuple[Mention, ...], context_ref: str | None
    ) -> tuple[Instrument, bool]:
        if place.mention:
            return self._instruments[place.mention.instrument], True
        before = [mention for mention in mentions if mention.end <= place.start]
        nearest = self._nearest(text, before) if before else None
        gap = text[nearest.end : place.start] if nearest else ""
        if nearest and BETWEEN.fullmatch(gap):
            return self._instruments[nearest.instrument], True
        for mention in mentions:
            between = CHINESE.sub("", text[place.end : max(place.end, mention.start)])
            if mention.start >= place.end and OF_AFTER.fullmatch(between):
                return self._instruments[mention.instrument], True
        if nearest and not nearest.weak and not re.search(r"[.?!;]", gap):
            return self._instruments[nearest.instrument], True
        spoken_of = (context_ref or "").partition("#")[0]
        spoken = self._instruments.get(spoken_of)
        if spoken and FOLLOW_UP.search(text) and f"art_{place.number}" in spoken.provisions:
            return spoken, True
        return self._instruments[self._default], False

    def _nearest(self, text: str, before: list[Mention]) -> Mention:
        """广东2010那个办法: an everyday word right behind a name only takes the name up again."""
        *names, last = before
        taken_up = names and last.weak and APPOSITION.fullmatch(text[names[-1].end : last.start])
        return names[-1] if taken_up else last

    def _article(self, place: _Place, instrument: Instrument, named: bool) -> Resolution:
        address = f"art_{place.number}"
        also = self._elsewhere(address, instrument.id, self._names.sharing(instrument.id) if named else None)
        made = Resolution(
            place.number, (place.start, place.end), Found.EXACT, instrument.id,
            also=also, extent=instrument.article_count, named=named,
        )  # fmt: skip
        main = int(place.number.partition("-")[0])
        beyond = instrument.article_count is not None and main > instrument.article_count
        if main == 0 or beyond:
            return replace(made, outcome=Found.OUT_OF_RANGE)
        provision = instrument.provisions.get(address)
        if provision is None:
            return replace(made, outcome=Found.NOT_GIVEN)
        if provision.wording is Wording.NOT_GIVEN:
            return replace(made, outcome=Found.NOT_GIVEN, refs=(provision.ref,))
        inside = below(made, instrument, provision, place.tail, place.around)
        twins = tuple(one.ref for one in _twins(instrument, provision))
        return replace(inside, refs=(*inside.refs, *twins)) if inside.refs == (provision.ref,) else inside

    def _elsewhere(self, address: str, instrument: str, among: frozenset[str] | None) -> tuple[str, ...]:
        """The same address in other instruments: in all, or only ``among`` those of the same name."""
        return tuple(
            other.provisions[address].ref
            for other in self._instruments.values()
            if other.id != instrument
            and (among is None or other.id in among)
            and address in other.provisions
            and other.provisions[address].quote
        )

    # --- chapters, sections, points ----------------------------------------------------------

    def _others(self, text: str, mentions: tuple[Mention, ...], context_ref: str | None) -> list[Resolution]:
        found: list[Resolution] = []
        for pattern, unit, prefix in (
            (CHAPTER, "chapter", "chp_"),
            (POINT, "point", "point_"),
            (SECTION, "section", "sec_"),
        ):
            for match in pattern.finditer(text):
                groups = match.groupdict()
                number = to_int(groups.get("n") or groups.get("en") or groups.get("bn") or "") or 0
                below = to_int(groups.get("sub") or groups.get("ensub") or groups.get("bsub") or "")
                address = f"{prefix}{number}" + (f"_{below}" if below else "")
                resolution = self._numbered(
                    text, _Place(match.start(), match.end(), unit, address), mentions, prefix, context_ref
                )
                if resolution:
                    found.append(resolution)
        return found

    def _numbered(
        self, text: str, place: _Place, mentions: tuple[Mention, ...], prefix: str, context_ref: str | None
    ) -> Resolution | None:
        before = [mention for mention in mentions if mention.end <= place.start] or list(mentions)
        spoken_of = (context_ref or "").partition("#")[0]
        candidates = [mention.instrument for mention in reversed(before)] + ([spoken_of] if spoken_of else [])
        candidates += [self._default, *self._instruments] if place.unit != "point" else []
        for identity in candidates:
            instrument = self._instruments.get(identity)
            units = (
                [address for address in instrument.provisions if address.startswith(prefix)]
                if instrument
                else []
            )
            if not instrument or not units:
                continue
            made = Resolution(
                place.number.removeprefix(prefix).replace("_", "."),
                (place.start, place.end),
                Found.EXACT,
                identity,
                unit=place.unit,
                extent=sum(1 for address in units if "_" not in address.removeprefix(prefix)),
                named=bool(before),
            )
            if provision := instrument.provisions.get(place.number):
                return replace(made, refs=(provision.ref,))
            outcome = Found.NOT_GIVEN if place.unit == "point" else Found.OUT_OF_RANGE
            return replace(made, outcome=outcome)
        return None

    # --- context -----------------------------------------------------------------------------

    def _neighbour(self, text: str, context_ref: str) -> list[Resolution]:
        identity, _, address = context_ref.partition("#")
        instrument = self._instruments.get(identity)
        article = re.match(r"art_(\d+)", address)
        if not instrument or not article:
            return []
        if match := ITEM_OF_LAST.search(text):
            return self._item_of(instrument, address, article[0], match)
        if match := NEIGHBOUR.search(text):
            step = 1 if match["next"] else -1 if match["previous"] else 0
            several = range(1, (to_int(match["many"]) or 0) + 1) if match["nexts"] else (step,)
            numbers = [int(article[1]) + further for further in several]
        elif match := LONE_NUMBER.search(text):
            number = to_int(match["n"]) if article[0] == address else None
            numbers = [] if number is None else [number]
        else:
            return []
        places = [_Place(match.start(), match.end(), "article", str(number)) for number in numbers]
        return [self._article(place, instrument, named=True) for place in places]

    def _item_of(
        self, instrument: Instrument, address: str, article: str, match: re.Match[str]
    ) -> list[Resolution]:
        """An item of the article, or of its list, that was spoken of last: 它的第二项什么意思."""
        provision = instrument.provisions.get(article)
        if provision is None or provision.wording is Wording.NOT_GIVEN:
            return []
        within = instrument.provisions.get("__".join(address.split("__")[:2]), provision)
        scope = within if within.kind == "list" else provision
        made = Resolution(article.removeprefix("art_"), match.span(), Found.EXACT, instrument.id, named=True)
        return [below(made, instrument, scope, match["cn"] or match["en"], "")]

    def _meant_in(self, text: str, mentions: tuple[Mention, ...], context_ref: str) -> list[Resolution]:
        """The article spoken of last, in another instrument that has its number: 我说的是办法."""
        spoken_of, _, address = context_ref.partition("#")
        article = re.match(r"art_\d+", address)
        beside, at, meant = "", 0, dict[str, Mention]()
        for mention in mentions:
            ahead, at = text[at : mention.start], mention.end
            denied = NOT_THAT.search(ahead)
            beside += ahead[: denied.start()] if denied else ahead
            if denied is None and mention.instrument != spoken_of:
                meant[mention.instrument] = mention
        if article is None or len(meant) != 1 or not MEANT_IN.fullmatch(beside + text[at:]):
            return []
        ((identity, mention),) = meant.items()
        instrument = self._instruments[identity]
        if article[0] not in instrument.provisions:
            return []
        number = article[0].removeprefix("art_")
        return [self._article(_Place(mention.start, mention.end, "article", number), instrument, named=True)]

    def _pointed_at(self, text: str, context_ref: str | None) -> tuple[Resolution, ...]:
        """The instrument spoken of last, where it is another than ours: 这套办法现在还作数吗."""
        identity = (context_ref or "").partition("#")[0]
        pointed = POINTED_AT.search(text)
        if pointed is None or identity == self._default or identity not in self._instruments:
            return ()
        return (
            Resolution(
                pointed[0], pointed.span(), Found.EXACT, identity, (identity,), unit="instrument", named=True
            ),
        )

    def _beside_last(self, text: str, found: list[Resolution], context_ref: str) -> list[Resolution]:
        """An article compared with the one spoken of last: 和第十条有区别吗."""
        identity, _, address = context_ref.partition("#")
        instrument = self._instruments.get(identity)
        article = re.match(r"art_(\d+)", address)
        alone = len(found) == 1 and found[0].unit == "article"
        if not instrument or not article or not alone or not BESIDE_LAST.search(text):
            return found
        last = self._article(_Place(0, 0, "article", article[1]), instrument, named=True)
        return found if last.refs == found[0].refs else [last, *found]


def _touch(one: Mention | Alien, other: Mention | Alien) -> bool:
    return one.start < other.end and other.start < one.end


def _cited_with(
    text: str, span: tuple[int, int], aliens: tuple[Alien, ...], mentions: tuple[Mention, ...]
) -> bool:
    """Whether a clause is one of a title that is not ours: the nearest name before it, or right behind it."""
    start, end = span
    if any(alien.start >= end and OF_AFTER.fullmatch(text[end : alien.start]) for alien in aliens):
        return True
    names: tuple[Mention | Alien, ...] = (*aliens, *mentions)
    before = [one for one in names if one.start <= start]
    nearest = max(before, key=lambda one: one.start, default=None)
    if not isinstance(nearest, Alien):
        return False
    gap = text[nearest.end : start]
    return BETWEEN.fullmatch(gap) is not None or (nearest.cited and not re.search(r"[.?!;,]", gap))


def _with_name(text: str, place: _Place, mentions: tuple[Mention, ...]) -> _Place:
    """The place together with the instrument's name right before it."""
    before = [place.mention] if place.mention else [one for one in mentions if one.end <= place.start]
    if before and before[-1] and BETWEEN.fullmatch(text[before[-1].end : place.start]):
        return replace(place, start=before[-1].start)
    return place


def _twins(instrument: Instrument, article: Provision) -> Iterator[Provision]:
    """Further articles that a text numbers the same."""
    count = 2
    while twin := instrument.provisions.get(f"{article.address}~{count}"):
        yield twin
        count += 1


def _first_of_each(mentions: tuple[Mention, ...]) -> list[Mention]:
    seen: dict[str, Mention] = {}
    for mention in mentions:
        seen.setdefault(mention.instrument, mention)
    return list(seen.values())


def _digits_inside(words: str) -> bool:
    """A name that itself ends in a number (38号令) is not followed by another bare one."""
    return bool(re.search(r"\d$", words))

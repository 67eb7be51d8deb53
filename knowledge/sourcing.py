"""Where quoted words stand in their source: character for character, white space aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from knowledge.model import Instrument, Provision
from knowledge.wording import squeezed


def found_in(words: str, source: str) -> str | None:
    """The slice of ``source`` that reads as ``words`` with all white space left out, or None."""
    needle = squeezed(words)
    start = source.find(needle[0]) if needle else -1
    while start >= 0:
        if end := _end_of(needle, source, start):
            return source[start:end]
        start = source.find(needle[0], start + 1)
    return None


def _end_of(needle: str, source: str, at: int) -> int:
    """Where ``needle`` ends that begins there, white space in between left out; 0 where it does not."""
    for sign in needle:
        while at < len(source) and source[at].isspace():
            at += 1
        if at == len(source) or source[at] != sign:
            return 0
        at += 1
    return at


def aligned(instruments: Mapping[str, Instrument]) -> dict[str, Instrument]:
    """The instruments with each quotation spaced exactly as its source has it.

    Quotations that the source does not hold stay as they are; the check of the corpus names them.
    """
    return {identity: _aligned(one, instruments) for identity, one in instruments.items()}


def missing_lines(provision: Provision, instruments: Mapping[str, Instrument]) -> list[str]:
    """The lines of a quotation that its source does not hold. A quotation of several lines leaves
    out what stands between them."""
    source = source_text(provision, instruments)
    if source is None:
        return []
    return [line for line in provision.text.split("\n") if line and found_in(line, source) is None]


def source_text(provision: Provision, instruments: Mapping[str, Instrument]) -> str | None:
    """The words of the provision that ``provision`` is quoted through; None where it has no source."""
    identity, _, address = (provision.source or "").partition("#")
    source = instruments.get(identity)
    if source is None or identity == provision.instrument or address not in source.provisions:
        return None
    # What one section leaves out another may hold: a quotation may come in two pieces.
    return source.provisions[address].text + "\n" + source.provisions[""].text


def _aligned(instrument: Instrument, instruments: Mapping[str, Instrument]) -> Instrument:
    changed = dict(instrument.provisions)
    for address, provision in instrument.provisions.items():
        if provision.quote and (source := source_text(provision, instruments)):
            lines = [found_in(line, source) or line for line in provision.text.split("\n")]
            changed[address] = replace(provision, text="\n".join(lines))
    return replace(instrument, provisions=changed)

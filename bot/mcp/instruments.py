"""Instruments as resources: the whole of what is known of each, to be read as a text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.errors import UnknownReference
from knowledge.library import Library
from knowledge.model import Instrument

SCHEME = "xize://instruments/"


def address_of(instrument: Instrument) -> str:
    """The resource's address."""
    return f"{SCHEME}{instrument.id}"


def read(library: Library, address: str, on: date) -> str:
    """The instrument at an address, as Markdown. Raises UnknownReference."""
    if not address.startswith(SCHEME):
        raise UnknownReference(f"no resource {address}")
    return "\n\n".join(_lines(library, library.instrument(address.removeprefix(SCHEME)), on))


def _lines(library: Library, instrument: Instrument, on: date) -> Iterator[str]:
    yield f"# {instrument.title}"
    yield "; ".join(
        part
        for part in (instrument.number, instrument.issuer, instrument.issued, instrument.status_on(on).value)
        if part
    )
    if (standing := library.standing(instrument.id, on)) is not None:
        yield standing.zh
    for provision in instrument.provisions.values():
        if provision.text:
            yield f"## {provision.label}\n\n`{provision.ref}`, {provision.wording.value}\n\n{provision.text}"

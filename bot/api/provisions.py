"""Provisions as other systems read them: line by line, or whole with their words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from knowledge.library import Library
from knowledge.model import Provision


def line(library: Library, provision: Provision, on: date) -> dict[str, Any]:
    """A provision without its words."""
    return {
        "ref": provision.ref,
        "label": provision.label,
        "instrument": provision.instrument,
        "kind": provision.kind,
        "number": provision.number,
        "heading": provision.heading,
        "wording": provision.wording.value,
        "status": library.instrument(provision.instrument).status_on(on).value,
    }


def whole(library: Library, ref: str, on: date, language: str = "zh-Hans") -> dict[str, Any]:
    """A provision with its words and its place. Raises UnknownReference."""
    provision = library.provision(ref)
    standing = library.standing(provision.instrument, on)
    return {
        **line(library, provision, on),
        "text": provision.text,
        "quote": provision.quote,
        "gloss": provision.gloss,
        "source": provision.source,
        "standing": standing.said_in(language) if standing else None,
        "parent": None if provision.parent is None else _ref(provision, provision.parent),
        "children": [_ref(provision, address) for address in provision.children],
        "links": [{"kind": link.kind.value, "ref": link.ref} for link in provision.links],
        "on": on.isoformat(),
    }


def page(library: Library, instrument: str | None, after: str | None, limit: int, on: date) -> dict[str, Any]:
    """Provisions after a reference, in order. Raises UnknownReference for an instrument or reference that
    does not exist."""
    found = list(islice(_after(library, _all(library, instrument), after), limit + 1))
    shown = found[:limit]
    return {
        "provisions": [line(library, provision, on) for provision in shown],
        "next": shown[-1].ref if len(found) > limit else None,
    }


def _all(library: Library, instrument: str | None) -> Iterator[Provision]:
    chosen = library.instruments.values() if instrument is None else (library.instrument(instrument),)
    for one in chosen:
        yield from one.provisions.values()


def _after(library: Library, every: Iterator[Provision], ref: str | None) -> Iterator[Provision]:
    if ref is None:
        return every
    library.provision(ref)
    for provision in every:
        if provision.ref == ref:
            break
    return every


def _ref(provision: Provision, address: str) -> str:
    return f"{provision.instrument}#{address}" if address else provision.instrument

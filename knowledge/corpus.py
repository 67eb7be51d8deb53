"""Corpus files: TOML front matter between ``+++`` lines, then the text in the ordinary form of a
Chinese legal text (or, with ``form = "document"``, any text, cut by ``[[section]]`` tables).

Front matter needs ``id`` and ``title``; everything else has a default, so that an imported text
is read with the same code. The words of the body are ``quoted`` unless ``wording`` says otherwise.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import CorpusError
from knowledge.model import Instrument, Status, StatusPeriod, Words
from knowledge.provisions import build_provisions
from knowledge.values import extract, fill

_FENCE = "+++\n"
_KEYS = frozenset(
    {
        "abbreviations",
        "aliases",
        "article_count",
        "at",
        "brief_title",
        "chapter_source",
        "chapter_wording",
        "chapters",
        "default",
        "form",
        "id",
        "in_force_instead",
        "issued",
        "issuer",
        "items",
        "lists",
        "number",
        "part",
        "section",
        "short_title",
        "source",
        "speaks_of",
        "standing",
        "standing_before",
        "status",
        "title",
        "title_en",
        "values",
        "whole",
        "wording",
    }
)


def corpus_files(directory: Path) -> list[Path]:
    """The corpus files of a directory, in order of name; none where there is no such directory."""
    return sorted(path for path in directory.glob("*") if path.suffix in (".txt", ".md"))


def read_instrument(path: Path, *, built_in: bool = True) -> Instrument:
    """The instrument that a corpus file holds.

    Raises:
        CorpusError: a front matter or body that cannot be read; the message names the file.
    """
    try:
        front, body = split_front_matter(path.read_text(encoding="utf-8"))
        return build_instrument(tomllib.loads(front), body, built_in=built_in)
    except (CorpusError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise CorpusError(f"{path.name}: {error}") from error


def split_front_matter(text: str) -> tuple[str, str]:
    """Front matter and body. The body is kept character for character."""
    if not text.startswith(_FENCE):
        raise CorpusError("no front matter between +++ lines")
    front, fence, body = text[len(_FENCE) :].partition("\n" + _FENCE)
    if not fence:
        raise CorpusError("the front matter has no closing +++ line")
    return front, body


def build_instrument(front: Mapping[str, Any], body: str, *, built_in: bool = True) -> Instrument:
    """An instrument from its front matter and the text below it."""
    if unknown := set(front) - _KEYS:
        raise CorpusError(f"the front matter has unknown keys: {', '.join(sorted(unknown))}")
    provisions = build_provisions(front, body)
    values = {
        name: extract(provisions[address].text, pattern, name, *kind)
        for name, (address, pattern, *kind) in front.get("values", {}).items()
    }
    glossed = {
        address: replace(provision, gloss=fill(provision.gloss, values)) if provision.gloss else provision
        for address, provision in provisions.items()
    }
    before = front.get("standing_before")
    return Instrument(
        id=front["id"],
        title=front["title"],
        short_title=front.get("short_title", front["title"]),
        number=front.get("number", ""),
        issuer=front.get("issuer", ""),
        issued=str(front.get("issued", "")),
        statuses=tuple(_status(period) for period in front.get("status", ())),
        aliases=tuple(front.get("aliases", ())),
        title_en=front.get("title_en", ""),
        chapters=tuple(front.get("chapters", ())),
        article_count=front.get("article_count"),
        standing=_words(front.get("standing")),
        in_force_instead=tuple(front.get("in_force_instead", ())),
        provisions=glossed,
        speaks_of=front.get("speaks_of", ""),
        standing_before=(date.fromisoformat(before["until"]), Words(before["zh"], before["en"]))
        if before
        else None,
        values=values,
        built_in=built_in,
        default=front.get("default", False),
        abbreviations=front.get("abbreviations", {}),
        brief_title=front.get("brief_title", ""),
    )


def _status(period: Mapping[str, Any]) -> StatusPeriod:
    start = period.get("start")
    note = Words(period["note_zh"], period.get("note_en", period["note_zh"])) if "note_zh" in period else None
    return StatusPeriod(Status(period["status"]), date.fromisoformat(str(start)) if start else None, note)


def _words(table: Mapping[str, str] | None) -> Words | None:
    return Words(table["zh"], table.get("en", table["zh"])) if table else None

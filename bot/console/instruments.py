"""Law and rules in use, and another law text: read, checked with all the rest, shown, then stored."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from starlette.responses import Response

from bot.channels.web.problems import RefusedError
from bot.console.desk import Desk, Visit
from bot.reloading import SourcesRefused, read_checked
from knowledge.corpus import corpus_files
from knowledge.errors import CorpusError, KnowledgeError, NotALegalText, UnknownReference
from knowledge.importing import Imported, Particulars, import_instrument
from knowledge.library import BUILT_IN
from knowledge.model import Status
from knowledge.rendering import render_article

FIELDS = ("id", "title", "number", "issuer", "status", "effective", "replace")
STATUSES = tuple(status.value for status in Status)
SHOWN = 40  # articles of a preview, changes of a comparison


async def browse(visit: Visit) -> Response:
    """All instruments with their standing today, the rulebook, and the form for another text."""
    return visit.page("instruments", **_all(visit))


async def show(visit: Visit) -> Response:
    """An instrument's provisions."""
    try:
        found = visit.desk.sources.library.instrument(visit.request.path_params["instrument_id"])
    except UnknownReference:
        raise RefusedError(404, "not_found") from None
    return visit.page("instrument", instrument=found, status=found.status_on(visit.desk.today))


async def try_out(visit: Visit) -> Response:
    """What a law text would become; nothing is stored."""
    file = visit.file("file")
    if file is None:
        raise RefusedError(422, "empty_file")
    token, path = await visit.desk.uploads.keep(file)
    try:
        made, reasons = await asyncio.to_thread(
            tried, path, visit.desk, particulars(visit), replacing=bool(visit.given("replace"))
        )
    except (NotALegalText, CorpusError) as error:
        await visit.desk.uploads.drop(token)
        return visit.page("instruments", status_code=422, **_all(visit) | {"trouble": str(error)})
    return visit.page(
        "instrument_tried",
        made=made,
        preview=[(article.name, render_article(article)) for article in made.parsed.articles[:SHOWN]],
        reasons=reasons,
        upload=token,
        fields={name: visit.given(name) for name in FIELDS},
        shown=SHOWN,
    )


async def store(visit: Visit) -> Response:
    """Store the text that was tried out. It is checked again: the library may have changed since."""
    path = visit.uploaded()
    replacing = bool(visit.given("replace"))
    try:
        _, reasons = await asyncio.to_thread(tried, path, visit.desk, particulars(visit), replacing=replacing)
        if reasons:
            raise CorpusError("; ".join(reasons))
        made = await asyncio.to_thread(
            import_instrument,
            path,
            visit.desk.library,
            particulars(visit),
            replacing=replacing,
            taken=_built_in(),
        )
    except KnowledgeError as error:
        return visit.page("instruments", status_code=422, **_all(visit) | {"trouble": str(error)})
    await visit.note(
        "instrument.imported", made.id, f"{made.parsed.title}, articles {len(made.parsed.articles)}"
    )
    await visit.desk.uploads.drop(visit.given("upload"))
    return visit.go("/instruments", "stored")


def tried(path: Path, desk: Desk, given: Particulars, *, replacing: bool) -> tuple[Imported, tuple[str, ...]]:
    """Import a text into a copy of the operator's library and load the copy as the service would: what was
    made of it, and why it would be refused. Slow, for a thread. Raises NotALegalText, CorpusError."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "library"
        if desk.library.is_dir():
            shutil.copytree(desk.library, copy)
        made = import_instrument(path, copy, given, replacing=replacing, taken=_built_in())
        try:
            read_checked(copy, desk.rulebook)
        except SourcesRefused as error:
            return replace(made, path=None), error.reasons
    return replace(made, path=None), ()


def particulars(visit: Visit) -> Particulars:
    """What the form says of the text. Raises RefusedError for a day or standing that is none."""
    status, effective = visit.given("status") or Status.UNVERIFIED.value, visit.given("effective")
    if status not in STATUSES:
        raise RefusedError(422, "unreadable", field="status")
    try:
        day = date.fromisoformat(effective) if effective else None
    except ValueError:
        raise RefusedError(422, "unreadable", field="effective") from None
    text = {name: visit.given(name)[:300] for name in ("id", "title", "number", "issuer")}
    return Particulars(**text, status=Status(status), effective=day)


def _all(visit: Visit) -> dict[str, Any]:
    library, rulebook = visit.desk.sources.library, visit.desk.sources.rulebook
    return {
        "instruments": [(one, one.status_on(visit.desk.today).value) for one in library.instruments.values()],
        "stamp": rulebook.stamp,
        "goals": rulebook.goals,
        "on_goals": {name: rulebook.in_force(name, visit.desk.today) for name in rulebook.goals},
        "statuses": STATUSES,
        "trouble": "",
    }


def _built_in() -> frozenset[str]:
    return frozenset(path.stem for path in corpus_files(BUILT_IN))

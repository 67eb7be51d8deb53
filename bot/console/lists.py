"""Published lists of enterprises: those loaded, what was answered, and another: tried out, then loaded."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from starlette.responses import Response

from bot.channels.web.problems import RefusedError
from bot.console.desk import Visit
from bot.lists.errors import ListError
from bot.lists.loading import load_list
from bot.lists.reading import ReadList, read_list
from storage.records import PublishedList

KINDS = ("mandatory", "voluntary")
FIELDS = ("name", "published", "kind")
SHOWN = 200  # rows of a table


async def browse(visit: Visit) -> Response:
    """The lists loaded so far, and the form for another."""
    return visit.page("lists", **await _all(visit))


async def show(visit: Visit) -> Response:
    """The companies here that a list speaks of, and what their contacts answered."""
    wanted = visit.request.path_params["list_id"]
    published = next((one for one in await visit.desk.store.published() if one.id == wanted), None)
    if published is None:
        raise RefusedError(404, "not_found")
    rows = await visit.desk.store.listed(wanted)
    return visit.page(
        "list",
        published=published,
        rows=rows[:SHOWN],
        total=len(rows),
        listings=await visit.desk.store.listings(wanted),
    )


async def try_out(visit: Visit) -> Response:
    """What loading a file would do; nothing is changed."""
    file = visit.file("file")
    if file is None:
        raise RefusedError(422, "empty_file")
    token, path = await visit.desk.uploads.keep(file)
    try:
        read = await _read(visit, path)
    except ListError as error:
        await visit.desk.uploads.drop(token)
        return await _unread(visit, error)
    loaded = await load_list(visit.desk.store, read, visit.desk.clock(), dry_run=True)
    return visit.page(
        "list_tried",
        read=read,
        loaded=loaded,
        upload=token,
        fields={name: visit.given(name) for name in FIELDS},
        shown=SHOWN,
    )


async def load(visit: Visit) -> Response:
    """Load the file that was tried out: its rows are kept, the contacts of its companies asked."""
    path = visit.uploaded()
    try:
        read = await _read(visit, path)
    except ListError as error:
        return await _unread(visit, error)
    loaded = await load_list(visit.desk.store, read, visit.desk.clock())
    await visit.note(
        "list.loaded",
        f"{read.published.id} {read.published.name}",
        f"rows {loaded.rows}, new {loaded.new}, asked {loaded.asked}, unread {len(read.faults)}",
    )
    await visit.desk.uploads.drop(visit.given("upload"))
    return visit.go(f"/lists/{read.published.id}", "loaded")


async def _all(visit: Visit) -> dict[str, Any]:
    store = visit.desk.store
    # Answers are few where rows are many: those are read on the list's own page.
    answers: list[tuple[PublishedList, Counter[str]]] = [
        (one, Counter(item.state for item in await store.listings(one.id))) for one in await store.published()
    ]
    return {"lists": answers, "kinds": KINDS, "trouble": "", "today": visit.desk.today}


async def _read(visit: Visit, path: Path) -> ReadList:
    kind = visit.given("kind")
    return await asyncio.to_thread(
        read_list,
        path,
        at=visit.desk.clock(),
        published_on=_day(visit.given("published")),
        kind=kind if kind in KINDS else "",
        name=visit.given("name")[:120],
    )


async def _unread(visit: Visit, error: ListError) -> Response:
    return visit.page("lists", status_code=422, **await _all(visit) | {"trouble": error.said(visit.say)})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RefusedError(422, "unreadable", field="published") from None

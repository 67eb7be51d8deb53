"""/publish: a list's file comes in, what it would do is shown, and only a confirmation takes it in."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from secrets import token_hex
from typing import Any

from bot.attachments import place
from bot.lists.columns import kind_of
from bot.lists.errors import ListError
from bot.lists.loading import Loaded, load_list
from bot.lists.reading import ReadList, read_list
from bot.messages import Block, Bullets, Reply, Text
from bot.skills.operators.visit import Visit
from bot.taps import button, offered
from bot.understanding.dates import find_dates

_SHOWN = 10  # rows of each sort


async def begin(visit: Visit) -> Reply:
    """Ask for the file."""
    await visit.keep_draft(awaits="publish")
    return visit.reply("publish.send", Text(visit.say.say("operators.publish.how"), "note"))


async def take_file(visit: Visit) -> Reply:
    """Put the file aside and try it."""
    file = visit.incoming.file
    if file is None:
        return await begin(visit)
    aside = place(file.name, visit.now)
    await asyncio.to_thread(shutil.copyfile, file, aside)
    return await _try(visit, _Draft(str(aside), _day(visit), _kind(visit.argument(0))))


async def take_day(visit: Visit) -> Reply:
    """The day on which the list was published, where the file does not say it."""
    draft = await visit.draft()
    if "path" not in draft:
        return visit.reply("publish.send")
    day = _day(visit)
    if not day:
        return visit.reply("publish.which_day")
    return await _try(visit, _Draft(draft["path"], day, _kind(visit.argument(0)) or draft["kind"]))


async def decide(visit: Visit) -> Reply:
    """``publish:yes:<draft>`` takes the list in, ``publish:no:<draft>`` drops it."""
    draft = await visit.draft()
    if draft.get("id") != visit.argument(1) or "path" not in draft:
        return visit.reply("stale")
    if visit.argument(0) != "yes":
        await visit.keep_draft()
        return visit.reply("publish.dropped")
    chosen = _Draft(draft["path"], draft["day"], draft["kind"])
    try:
        read = await asyncio.to_thread(_read, visit, chosen)
    except ListError as error:
        return visit.reply("publish.unreadable", Text(error.said(visit.say)))
    loaded = await load_list(visit.store, read, visit.now)
    await visit.keep_draft()
    await visit.note(
        "list.loaded",
        f"{read.published.id} {read.published.name}",
        f"rows {loaded.rows}, new {loaded.new}, asked {loaded.asked}, unread {len(read.faults)}",
    )
    return visit.reply("publish.done", name=read.published.name, new=loaded.new, asked=loaded.asked)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A list that is not yet taken in. ``day`` is ISO or ""; ``kind`` of audit holds where rows say none."""

    path: str
    day: str
    kind: str

    @property
    def published_on(self) -> date | None:
        return date.fromisoformat(self.day) if self.day else None


async def _try(visit: Visit, draft: _Draft) -> Reply:
    """Show what the list would do; ask for its day where it has none."""
    try:
        read = await asyncio.to_thread(_read, visit, draft)
    except ListError as error:
        if draft.day or not await asyncio.to_thread(_reads_with_a_day, visit, draft):
            await visit.keep_draft(awaits="publish")
            return visit.reply("publish.unreadable", Text(error.said(visit.say)))
        await visit.keep_draft(awaits="publish", path=draft.path, kind=draft.kind)
        return visit.reply("publish.which_day")
    loaded = await load_list(visit.store, read, visit.now, dry_run=True)
    key = token_hex(4)
    await visit.keep_draft(id=key, path=draft.path, day=draft.day, kind=draft.kind)
    return _preview(visit, read, loaded, key)


def _read(visit: Visit, draft: _Draft) -> ReadList:
    path = Path(draft.path)
    return read_list(path, at=visit.now, published_on=draft.published_on, kind=draft.kind)


def _reads_with_a_day(visit: Visit, draft: _Draft) -> bool:
    """Whether the day is all that the file lacks."""
    try:
        _read(visit, _Draft(draft.path, visit.today.isoformat(), draft.kind))
    except ListError:
        return False
    return True


def _preview(visit: Visit, read: ReadList, loaded: Loaded, key: str) -> Reply:
    say = visit.say.say
    near = [
        say("operators.publish.near_row", line=one.row.line, name=one.row.name, company=one.company.name)
        for one in loaded.near
    ]
    faults = [
        say("operators.publish.fault_row", line=one.line, reason=one.said(visit.say)) for one in read.faults
    ]
    matched = [
        say("operators.publish.match_row", line=one.row.line, name=one.row.name) for one in loaded.matches
    ]
    blocks: list[Block] = [
        Text(
            say(
                "operators.publish.would",
                rows=loaded.rows,
                new=loaded.new,
                asked=loaded.asked,
                unreachable=loaded.unreachable,
            )
        )
    ]
    for title, rows in (("matches", matched), ("near", near), ("faults", faults)):
        if rows:
            blocks.append(_listed(visit, f"operators.publish.{title}", rows))
    return visit.reply(
        "publish.preview",
        *blocks,
        buttons=offered(
            button(say("operators.publish.yes"), "publish", "yes", key),
            button(say("operators.publish.no"), "publish", "no", key),
        ),
        name=read.published.name,
        day=read.published.published_on.isoformat(),
    )


def _listed(visit: Visit, title: str, rows: list[str]) -> Bullets:
    more = [visit.say.say("operators.more", count=len(rows) - _SHOWN)] if len(rows) > _SHOWN else []
    return Bullets((*rows[:_SHOWN], *more), visit.say.say(title, count=len(rows)))


def _day(visit: Visit) -> str:
    """The first whole day that the words name, ISO; "" for none."""
    found, _ = find_dates(visit.argument(0), visit.today)
    days: list[Any] = [one.value for one in found]
    return next((day for day in days if isinstance(day, str)), "")


def _kind(words: str) -> str:
    """The kind of audit that the words name, "" for none."""
    return next((kind for word in words.split() if (kind := kind_of(word.strip("，,。；;")))), "")

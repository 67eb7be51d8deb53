"""What goes out: by state, one by one with every attempt; the journal as a file; uncertain ones decided."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TextIO

from starlette.responses import Response, StreamingResponse

from bot.channels.web.problems import RefusedError
from bot.console.browsing import Entry, latest
from bot.console.desk import Visit
from bot.monitoring.standing import STATES
from bot.reminders.deciding import decide as carry_out
from bot.reminders.deciding import deeds
from bot.reminders.proof import export

# Nobody sees what was said in a talk.
_PRIVATE = "reply"
_PIECE = 2**16  # bytes


async def browse(visit: Visit) -> Response:
    """Deliveries of a state, the latest first."""
    store, now = visit.desk.store, visit.desk.clock()
    state, before = visit.asked("state"), visit.asked("before")
    state = state if state in STATES else ""
    found = await latest(store, state, int(before) if before.isdecimal() else None, now)
    subjects = await store.subjects([delivery.id for delivery, _ in found.entries])
    return visit.page(
        "deliveries",
        found=found,
        subjects=subjects,
        state=state,
        states=STATES,
        counts=(await store.queue(now=now))["states"],
        shown=shown_chat,
    )


async def show(visit: Visit) -> Response:
    """One delivery with its attempts and the words that were sent."""
    delivery, attempts = await _entry(visit)
    subjects = await visit.desk.store.subjects([delivery.id])
    if any(attempt.text for attempt in attempts):
        await visit.note("delivery.read", f"delivery {delivery.id}", f"company {delivery.company_id}")
    return visit.page(
        "delivery",
        delivery=delivery,
        attempts=attempts,
        subject=subjects.get(delivery.id),
        deeds=deeds(delivery, visit.desk.clock()),
        shown=shown_chat,
    )


async def decide(visit: Visit) -> Response:
    """End an uncertain delivery, as proved arrived or closed, or repeat it once with the mark."""
    delivery, _ = await _entry(visit)
    deed = visit.given("deed")
    address = f"/deliveries/{delivery.id}"
    if deed not in deeds(delivery, visit.desk.clock()):
        return visit.go(address, "too_late")
    done = await carry_out(visit.desk.store, delivery, deed, visit.desk.clock())
    if done:
        await visit.note(f"delivery.{deed}", f"delivery {delivery.id}", f"company {delivery.company_id}")
    return visit.go(address, deed if done else "too_late")


async def journal(visit: Visit) -> Response:
    """The journal as CSV: proof of notification, of one company or of all."""
    company = visit.given("company") or None
    await visit.note("journal.exported", f"company {company}" if company else "")
    # A file without a name: gone when it is closed, also where nobody fetches it to the end. The mark at its
    # start lets Excel read Chinese.
    out = tempfile.TemporaryFile("w+", encoding="utf-8-sig", newline="")  # noqa: SIM115 - closed when sent
    await export(visit.desk.store, out, visit.desk.zone, company)
    out.seek(0)
    name = f"journal-{visit.desk.today.isoformat()}.csv"
    return StreamingResponse(
        _pieces(out),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _pieces(out: TextIO) -> Iterator[bytes]:
    with out:
        while piece := out.buffer.read(_PIECE):
            yield piece


async def _entry(visit: Visit) -> Entry:
    number = visit.request.path_params["number"]
    entries = await visit.desk.store.journal(after=number - 1, limit=1) if 0 < number < 2**53 else []
    if not entries or entries[0][0].id != number:
        raise RefusedError(404, "not_found")
    delivery, attempts = entries[0]
    if delivery.kind == _PRIVATE:
        return delivery, tuple(replace(attempt, text="") for attempt in attempts)
    return delivery, attempts


def shown_chat(chat: str) -> str:
    """A chat as operators see it: enough to tell it from others, never a web chat's whole id."""
    channel, _, name = chat.partition(":")
    return f"{channel}:{name[:8]}…" if channel == "web" and len(name) > 8 else chat

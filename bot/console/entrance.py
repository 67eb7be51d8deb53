"""The console's door: the password is asked for, a pass given, and given back."""

from __future__ import annotations

import logging
import math

from starlette.responses import Response

from bot.channels.web.problems import RefusedError
from bot.console.desk import Visit
from bot.console.gate import COOKIE, LASTS, Pass, network_of

log = logging.getLogger(__name__)


async def ask(visit: Visit) -> Response:
    """The form that asks for the password."""
    if visit.held.is_operator:
        return visit.go("/")
    return await _asked(visit, wrong=False)


async def enter(visit: Visit) -> Response:
    """Let in whoever knows the password, with a pass that nobody held before."""
    address = visit.request.client.host if visit.request.client else ""
    if wait := visit.desk.gate.wait(address):
        seconds = math.ceil(wait)
        raise RefusedError(429, "too_fast", {"Retry-After": str(seconds)}, seconds=seconds)
    password = visit.form.get("password", "")
    held = visit.desk.gate.enter(password) if isinstance(password, str) else None
    if held is None:
        log.warning("console: a wrong password from %s", network_of(address))
        return await _asked(visit, wrong=True)
    await visit.note("console.entered", detail=network_of(address))
    response = visit.go("/")
    await _give(visit, response, held)
    return response


async def leave(visit: Visit) -> Response:
    """Give the pass back."""
    await visit.desk.gate.leave(visit.held)
    await visit.note("console.left")
    response = visit.go("/login", "left")
    response.delete_cookie(COOKIE, path=visit.root or "/")
    return response


async def _asked(visit: Visit, *, wrong: bool) -> Response:
    response = visit.page("login", status_code=403 if wrong else 200, wrong=wrong)
    await _give(visit, response, visit.held)
    return response


async def _give(visit: Visit, response: Response, held: Pass) -> None:
    response.set_cookie(
        COOKIE,
        await visit.desk.gate.cookie(held),
        max_age=int(LASTS.total_seconds()),
        path=visit.root or "/",
        secure=visit.request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )

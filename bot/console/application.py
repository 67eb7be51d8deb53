"""The console put together: its addresses, who may use them, and how it says that something went wrong."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.channels.web import language
from bot.channels.web.guard import SECURITY_HEADERS, SecurityHeaders
from bot.channels.web.problems import RefusedError
from bot.console import audit, companies, deliveries, entrance, forms, instruments, lists, overview, questions
from bot.console.desk import Desk, Visit
from bot.console.gate import COOKIE
from bot.console.writing import own_assets
from storage.errors import StoreError

log = logging.getLogger(__name__)

Handler = Callable[[Visit], Awaitable[Response]]

# Nothing but our own styles and pictures, and forms to ourselves: there is no script to allow.
HEADERS = {
    **SECURITY_HEADERS,
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}

# Address, method, page: what operators may do, all of it behind the gate.
PAGES: tuple[tuple[str, str, Handler], ...] = (
    ("/", "GET", overview.show),
    ("/deliveries", "GET", deliveries.browse),
    ("/deliveries/{number:int}", "GET", deliveries.show),
    ("/deliveries/{number:int}", "POST", deliveries.decide),
    ("/journal", "POST", deliveries.journal),
    ("/lists", "GET", lists.browse),
    ("/lists", "POST", lists.try_out),
    ("/lists/load", "POST", lists.load),
    ("/lists/{list_id}", "GET", lists.show),
    ("/companies", "GET", companies.browse),
    ("/companies/{company_id}", "GET", companies.show),
    ("/companies/{company_id}", "POST", companies.read),
    ("/questions", "GET", questions.browse),
    ("/questions/{question_id}", "POST", questions.handle),
    ("/questions/{question_id}/alias", "POST", questions.add_alias),
    ("/instruments", "GET", instruments.browse),
    ("/instruments", "POST", instruments.try_out),
    ("/instruments/store", "POST", instruments.store),
    ("/instruments/{instrument_id}", "GET", instruments.show),
    ("/audit", "GET", audit.browse),
    ("/logout", "POST", entrance.leave),
)


def create_console(desk: Desk) -> ASGIApp:
    """The console's application, to be mounted where its addresses begin."""
    routes = [Route(path, _behind_gate(desk, handler), methods=[method]) for path, method, handler in PAGES]
    routes += [
        Route("/login", _at_gate(desk, entrance.ask), methods=["GET"]),
        Route("/login", _at_gate(desk, entrance.enter), methods=["POST"]),
        Route("/static/{version}/{name}", _style, methods=["GET"]),
    ]
    problems = (RefusedError, HTTPException, StoreError, Exception)
    pages = Starlette(routes=routes, exception_handlers={kind: _refused(desk) for kind in problems})
    return SecurityHeaders(pages, HEADERS)  # around all, so that an error of ours has them too


def _behind_gate(desk: Desk, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A page for operators; others are asked for the password."""

    async def serve(request: Request) -> Response:
        visit = await _visit(desk, request)
        if not visit.held.is_operator:
            return visit.go("/login")
        return await _answered(visit, handler)

    return serve


def _at_gate(desk: Desk, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A page for whoever has yet to give the password."""

    async def serve(request: Request) -> Response:
        return await _answered(await _visit(desk, request), handler)

    return serve


async def _style(request: Request) -> Response:
    return await own_assets(str(request.scope.get("root_path", ""))).serve(request)


async def _visit(desk: Desk, request: Request) -> Visit:
    held = await desk.gate.read(request.cookies.get(COOKIE)) or desk.gate.guest()
    return Visit(desk, request, held, await desk.gate.token(held))


async def _answered(visit: Visit, handler: Handler) -> Response:
    if visit.request.method == "POST":
        form = await forms.read(visit.request, visit.desk.gate, visit.held, visit.desk.hosts)
        visit = replace(visit, form=form)
    response = await handler(visit)
    if chosen := language.chosen({"lang": visit.asked("lang")}, {}):
        is_secure = visit.request.url.scheme == "https"
        response.set_cookie(language.COOKIE, chosen, secure=is_secure, httponly=True, samesite="lax")
    return response


def _refused(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    """A page with one sentence that helps; never a traceback."""

    async def tell(request: Request, error: Exception) -> Response:
        refusal = _refusal(error)
        visit = Visit(desk, request, desk.gate.guest(), "")
        sentence = visit.say.say(refusal.phrase, **refusal.fill)
        response = visit.page("problem", status_code=refusal.status, sentence=sentence)
        response.headers.update(refusal.headers)
        return response

    return tell


def _refusal(error: Exception) -> RefusedError:
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, HTTPException):
        code = {404: "not_found", 405: "not_allowed"}.get(error.status_code, "bad_request")
        return RefusedError(error.status_code, code)
    if isinstance(error, StoreError):
        log.error("store: %s", error)
        return RefusedError(503, "unavailable", {"Retry-After": "3"})
    return RefusedError(500, "broken")

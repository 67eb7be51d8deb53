"""The web channel put together: page, chat, health. The caller runs it with uvicorn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from bot.channels.web import identity, language
from bot.channels.web.assets import assets
from bot.channels.web.guard import SecurityHeaders
from bot.channels.web.inbox import Assistant, Inbox
from bot.channels.web.limits import NEWCOMERS, Buckets, Limits
from bot.channels.web.notifier import Notifier
from bot.channels.web.page import page
from bot.channels.web.problems import RefusedError, serve_problems
from bot.channels.web.routes import Chat
from bot.channels.web.stream import Pace
from bot.messages import Language
from storage.store import Store

LOOKED_AT = ["GET", "HEAD"]  # monitors and link previews ask for the head alone


def create_web(
    assistant: Assistant,
    store: Store,
    *,
    clock: Callable[[], datetime],
    wake: Callable[[], None],
    notifier: Notifier,
    uploads: Path,
    public_url: str | None = None,
    limits: Limits | None = None,
    pace: Pace | None = None,
    prepared: Callable[[], bool] = lambda: True,
) -> FastAPI:
    """The web application.

    ``wake`` tells the dispatcher that the outbox has a row; ``notifier`` is shared with the WebSender, and
    its ``close`` ends the open streams before the server stops; ``uploads`` holds dropped files until they
    are read; ``public_url`` is our address where a proxy stands in front; ``prepared`` says whether answers
    come at full speed already. ``app.state.inbox.resume()`` handles what an earlier crash left unanswered.
    """
    limits = limits or Limits()
    app = FastAPI(title="Xize", docs_url=None, redoc_url=None, openapi_url=None)
    link = f"{public_url.rstrip('/')}/?start={{payload}}" if public_url else ""
    inbox = Inbox(assistant, store, notifier, clock=clock, wake=wake, link=link)
    known = identity.Identity(store)
    hosts = (urlsplit(public_url).netloc,) if public_url else ()
    chat = Chat(store, inbox, known, notifier, clock, uploads, limits, pace or Pace(), hosts)
    app.state.inbox = inbox
    app.include_router(chat.router())
    app.add_api_route("/static/{version}/{name}", assets().serve, methods=["GET"])
    _serve_page(app, known, limits, clock)
    _serve_health(app, store, lambda: prepared() and not notifier.closed)
    serve_problems(app)
    app.add_middleware(SecurityHeaders)
    return app


def _serve_page(
    app: FastAPI, known: identity.Identity, limits: Limits, clock: Callable[[], datetime]
) -> None:
    newcomers = Buckets(NEWCOMERS)

    @app.api_route("/", methods=LOOKED_AT)
    async def home(request: Request) -> Response:
        chosen = language.chosen(request.query_params, request.cookies)
        cookie = request.cookies.get(identity.COOKIE, "")
        is_new = await known.chat(cookie) is None
        if is_new:
            if newcomers.take(request.client.host if request.client else "", clock()):
                raise RefusedError(429, "too_many_pages", {"Retry-After": "5"})
            _, cookie = await known.mint()
        response = _home(request, chosen, is_new, limits)
        _set_cookie(response, request, identity.COOKIE, cookie)
        if chosen:
            _set_cookie(response, request, language.COOKIE, chosen)
        return response


def _home(request: Request, chosen: Language | None, is_new: bool, limits: Limits) -> Response:
    if "lang" in request.query_params:
        return RedirectResponse("/", status_code=303)  # the choice is in the cookie: a clean address to share
    accepted = language.negotiated(request.headers.get("accept-language", ""))
    return HTMLResponse(
        page(chosen or accepted, is_new=is_new, upload_limit=limits.upload),
        headers={"Cache-Control": "private, no-cache", "Vary": "Accept-Language, Cookie"},
    )


def _set_cookie(response: Response, request: Request, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=identity.COOKIE_AGE,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _serve_health(app: FastAPI, store: Store, open_for_all: Callable[[], bool]) -> None:
    @app.api_route("/healthz", methods=LOOKED_AT)
    async def alive() -> Response:
        """The process answers."""
        return PlainTextResponse("ok")

    @app.api_route("/readyz", methods=LOOKED_AT)
    async def ready() -> Response:
        """The store answers too, what answers need is built, and we are not stopping."""
        if not open_for_all():
            raise RefusedError(503, "unavailable")
        await store.bookmark(identity.BOOKMARK)
        return PlainTextResponse("ok")

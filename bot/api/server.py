"""The HTTP API put together, and mounted into the web application."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.types import ASGIApp

from bot.api.access import CALLS, STRANGERS, Access
from bot.api.description import as_json, as_page, page_policy
from bot.api.gate import SECONDS, Gate
from bot.api.holdings import Holdings
from bot.api.house import House
from bot.api.judging import Judging
from bot.api.keys import Key, Keyring
from bot.api.law import Law
from bot.api.problems import serve_problems
from bot.api.repeats import Repeats
from bot.api.talking import Talking
from bot.channels.web.limits import Rate

PREFIX = "/api/v1"


def create_api(
    house: House,
    keys: Sequence[Key],
    *,
    calls: Rate = CALLS,
    strangers: Rate = STRANGERS,
    seconds: float = SECONDS,
) -> ASGIApp:
    """The API, to be mounted at ``PREFIX``. Without keys it answers on this machine alone.

    ``calls``: how often each key may ask; ``strangers``: how often a network address may come with a wrong
    key before it has to wait; ``seconds``: how long one request may take.
    """
    app = FastAPI(title="Xize API", docs_url=None, redoc_url=None, openapi_url=None)
    repeats = Repeats(house.store, house.clock)
    for part in (Law(house), Judging(house, repeats), Talking(house, repeats), Holdings(house, repeats)):
        app.include_router(part.router())
    _serve_description(app, house)
    serve_problems(app)
    return Gate(app, Access(Keyring(keys), house.clock, calls, strangers), seconds)


def _serve_description(app: FastAPI, house: House) -> None:
    @app.get("/openapi.json", include_in_schema=False)
    async def openapi(request: Request) -> Response:
        text = as_json(app, house.sources.rulebook, _prefix(request))
        return Response(text, media_type="application/json")

    @app.get("/docs", include_in_schema=False)
    async def page(request: Request) -> Response:
        text = as_page(app, house.sources.rulebook, _prefix(request))
        return HTMLResponse(text, headers={"Content-Security-Policy": page_policy()})


def _prefix(request: Request) -> str:
    return str(request.scope.get("root_path", "")) or PREFIX

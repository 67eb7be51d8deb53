"""``/metrics``, for those who may read it, and a trace for each HTTP request."""

from __future__ import annotations

import hmac
import ipaddress
import secrets

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.problems import RefusedError
from bot.logs import following, trace_of
from bot.monitoring.metrics import Metrics
from bot.monitoring.standing import Standing

PATH = "/metrics"
REQUEST_ID = "X-Request-Id"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "[::1]"}


def serve_metrics(web: FastAPI, metrics: Metrics, standing: Standing, token: str | None) -> None:
    """Put the numbers at ``/metrics``. With a token the bearer of it reads them, without one only a program
    on this machine that asks us directly; for all others the address does not exist."""

    @web.get(PATH)
    async def numbers(request: Request) -> Response:
        if token is not None:
            if not _bears(request, token):
                return PlainTextResponse("", status_code=401, headers={"WWW-Authenticate": "Bearer"})
        elif not is_local(request):
            raise RefusedError(404, "not_found")
        await standing.refresh()
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)


def _bears(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())


def is_local(request: Request) -> bool:
    """Whether a program on this machine asks by a name of this machine, with no proxy in between: neither a
    web page that has bent a name to 127.0.0.1 nor a proxy's client passes."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    name = request.headers.get("host", "").rpartition(":")
    host = name[0] if name[1] and name[2].isdigit() else "".join(name)
    try:
        near = request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    return near and host.lower() in _LOOPBACK_NAMES


class RequestTrace:
    """Gives each HTTP request an id that its log lines and its answer carry, and counts the answers."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        key = secrets.token_hex(8)

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[REQUEST_ID] = trace_of(key)
                self._metrics.responded(message["status"])
            await send(message)

        with following(key):
            await self._app(scope, receive, marked)

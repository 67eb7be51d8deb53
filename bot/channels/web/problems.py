"""What a browser or a script is told when something cannot be served: problem+json (RFC 9457) with
one sentence that helps, in the reader's language, and never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from bot.channels.web import language
from bot.errors import UserError
from bot.phrases import phrases
from storage.errors import StoreError

log = logging.getLogger(__name__)


class RefusedError(UserError):
    """A request that is not served. ``code`` is the phrase's last part: ``web.problem.<code>``."""

    def __init__(self, status: int, code: str, headers: Mapping[str, str] | None = None, **fill: Any) -> None:
        super().__init__(f"web.problem.{code}", **fill)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})


def serve_problems(app: FastAPI) -> None:
    """Answer every error of the application as a problem."""

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, RefusedError)  # noqa: S101 - registered for it alone
        return problem(request, error)

    async def plain(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
        code = {404: "not_found", 405: "not_allowed"}.get(error.status_code, "bad_request")
        return problem(request, RefusedError(error.status_code, code, error.headers))

    async def invalid(request: Request, error: Exception) -> Response:
        return problem(request, RefusedError(422, "bad_request"))

    async def unavailable(request: Request, error: Exception) -> Response:
        log.error("store: %s", error)
        return problem(request, RefusedError(503, "unavailable", {"Retry-After": "3"}))

    async def broken(request: Request, error: Exception) -> Response:
        return problem(request, RefusedError(500, "broken"))

    app.add_exception_handler(RefusedError, refused)
    app.add_exception_handler(HTTPException, plain)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(StoreError, unavailable)
    app.add_exception_handler(Exception, broken)


def problem(request: Request, error: RefusedError) -> Response:
    """The answer that says what is wrong."""
    reader = language.chosen(request.query_params, request.cookies) or language.negotiated(
        request.headers.get("accept-language", "")
    )
    return JSONResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus(error.status).phrase,
            "status": error.status,
            "code": error.code,
            "detail": phrases(reader).say(error.phrase, **error.fill),
        },
        status_code=error.status,
        headers={**error.headers, "Cache-Control": "no-store"},
        media_type="application/problem+json",
    )

"""What a caller is told when something cannot be served: problem+json (RFC 9457), never a traceback.
``code`` is for programs and stable, ``detail`` for the person who writes them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import fastapi
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from bot.channels.jsonl import LineError
from storage.errors import StoreError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_MOST_ERRORS = 10  # named in one answer


class Problem(fastapi.HTTPException):
    """A request that is not served. ``members`` go into the answer beside the standard ones."""

    def __init__(
        self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.code = code
        self.members = members

    def answer(self) -> Response:
        """The answer that says what is wrong."""
        return JSONResponse(
            {
                "type": "about:blank",
                "title": HTTPStatus(self.status_code).phrase,
                "status": self.status_code,
                "code": self.code,
                "detail": self.detail,
                **self.members,
            },
            status_code=self.status_code,
            headers={**(self.headers or {}), "Cache-Control": "no-store"},
            media_type=MEDIA_TYPE,
        )


def serve_problems(app: FastAPI) -> None:
    """Answer every error of the application as a problem."""

    async def answered(request: Request, error: Exception) -> Response:
        return as_problem(error).answer()

    async def broken(request: Request, error: Exception) -> Response:
        return Problem(500, "broken", "Something went wrong inside; the cause is in the log.").answer()

    for kind in (HTTPException, RequestValidationError, LineError, StoreError):
        app.add_exception_handler(kind, answered)
    app.add_exception_handler(Exception, broken)


def as_problem(error: Exception) -> Problem:
    """What one of the errors that can be foreseen means to the caller."""
    match error:
        case Problem():
            return error
        case HTTPException():
            return _plain(error)
        case RequestValidationError():
            return _invalid(error)
        case LineError():
            return Problem(400 if error.code == "malformed" else 422, error.code, str(error))
        case _:
            log.error("store: %s", error)
            return Problem(503, "unavailable", "The store cannot be reached now.", {"Retry-After": "3"})


def _plain(error: HTTPException) -> Problem:
    code, detail = {
        404: ("not_found", "There is nothing at this address."),
        405: ("not_allowed", "This address does not take this method."),
    }.get(error.status_code, ("bad_request", "This request cannot be read."))
    return Problem(error.status_code, code, detail, error.headers)


def _invalid(error: RequestValidationError) -> Problem:
    """Each place that is wrong, by its JSON pointer or parameter, without what was given there."""
    errors = [{"at": _place(one["loc"]), "message": str(one["msg"])} for one in error.errors()[:_MOST_ERRORS]]
    detail = "; ".join(f"{one['at'] or 'body'}: {one['message']}" for one in errors)
    return Problem(422, "invalid", detail, errors=errors)


def _place(loc: tuple[Any, ...]) -> str:
    where, *path = loc
    if where != "body":
        return f"{where} {'.'.join(map(str, path))}"
    if path and str(path[0]).startswith("<"):
        path = path[1:]  # which kind of message it was taken for: no place in the body
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)

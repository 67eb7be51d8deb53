"""The body of a request, read no further than it may be: JSON, of a size, an object."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from fastapi import Request, Response
from fastapi.routing import APIRoute

from bot.api.asked import FILE_LIMIT
from bot.api.problems import Problem
from bot.channels.jsonl import LineError, read_object

BODY_LIMIT = 200_000  # bytes: a roster of a thousand people
_ROOM = 50_000  # bytes around a file


class _Bounded(Request):
    """A request whose body is checked as it is read."""

    limit: int

    async def body(self) -> bytes:
        if not hasattr(self, "_body"):
            if self.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                raise Problem(415, "wrong_type", "Send the body as application/json.")
            self._body = await self._read()
        return self._body

    async def json(self) -> Any:
        try:
            return read_object((await self.body()).decode())
        except UnicodeDecodeError:
            raise Problem(400, "malformed", "not a JSON object: not UTF-8") from None
        except LineError as error:
            raise Problem(400, error.code, str(error)) from None

    async def _read(self) -> bytes:
        body = bytearray()
        async for chunk in self.stream():
            body += chunk
            if len(body) > self.limit:
                raise Problem(413, "too_large", f"The body may have {self.limit} bytes.")
        return bytes(body)


class Bounded(APIRoute):
    """A route with a JSON body."""

    limit: ClassVar[int] = BODY_LIMIT

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own handler, on a checked request."""
        handle = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            checked = _Bounded(request.scope, request.receive)
            checked.limit = self.limit
            return await handle(checked)

        return bounded


class BoundedWithFile(Bounded):
    """A route with a JSON body that may hold a file."""

    limit = FILE_LIMIT * 4 // 3 + _ROOM

"""A request that comes again with the same idempotency key has one effect and gets the same answer."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Annotated, Any
from weakref import WeakValueDictionary

from fastapi import Header, Request, Response

from bot.api.access import caller
from bot.api.problems import Problem
from bot.api.writing import written
from storage.errors import Conflict
from storage.records import StoredAnswer
from storage.store import Store

REPLAYED = "Idempotency-Replayed"

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern="^[A-Za-z0-9._:-]{1,200}$",
        description="A name for this request, of your choosing. The same name with the same body is answered "
        f"as before and has no second effect ({REPLAYED}: true); with another body it is refused (422).",
    ),
]
# What is asked of the rooms; given the update's id, by which the store too tells a repeat.
Work = Callable[[str | None], Awaitable[Mapping[str, Any]]]


class Repeats:
    """Answers given before."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def once(self, request: Request, key: str | None, work: Work) -> Response:
        """Do the work, or answer as before. Raises Problem: 409 where it was done but its answer is lost,
        422 where the key named another request."""
        if key is None:
            return _json(written(await work(None)))
        name = _hash(caller(request).name, key)
        asked = _hash(request.method, request.url.path, (await request.body()).decode())
        lock = self._locks.setdefault(name, asyncio.Lock())
        async with lock:
            held = await self._store.answered(name)
            replayed = held is not None
            if held is None:
                held = await self._store.keep_answer(await self._worked(name, asked, work))
        if held.request != asked:
            raise Problem(422, "key_reused", "This Idempotency-Key named another request.")
        return _json(held.body, held.status, {REPLAYED: "true"} if replayed else {})

    async def _worked(self, name: str, asked: str, work: Work) -> StoredAnswer:
        try:
            answer = await work(f"api:{name}")
        except Conflict:
            raise Problem(
                409, "already_done", "This request was served before, but its answer was not kept."
            ) from None
        return StoredAnswer(name, asked, 200, written(answer), self._clock())


def _json(body: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        body, status, {**(headers or {}), "Cache-Control": "no-store"}, media_type="application/json"
    )


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()

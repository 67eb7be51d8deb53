"""The law's addresses: provisions in pages, one by reference, search."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from bot.api import provisions
from bot.api.access import needs
from bot.api.answered import ProvisionAnswer, ProvisionPage, SearchAnswer
from bot.api.asked import REF_LIMIT, ProvisionAsked, ProvisionsAsked, SearchAsked
from bot.api.house import House
from bot.api.problems import Problem
from bot.api.writing import written
from bot.channels.jsonl import as_day
from knowledge.errors import UnknownReference

CACHED = "private, max-age=300"  # texts change only when an operator loads another corpus

Reference = Annotated[
    str,
    Path(
        max_length=REF_LIMIT,
        description="The reference. Write its `#` as `%23`, or as `/`: what follows a bare `#` never leaves "
        "the caller's machine.",
    ),
]


class Law:
    """Reads the library."""

    def __init__(self, house: House) -> None:
        self._house = house

    def router(self) -> APIRouter:
        """The addresses, for the scope ``read``."""
        router = APIRouter(dependencies=[needs("read")], tags=["law"])
        add = router.add_api_route
        add("/provisions", self.provisions, response_model=ProvisionPage)
        add("/provisions/{ref:path}", self.provision, response_model=ProvisionAnswer)
        add("/search", self.search, response_model=SearchAnswer)
        return router

    async def provisions(self, request: Request, asked: Annotated[ProvisionsAsked, Query()]) -> Response:
        """Provisions, page by page, in the order of their instruments."""
        library, on = self._house.sources.library, self._day(asked.on)
        try:
            found = provisions.page(library, asked.instrument, asked.after, asked.limit, on)
        except UnknownReference as error:
            raise _unknown(error) from None
        return _cacheable(request, found)

    async def provision(
        self, request: Request, ref: Reference, asked: Annotated[ProvisionAsked, Query()]
    ) -> Response:
        """One provision with its words, where it stands and what it is linked to."""
        library, on = self._house.sources.library, self._day(asked.on)
        try:
            found = provisions.whole(library, ref.replace("/", "#", 1), on)
        except UnknownReference as error:
            raise _unknown(error) from None
        return _cacheable(request, found)

    async def search(self, request: Request, asked: Annotated[SearchAsked, Query()]) -> Response:
        """Provisions whose words are nearest. For an answer rather than near words, converse."""
        library, on = self._house.sources.library, self._day(asked.on)
        hits = [
            {
                **provisions.line(library, library.provision(ref), on),
                "score": score,
                "quote": library.provision(ref).quote,
            }
            for ref, score in library.search(asked.q, asked.limit)
        ]
        return _cacheable(request, {"hits": hits})

    def _day(self, given: str | None) -> date:
        return self._house.today if given is None else as_day("on", given)


def _unknown(error: UnknownReference) -> Problem:
    return Problem(404, "unknown_reference", f"There is {error}.")


def _cacheable(request: Request, answer: dict[str, Any]) -> Response:
    """The answer with its tag, or word that the caller's copy is still right."""
    body = written(answer)
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": CACHED, "Vary": "Authorization"}
    known = {item.strip().removeprefix("W/") for item in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")

"""Checks and deadlines: one question, one answer, nothing kept of a company."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from bot.api.access import needs
from bot.api.answered import CheckAnswer, ScheduleAnswer
from bot.api.asked import Asked, CheckAsked, DeadlinesAsked
from bot.api.bodies import Bounded
from bot.api.house import House
from bot.api.repeats import IdempotencyKey, Repeats
from bot.channels.machine import checked, scheduled
from bot.turn import Sources

_Judge = Callable[[Sources, Mapping[str, Any], date], dict[str, Any]]


class Judging:
    """Asks the rulebook."""

    def __init__(self, house: House, repeats: Repeats) -> None:
        self._house = house
        self._repeats = repeats

    def router(self) -> APIRouter:
        """The addresses, for the scope ``check``."""
        router = APIRouter(dependencies=[needs("check")], tags=["rules"], route_class=Bounded)
        router.add_api_route("/check", self.check, methods=["POST"], response_model=CheckAnswer)
        router.add_api_route("/deadlines", self.deadlines, methods=["POST"], response_model=ScheduleAnswer)
        return router

    async def check(self, request: Request, asked: CheckAsked, repeat: IdempotencyKey = None) -> Response:
        """Whether a company or institution qualifies, requirement by requirement, and what would mend it."""
        return await self._judged(request, repeat, checked, asked)

    async def deadlines(
        self, request: Request, asked: DeadlinesAsked, repeat: IdempotencyKey = None
    ) -> Response:
        """Which dates follow from what happened, and how they stand."""
        return await self._judged(request, repeat, scheduled, asked)

    async def _judged(self, request: Request, repeat: str | None, judge: _Judge, asked: Asked) -> Response:
        async def work(_: str | None) -> Mapping[str, Any]:
            return judge(self._house.sources, asked.model_dump(), self._house.today)

        return await self._repeats.once(request, repeat, work)

"""How the fake says no, and how a call can go wrong on its way."""

from __future__ import annotations

import json
import random
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any

import httpx
from telegram.error import NetworkError, TimedOut


class ApiError(Exception):
    """An answer of Telegram that is not ok."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


def bad_request(description: str, **parameters: Any) -> ApiError:
    """A 400 in Telegram's words."""
    return ApiError(400, f"Bad Request: {description}", **parameters)


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with a call: an exception of the network, or an answer. ``accepted``: Telegram
    did what was asked all the same, and only the answer was spoilt."""

    accepted: bool = False
    error: type[httpx.HTTPError] | None = None
    status: int = 200
    body: bytes = b""

    def happen(self) -> tuple[int, bytes]:
        """Answer or raise, as python-telegram-bot's own network layer does."""
        if self.error is None:
            return self.status, self.body
        cause = self.error("injected")
        if isinstance(cause, httpx.TimeoutException):
            raise TimedOut from cause
        raise NetworkError(f"httpx.{type(cause).__name__}: {cause}") from cause


def network(error: type[httpx.HTTPError], *, accepted: bool = False) -> Fault:
    """The network fails with this error, before or after Telegram accepted the call."""
    return Fault(accepted, error)


def answers(code: int, description: str, **parameters: Any) -> Fault:
    """Telegram refuses with this answer."""
    return Fault(status=code, body=json.dumps(ApiError(code, description, **parameters).body).encode())


def limited(seconds: int) -> Fault:
    """Too many requests: wait."""
    return answers(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def gateway(code: int = 502, *, accepted: bool = False) -> Fault:
    """A proxy's page instead of an answer."""
    return Fault(accepted, status=code, body=b"<html>Bad Gateway</html>")


def garbage(body: bytes = b"<html>hello</html>", *, accepted: bool = True) -> Fault:
    """A 200 that is not an answer."""
    return Fault(accepted, status=200, body=body)


class Faults:
    """Which calls go wrong next, by method."""

    def __init__(self) -> None:
        self._next: dict[str, deque[Fault | None]] = defaultdict(deque)
        self._always: dict[str, Fault] = {}
        self._likely: dict[str, tuple[random.Random, tuple[tuple[float, Fault], ...]]] = {}

    def next(self, method: str, *faults: Fault | None) -> None:
        """The next calls of ``method`` meet these, in order; None lets one through."""
        self._next[method].extend(faults)

    def always(self, method: str, fault: Fault | None) -> None:
        """Every further call of ``method`` meets this; None ends it."""
        if fault is None:
            self._always.pop(method, None)
        else:
            self._always[method] = fault

    def likely(self, method: str, chance: random.Random, *faults: tuple[float, Fault]) -> None:
        """Every further call of ``method`` meets one of these with its probability, or none."""
        self._likely[method] = (chance, faults)

    def take(self, method: str) -> Fault | None:
        """What this call meets."""
        queue = self._next[method]
        if queue:
            return queue.popleft()
        return self._always.get(method) or self._drawn(method)

    def _drawn(self, method: str) -> Fault | None:
        chance, faults = self._likely.get(method, (None, ()))
        point = chance.random() if chance is not None else 1.0
        for probability, fault in faults:
            if point < probability:
                return fault
            point -= probability
        return None

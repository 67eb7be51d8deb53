"""Who is let in: a bearer token that is known, or, while no keys are set, this machine alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Depends, Request

from bot.api.keys import LOCAL, VARIABLE, Key, Keyring
from bot.api.problems import Problem
from bot.channels.web.guard import is_foreign
from bot.channels.web.limits import Buckets, Rate
from bot.monitoring.serving import is_local

OPEN = ("/openapi.json", "/docs")  # what the API is: needs no key where keys are set
CALLS = Rate(100, 10.0)  # per key
STRANGERS = Rate(20, 0.2)  # wrong or missing keys, per network address


@dataclass(frozen=True, slots=True)
class Budget:
    """What a caller has left."""

    limit: int
    left: int
    whole_in: int  # seconds until all of it is there again

    @property
    def headers(self) -> dict[str, str]:
        """As the RateLimit headers say it."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.left),
            "RateLimit-Reset": str(self.whole_in),
        }


class Meter(Buckets):
    """Buckets that say how much is left."""

    def budget(self, key: str) -> Budget:
        """As it stood after the last take."""
        burst = self._rate.burst
        level, _ = self._levels.get(key, (burst, None))
        return Budget(int(burst), int(level), math.ceil((burst - level) / self._rate.per_second))


class Access:
    """Lets callers in and counts what they ask."""

    def __init__(
        self,
        keyring: Keyring,
        clock: Callable[[], datetime],
        calls: Rate = CALLS,
        strangers: Rate = STRANGERS,
    ) -> None:
        self._keyring = keyring
        self._clock = clock
        self._calls = Meter(calls)
        self._strangers = Buckets(strangers)

    def admit(self, request: Request, path: str) -> tuple[Key | None, dict[str, str]]:
        """The caller, and headers for the answer; no caller where an open address is asked without a key.
        Raises Problem: 401, 403 or 429."""
        key = self._known(request) if self._keyring else _from_here(request)
        if key is None:
            if path in OPEN:
                return None, {}
            raise self._unknown(request)
        wait = self._calls.take(key.name, self._clock())
        headers = self._calls.budget(key.name).headers
        if wait:
            raise _too_fast(wait, headers)
        return key, headers

    def _known(self, request: Request) -> Key | None:
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        return self._keyring.find(secret.strip()) if scheme.lower() == "bearer" else None

    def _unknown(self, request: Request) -> Problem:
        address = request.client.host if request.client else ""
        if wait := self._strangers.take(address, self._clock()):
            return _too_fast(wait)
        return Problem(
            401,
            "no_key",
            "Send a key that is known: Authorization: Bearer <secret>.",
            {"WWW-Authenticate": 'Bearer realm="xize"'},
        )


def needs(scope: str) -> Any:
    """A dependency: the caller may do this."""

    def allowed(request: Request) -> None:
        if scope not in caller(request).scopes:
            raise Problem(403, "no_scope", f"This key lacks the scope {scope}.")

    return Depends(allowed)


def caller(request: Request) -> Key:
    """Who asks. Only behind the gate."""
    key: Key = request.state.caller
    return key


def _from_here(request: Request) -> Key:
    """The caller on this machine. A page of another site may talk to a loopback address too, under its own
    name or through one that it made to lead here: so nothing may speak of another site."""
    if is_foreign(request) or not is_local(request):
        raise Problem(
            403,
            "not_local",
            f"Without keys ({VARIABLE}) the API answers only on this machine, called as localhost.",
        )
    return LOCAL


def _too_fast(wait: float, headers: dict[str, str] | None = None) -> Problem:
    seconds = math.ceil(wait)
    return Problem(
        429,
        "too_fast",
        f"Too many requests; go on in {seconds} s.",
        {**(headers or {}), "Retry-After": str(seconds)},
    )

"""Who may enter: one password, asked slowly; a signed pass in a cookie that a login renews, that ends by
itself and at logout; and a token in every form that only a page of the same pass holds."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.channels.web.identity import shared_secret
from bot.channels.web.limits import Buckets, Rate
from storage.store import Store

COOKIE = "xize_console"
LASTS = timedelta(hours=8)
BOOKMARK = "console.secret"
_ENDED = "console.ended"  # bookmarks of passes that were given back before their time
_TRIES = Rate(5, 1 / 60)  # of passwords, per network
_ALL_TRIES = Rate(60, 0.5)  # of everybody together: guessing from many addresses is slow too
_PASS = re.compile(r"(guest|operator)\.([0-9a-f]{32})\.([0-9]{1,12})\.([0-9a-f]{64})")
_IPV6_NETWORK = 64  # bits: what one household or machine is given


@dataclass(frozen=True, slots=True)
class Pass:
    """What a cookie says and our signature proves. A guest's carries the login form's token alone."""

    role: str  # "guest" or "operator"
    id: str
    expires: datetime

    @property
    def is_operator(self) -> bool:
        """Whether the password was given."""
        return self.role == "operator"


class Gate:
    """Gives out passes and checks them. The signing key holds the password: another one ends all passes."""

    def __init__(self, store: Store, password: str, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._password = password
        self._clock = clock
        self._key = b""
        self._tries = Buckets(_TRIES)
        self._all_tries = Buckets(_ALL_TRIES)

    async def read(self, cookie: str | None) -> Pass | None:
        """The pass in a cookie, or None where it is not ours, over, or given back."""
        found = _PASS.fullmatch(cookie or "")
        if found is None or not await self._signed(found):
            return None
        held = Pass(found[1], found[2], datetime.fromtimestamp(int(found[3]), UTC))
        if held.expires <= self._clock():
            return None
        return None if await self._store.bookmark(f"{_ENDED}.{held.id}") else held

    def guest(self) -> Pass:
        """A pass for somebody who has yet to give the password."""
        return self._made("guest")

    def wait(self, address: str) -> float:
        """Count a try from a network address: 0.0, or the seconds until the next one is heard."""
        now = self._clock()
        return self._tries.take(network_of(address), now) or self._all_tries.take("", now)

    def enter(self, password: str) -> Pass | None:
        """A new pass for the right password. The time it takes tells nothing of a wrong one."""
        given, own = (hashlib.sha256(text.encode()).digest() for text in (password, self._password))
        return self._made("operator") if hmac.compare_digest(given, own) else None

    async def leave(self, held: Pass) -> None:
        """Take the pass back: a copy of its cookie opens nothing any more."""
        await self._store.set_bookmark(f"{_ENDED}.{held.id}", held.expires.isoformat())

    async def cookie(self, held: Pass) -> str:
        """The pass as a cookie's value."""
        if not self._key:
            await self._read_key()
        return f"{_signed_part(held)}.{self._signature('pass', _signed_part(held))}"

    async def token(self, held: Pass) -> str:
        """What every form of this pass carries."""
        if not self._key:
            await self._read_key()
        return self._signature("form", held.role, held.id)

    async def fits(self, held: Pass, token: str) -> bool:
        """Whether a form was made for this pass."""
        return hmac.compare_digest((await self.token(held)).encode(), token.encode())

    def _made(self, role: str) -> Pass:
        return Pass(role, secrets.token_hex(16), (self._clock() + LASTS).replace(microsecond=0))

    async def _signed(self, found: re.Match[str]) -> bool:
        signed, _, signature = found[0].rpartition(".")
        if self._key and hmac.compare_digest(self._signature("pass", signed), signature):
            return True
        # Another process may have written the secret after this one read it.
        await self._read_key()
        return hmac.compare_digest(self._signature("pass", signed), signature)

    async def _read_key(self) -> None:
        secret = await shared_secret(self._store, BOOKMARK)
        self._key = hmac.new(secret, self._password.encode(), hashlib.sha256).digest()

    def _signature(self, *parts: str) -> str:
        return hmac.new(self._key, "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def network_of(address: str) -> str:
    """What stands for one guesser: an IPv4 address, or the network that an IPv6 address lies in."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((known, _IPV6_NETWORK), strict=False))


def _signed_part(held: Pass) -> str:
    return f"{held.role}.{held.id}.{int(held.expires.timestamp())}"

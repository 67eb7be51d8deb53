"""Who may call: keys from the settings, each with a name, scopes and chats of its own."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.errors import SettingsError

SCOPES = ("read", "check", "converse")
VARIABLE = "XIZE_API_KEYS"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True, slots=True)
class Key:
    """A caller. ``digest`` is the hash of its secret; the secret itself is not kept."""

    name: str
    scopes: frozenset[str] = frozenset(SCOPES)
    digest: bytes = field(default=b"", repr=False)

    def chat(self, chat: str) -> str:
        """A chat's address in the store: of this key and no other."""
        return f"{self.chats}{chat}"

    @property
    def chats(self) -> str:
        """What the addresses of all its chats begin with. A name holds no colon, so none holds another's."""
        return f"api:{self.name}:"


LOCAL = Key("local")  # whoever calls from this machine while no keys are set


class Keyring:
    """The keys that are known."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self._keys = tuple(keys)

    def __bool__(self) -> bool:
        return bool(self._keys)

    def find(self, secret: str) -> Key | None:
        """The key with this secret. Takes as long for a wrong one as for a right one."""
        digest = _digest(secret)
        found = None
        for key in self._keys:
            if hmac.compare_digest(key.digest, digest):
                found = key
        return found


def read_keys(entries: Iterable[str]) -> tuple[Key, ...]:
    """The keys of the setting: ``name:scope+scope:secret``, or a secret alone, which may do everything.
    Raises SettingsError naming the variable and the entry's place, never its secret."""
    keys = tuple(_read(entry, place) for place, entry in enumerate(entries, 1))
    for what in ("name", "digest"):
        values = [getattr(key, what) for key in keys]
        if len(set(values)) < len(values):
            raise SettingsError(
                f"{VARIABLE}: two entries have the same {'name' if what == 'name' else 'secret'}"
            )
    return keys


def _read(entry: str, place: int) -> Key:
    parts = entry.split(":", 2)
    if len(parts) == 1:
        digest = _digest(entry)
        return Key(f"key-{digest.hex()[:8]}", digest=digest)
    if len(parts) == 2:
        raise SettingsError(
            f"{VARIABLE}: entry {place}: write name:scope+scope:secret, or a secret without a colon"
        )
    name, scopes, secret = parts
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{VARIABLE}: entry {place}: a name is 1 to 32 letters, digits, - and _")
    if unknown := set(scopes.split("+")) - set(SCOPES):
        raise SettingsError(
            f"{VARIABLE}: entry {place} ({name}): {len(unknown)} of its scopes is none of {', '.join(SCOPES)}"
        )
    if not secret:
        raise SettingsError(f"{VARIABLE}: entry {place} ({name}): the secret is empty")
    return Key(name, frozenset(scopes.split("+")), _digest(secret))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()

"""Who a browser is: a random chat id in a signed cookie, so that nobody reads another's chat.

The signing secret lives in the store (bookmark ``web.secret``): every process that serves the same
store accepts the same cookies, and a restored backup keeps them valid.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from storage.store import Store

COOKIE = "xize_chat"
COOKIE_AGE = 400 * 24 * 3600  # seconds; browsers cap it there, and each visit renews it
BOOKMARK = "web.secret"
CHAT_ID = re.compile(r"[0-9a-f]{32}")


class Identity:
    """Mints and checks the cookies, and signs addresses that belong to one chat."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._secret = b""

    async def mint(self) -> tuple[str, str]:
        """A new chat and its cookie value."""
        await self._read_secret()
        chat_id = secrets.token_hex(16)
        return f"web:{chat_id}", f"{chat_id}.{self._signature('chat', chat_id)}"

    async def chat(self, cookie: str | None) -> str | None:
        """The chat that a cookie names, or None where we did not make the cookie."""
        chat_id, _, signature = (cookie or "").partition(".")
        if not CHAT_ID.fullmatch(chat_id) or not signature.isascii():
            return None
        if not self._made_by_us(chat_id, signature):
            # Another process may have written the secret after this one read it.
            await self._read_secret()
            if not self._made_by_us(chat_id, signature):
                return None
        return f"web:{chat_id}"

    async def file_signature(self, chat: str, line: int, index: int) -> str:
        """The signature in the address of an attachment: of this chat and no other."""
        if not self._secret:
            await self._read_secret()
        return self._signature("file", chat, str(line), str(index))

    async def signed_file(self, signature: str, chat: str, line: int, index: int) -> bool:
        """Whether the signature in an attachment's address is ours."""
        expected = await self.file_signature(chat, line, index)
        return hmac.compare_digest(expected.encode(), signature.encode())

    def _made_by_us(self, chat_id: str, signature: str) -> bool:
        return bool(self._secret) and hmac.compare_digest(self._signature("chat", chat_id), signature)

    def _signature(self, *parts: str) -> str:
        return hmac.new(self._secret, "\n".join(parts).encode(), hashlib.sha256).hexdigest()[:40]

    async def _read_secret(self) -> None:
        self._secret = await shared_secret(self._store, BOOKMARK)


async def shared_secret(store: Store, name: str) -> bytes:
    """The secret that all processes of a store share under a name; made when first asked for."""
    secret = await store.bookmark(name)
    if secret is None:
        await store.set_bookmark(name, secrets.token_hex(32))
        secret = await store.bookmark(name)
    return bytes.fromhex(secret or "")

"""What stands between the internet and the chat: security headers on every answer, and proof that a
message was sent by our own page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.problems import RefusedError

HEADER = "X-Xize"  # a page of another origin cannot send it without asking first, which we never grant

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types xize",
    )
)

SECURITY_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Sets the headers on every answer that does not set them itself."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str] = SECURITY_HEADERS) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)


def check_same_origin(request: Request, own: Iterable[str] = ()) -> None:
    """Raise unless the request comes from our own page. ``own``: further host names of ours, as a
    proxy in front shows them. Raises RefusedError (403)."""
    if is_foreign(request, own) or HEADER not in request.headers:
        raise RefusedError(403, "foreign")


def is_foreign(request: Request, own: Iterable[str] = ()) -> bool:
    """Whether the browser says that a page of another origin sent the request."""
    site = request.headers.get("sec-fetch-site")
    return site not in ("same-origin", "none") if site else not _same_host(request.headers, own)


def _same_host(headers: Headers, own: Iterable[str]) -> bool:
    origin = headers.get("origin")
    if origin is None:
        return True
    host = urlsplit(origin).netloc  # "" where the origin is "null"
    return host != "" and host in {headers.get("host"), *own}

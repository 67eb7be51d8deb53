"""The page's scripts, styles and icon: held in memory, addressed by the hash of their content, and so
cached for good by browsers. A changed file has a new address."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response

from bot.channels.web.problems import RefusedError

STYLES = ("colours.css", "page.css", "talk.css", "cards.css", "media.css")  # later ones go before earlier

DIRECTORY = Path(__file__).parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, as it is and compressed."""

    content: bytes
    compressed: bytes
    media_type: str


class Assets:
    """All files of a directory. They share one version, so that modules import each other by plain names."""

    def __init__(
        self, directory: Path = DIRECTORY, root: str = "", joined: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """``root``: the beginning of the addresses, where the application is mounted below another.
        ``joined``: files that are made of others, which saves a visitor the ways to and fro."""
        self._root = root
        paths = [path for path in sorted(directory.iterdir()) if path.suffix in MEDIA_TYPES]
        contents = {path.name: path.read_bytes() for path in paths}
        for name, parts in (joined or {}).items():
            contents[name] = b"\n".join(contents[part] for part in parts)
        self._files = {
            name: Asset(content, gzip.compress(content, mtime=0), MEDIA_TYPES[Path(name).suffix])
            for name, content in contents.items()
        }
        digest = hashlib.sha256()
        for name, asset in self._files.items():
            digest.update(name.encode() + asset.content)
        self.version = digest.hexdigest()[:12]

    def names(self, suffix: str) -> list[str]:
        """The files of a kind."""
        return [name for name in self._files if name.endswith(suffix)]

    def url(self, name: str) -> str:
        """Where a file is served. Raises KeyError for one that does not exist."""
        self._files[name]
        return f"{self._root}/static/{self.version}/{name}"

    async def serve(self, request: Request) -> Response:
        """A file; one asked for by an old address is the current one and is not cached."""
        asset = self._files.get(request.path_params["name"])
        if asset is None:
            raise RefusedError(404, "not_found")
        is_current = request.path_params["version"] == self.version
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable" if is_current else "no-cache",
            "Vary": "Accept-Encoding",
        }
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(asset.compressed, media_type=asset.media_type, headers=headers)
        return Response(asset.content, media_type=asset.media_type, headers=headers)


@cache
def assets() -> Assets:
    """The product's own files, read once."""
    return Assets(joined={"chat.css": STYLES})

"""What is slow to work out and follows from sources alone, kept in the user's cache folder between starts.

Nothing depends on it: where it is missing, or cannot be read, written or trusted, it is worked out anew.
"""

from __future__ import annotations

import json
import os
import stat
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")

_VERSIONS: Final = 8  # of one thing, side by side: several checkouts, an operator's additions
_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH  # may write there


def kept(name: str, sources: Iterable[bytes], make: Callable[[], T]) -> T:
    """What ``make`` gives, or what was kept of it when it was made of the same ``sources``.

    ``make`` gives what JSON gives back unchanged: str, int, float, bool, None, lists, dicts with str keys.
    What JSON cannot hold is not kept. ``sources``: all that the outcome follows from, with the code that
    works it out where that is our own.
    """
    folder = _folder()
    if folder is None:
        return make()
    digest = blake2b(digest_size=16)
    for source in sources:
        digest.update(b"%d:" % len(source))
        digest.update(source)
    place = folder / f"{name}-{digest.hexdigest()}.json"
    if (held := _read(place)) is not None:
        return held  # type: ignore[no-any-return]
    made = make()
    _write(place, made)
    return made


def read_tables(name: str, paths: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """TOML files by their names; they are kept as ``name``. Raises tomllib.TOMLDecodeError, which names the
    file."""
    files = {path.name: path.read_bytes() for path in sorted(paths)}
    sources = (part for file, content in files.items() for part in (file.encode(), content))
    return kept(name, sources, partial(_parsed, files))


def read_table(path: Path) -> dict[str, Any]:
    """A TOML file, kept by its name. Raises tomllib.TOMLDecodeError, which names it."""
    return read_tables(path.stem, (path,))[path.name]


@cache
def code_of_room() -> bytes:
    """The code of this room, as a source of what it works out."""
    return b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py")))


def _parsed(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    tables = {}
    for name, content in files.items():
        try:
            tables[name] = tomllib.loads(content.decode())
        except tomllib.TOMLDecodeError as error:
            raise tomllib.TOMLDecodeError(f"{name}: {error}") from error
    return tables


def _folder() -> Path | None:
    """The user's cache folder for this product; None for a user without a home."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))  # noqa: PTH111 - never raises
    return base / "xize" if base.is_absolute() else None


def _read(place: Path) -> Any:
    """What is kept; None where there is nothing, or nothing sound of our own."""
    try:
        seal, _, body = place.read_bytes().partition(b"\n") if _ours(place.parent) else (b"", b"", b"")
        return json.loads(body) if seal == _seal(body) else None
    except (OSError, ValueError):
        return None


def _write(place: Path, made: Any) -> None:
    """Keep it, whole or not at all; what has lain longest makes room."""
    try:
        body = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(place.parent):
            return
        half = place.with_suffix(f".{os.getpid()}")
        half.write_bytes(_seal(body) + b"\n" + body)
        half.replace(place)
        name = place.stem.rpartition("-")[0]
        latest = sorted(place.parent.glob(f"{name}-*"), key=lambda one: one.stat().st_mtime)
        for old in latest[:-_VERSIONS]:
            old.unlink()
    except (OSError, TypeError, ValueError):
        return


def _ours(folder: Path) -> bool:
    """Whether nobody else can write there."""
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS


def _seal(body: bytes) -> bytes:
    """What a body that was cut or changed does not match."""
    return blake2b(body, digest_size=16).hexdigest().encode()

"""A file that a user drops into the chat, on its way to the assistant."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from pathlib import Path

NAME_LENGTH = 80  # characters
# Nothing that a file system, a shell or a screen could take for something else.
_UNSAFE = re.compile(r"[^\w.\-()（）\[\] ]+")


async def keep(name: str, content: bytes, directory: Path) -> Path:
    """Write the file alone into ``directory``, which is made for it and readable by us only."""
    return await asyncio.to_thread(_write, directory, name, content)


def safe_name(name: str) -> str:
    """The file's own name without path, control characters or tricks; never empty, never hidden."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    cleaned = _UNSAFE.sub("_", last).strip(" .")
    stem, dot, suffix = cleaned.rpartition(".")
    if not dot:
        return cleaned[:NAME_LENGTH] or "file"
    return f"{stem[: NAME_LENGTH - 10] or 'file'}.{suffix[:9]}"


def _write(directory: Path, name: str, content: bytes) -> Path:
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = directory / safe_name(name)
    path.write_bytes(content)
    return path

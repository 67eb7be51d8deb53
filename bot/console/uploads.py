"""Files between a dry run and its confirmation: kept under a name that nobody guesses, gone after an hour."""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.channels.web import uploads
from bot.channels.web.payload import Dropped

KEPT = timedelta(hours=1)
_NAME = re.compile(r"[0-9a-f]{32}")


class Uploads:
    """A directory of files, each alone in a directory of its own. Of this machine: another one's dry run
    has to be done again."""

    def __init__(self, directory: Path, clock: Callable[[], datetime]) -> None:
        self._directory = directory
        self._clock = clock

    async def keep(self, file: Dropped) -> tuple[str, Path]:
        """Keep a file for a while: its token and its place."""
        await asyncio.to_thread(self._sweep)
        token = secrets.token_hex(16)
        return token, await uploads.keep(file.name, file.content, self._directory / token)

    def find(self, token: str) -> Path | None:
        """The file of a token, or None where it is gone."""
        if not _NAME.fullmatch(token):
            return None
        return next((self._directory / token).glob("*"), None)

    async def drop(self, token: str) -> None:
        """The file is no longer needed."""
        if _NAME.fullmatch(token):
            await asyncio.to_thread(shutil.rmtree, self._directory / token, ignore_errors=True)

    def _sweep(self) -> None:
        oldest = (self._clock() - KEPT).timestamp()
        for kept in self._directory.glob("*"):
            if _NAME.fullmatch(kept.name) and kept.stat().st_mtime < oldest:
                shutil.rmtree(kept, ignore_errors=True)

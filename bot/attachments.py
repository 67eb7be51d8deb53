"""Where files for the user lie until they are fetched: readable by us alone, gone after a day."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

KEPT = timedelta(days=1)


def place(name: str, now: datetime) -> Path:
    """A new path for a file of this name; files of earlier days are removed on the way."""
    root = Path(tempfile.gettempdir()) / f"xize-{os.getuid()}"
    root.mkdir(mode=0o700, exist_ok=True)
    for folder in root.iterdir():
        if folder.stat().st_mtime < (now - KEPT).timestamp():
            shutil.rmtree(folder, ignore_errors=True)
    made = Path(tempfile.mkdtemp(dir=root))
    os.utime(made, (now.timestamp(), now.timestamp()))
    return made / name

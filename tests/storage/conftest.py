"""Every store that must keep the same promises. A further store joins by its factory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.opening import open_store
from storage.store import Store

FACTORIES: dict[str, Callable[[Path], str]] = {
    "memory": lambda _: "sqlite:///:memory:",
    "file": lambda folder: f"sqlite:///{folder / 'xize.db'}",
}


@pytest.fixture(params=FACTORIES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An open, empty store."""
    opened = open_store(FACTORIES[request.param](tmp_path))
    await opened.open()
    yield opened
    await opened.close()

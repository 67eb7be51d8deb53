"""The law and the rules, loaded once."""

from __future__ import annotations

import pytest

from bot.app import load_sources
from bot.turn import Sources


@pytest.fixture(scope="session")
def sources() -> Sources:
    """What ships with the product."""
    return load_sources()

"""What holds for all tests: a property may take the time that a busy machine needs, and our code is compiled
once, not by each of the many processes that tests start."""

from __future__ import annotations

import compileall
from pathlib import Path

import pytest
from hypothesis import settings

HOUSE = Path(__file__).parents[1]
ROOMS = ("bot", "knowledge", "rules_engine", "storage")

settings.register_profile("xize", deadline=None)
settings.load_profile("xize")


def pytest_configure(config: pytest.Config) -> None:
    """Before the workers start. A checkout that may not be written to is tested all the same, only slower."""
    if not hasattr(config, "workerinput"):
        for room in ROOMS:
            compileall.compile_dir(HOUSE / room, quiet=2)

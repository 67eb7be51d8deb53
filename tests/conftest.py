"""What holds for all tests: a property may take the time that a busy machine needs, our code is compiled once
and not by each of the many processes that tests start, and what they write waits for no disk."""

from __future__ import annotations

import compileall
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

HOUSE = Path(__file__).parents[1]
ROOMS = ("bot", "knowledge", "rules_engine", "storage")
_MEMORY = Path("/dev/shm")  # noqa: S108 - each test has a folder of its own in it
_ENOUGH = 2 << 30  # bytes: several times what all tests write at one time

settings.register_profile("xize", deadline=None)
settings.load_profile("xize")


def pytest_configure(config: pytest.Config) -> None:
    """Before the workers start. A checkout that may not be written to is tested all the same, only slower."""
    if hasattr(config, "workerinput"):
        return
    for room in ROOMS:
        compileall.compile_dir(HOUSE / room, quiet=2)
    if "TMPDIR" not in os.environ and _can_hold_files():
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None  # looked up again


def _can_hold_files() -> bool:
    """Whether there is a place in memory with room enough, from which programs may be started."""
    if not os.access(_MEMORY, os.W_OK):
        return False
    mount = os.statvfs(_MEMORY)
    return mount.f_bavail * mount.f_frsize >= _ENOUGH and not mount.f_flag & os.ST_NOEXEC

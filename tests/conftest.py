"""What holds for all tests: a property may take the time that a busy machine needs."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("xize", deadline=None)
settings.load_profile("xize")

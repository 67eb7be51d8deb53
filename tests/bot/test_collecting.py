"""Once the sources are loaded, Python looks for waste rarely."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot import collecting


@pytest.fixture
def as_before() -> Iterator[None]:
    """Whatever the process had is put back."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("as_before")
def test_waste_is_looked_for_rarely_and_still_looked_for() -> None:
    gc.set_threshold(700, 10, 10)
    collecting.rarely()
    young, *older = gc.get_threshold()
    assert young == collecting.UNCHECKED > 700
    assert older == [10, 10]
    assert gc.isenabled()

"""Instruments as resources: everything that has words is in them, with its wording and standing."""

from __future__ import annotations

from datetime import date

import pytest

from bot.app import load_sources
from bot.mcp import instruments
from knowledge.errors import UnknownReference

TODAY = date(2026, 11, 23)
LIBRARY = load_sources().library


@pytest.mark.parametrize("identity", LIBRARY.instruments)
def test_an_instrument_is_given_whole(identity: str) -> None:
    instrument = LIBRARY.instrument(identity)
    text = instruments.read(LIBRARY, instruments.address_of(instrument), TODAY)

    assert text.startswith(f"# {instrument.title}\n")
    assert instrument.status_on(TODAY).value in text
    for provision in instrument.provisions.values():
        if provision.text:
            assert f"`{provision.ref}`, {provision.wording.value}\n\n{provision.text}" in text


@pytest.mark.parametrize(
    "address",
    [
        "",
        "xize://instruments/",
        "xize://instruments/nothing",
        "xize://instruments/../etc",
        "file:///etc/passwd",
    ],
)
def test_another_address_is_none(address: str) -> None:
    with pytest.raises(UnknownReference):
        instruments.read(LIBRARY, address, TODAY)

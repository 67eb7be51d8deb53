"""XIZE_NOTIFY: pairs of names and addresses; errors never show an address."""

from __future__ import annotations

import pytest

from bot.channels.apprise.addresses import read_addresses
from bot.errors import SettingsError


def test_pairs_stand_in_words_or_lines() -> None:
    text = "office=mailto://u:p@example.com?a=b\n boss=dingtalk://token,x "
    assert read_addresses(text) == {
        "office": "mailto://u:p@example.com?a=b",
        "boss": "dingtalk://token,x",
    }
    assert read_addresses("") == {}


@pytest.mark.parametrize(
    "text", ["secret://x", "a=secret", "A b=secret://x", "a=x://secret a=y://secret", "=x://y"]
)
def test_what_is_no_pair_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(SettingsError, match="XIZE_NOTIFY") as caught:
        read_addresses(text)
    assert "secret" not in str(caught.value)

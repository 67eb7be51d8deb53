"""The setting XIZE_NOTIFY: names and the addresses behind them. Users neither give nor see an address."""

from __future__ import annotations

import re

from bot.errors import SettingsError

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")


def read_addresses(text: str) -> dict[str, str]:
    """``office=mailto://… boss=dingtalk://…``, one pair a word or line. Raises SettingsError, which names the
    pair by its name or place and never shows an address."""
    found: dict[str, str] = {}
    for place, pair in enumerate(text.split(), start=1):
        name, equals, address = pair.partition("=")
        if not equals or not _NAME.fullmatch(name) or "://" not in address:
            raise SettingsError(f"XIZE_NOTIFY: pair {place} is not name=scheme://…")
        if name in found:
            raise SettingsError(f"XIZE_NOTIFY: {name} is there twice")
        found[name] = address
    return found

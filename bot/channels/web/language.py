"""Which language the page speaks: what was chosen, else what the browser asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from bot.messages import Language

COOKIE = "xize_lang"
LANGUAGES: tuple[Language, ...] = get_args(Language)

# Regions that write Traditional Chinese where the browser names no script.
TRADITIONAL = frozenset({"zh-hant", "zh-tw", "zh-hk", "zh-mo"})


def chosen(query: Mapping[str, str], cookies: Mapping[str, str]) -> Language | None:
    """The language chosen by ``?lang=`` now or on an earlier visit; None where none was."""
    return _known(query.get("lang")) or _known(cookies.get(COOKIE))


def negotiated(accept: str) -> Language:
    """The best language for an Accept-Language header. Chinese where it says nothing."""
    for tag in _by_preference(accept):
        if tag.startswith("zh"):
            return "zh-Hant" if any(tag.startswith(region) for region in TRADITIONAL) else "zh-Hans"
        if tag.split("-")[0] == "en":
            return "en"
    return "en" if accept.strip() not in ("", "*") else "zh-Hans"


def _known(value: str | None) -> Language | None:
    return next((language for language in LANGUAGES if language == value), None)


def _by_preference(accept: str) -> list[str]:
    weighed: list[tuple[float, str]] = []
    for part in accept[:500].split(","):
        tag, _, quality = part.strip().partition(";q=")
        weight = _weight(quality)
        if tag and weight > 0:
            weighed.append((weight, tag.strip().lower()))
    return [tag for _, tag in sorted(weighed, key=lambda pair: -pair[0])]


def _weight(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0

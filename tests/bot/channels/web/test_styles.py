from __future__ import annotations

import re
from itertools import product

import pytest

from bot.channels.web.assets import DIRECTORY

COLOURS = (DIRECTORY / "colours.css").read_text(encoding="utf-8")
READABLE = 4.5  # WCAG 2.2, contrast (minimum), level AA

SURFACES = ("paper", "surface", "raised")
PAIRS = [
    *product(("ink", "soft", "accent"), SURFACES),
    ("bad", "paper"), ("bad", "surface"), ("bad", "raised"), ("open", "raised"), ("accent", "raised"),
    ("on-accent", "accent"), ("mine-ink", "mine"),
    ("good", "good-wash"), ("bad", "bad-wash"), ("open", "open-wash"),
]  # fmt: skip


def colours(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", COLOURS, re.S)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return {**found, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))} if scheme == "dark" else found


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_can_be_read_on_its_ground(scheme: str, text: str, ground: str) -> None:
    known = colours(scheme)
    bright, deep = sorted((luminance(known[text]), luminance(known[ground])), reverse=True)
    assert (bright + 0.05) / (deep + 0.05) >= READABLE


def test_styles_load_nothing_and_know_no_colour_but_the_checked_ones() -> None:
    for path in DIRECTORY.glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "url(" not in text
        assert "@import" not in text
        if path.name != "colours.css":
            assert set(re.findall(r"#[0-9a-f]{3,6}\b(?=;)", text)) <= {"#000"}  # ink on paper, when printed

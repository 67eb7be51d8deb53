"""Pages are written in every language, and what an address says is never said on its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.console
from bot.console.writing import ROOMS, SAID, STYLES
from bot.phrases import _catalogue
from tests.bot.console.house import ConsoleHouse, Visitor

TEMPLATES = Path(bot.console.__file__).parent / "templates"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
async def test_every_room_can_be_read_in_every_language(operator: Visitor, language: str) -> None:
    for room in ROOMS:
        answer = await operator.get(f"/{'' if room == 'overview' else room}?lang={language}")
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.text
        assert answer.text.count('aria-current="page"') == 1


def test_every_sentence_of_a_page_exists() -> None:
    for path in TEMPLATES.glob("*.j2"):
        for key in re.findall(r"""say\(["'](console\.[\w.]+)["'][,)]""", path.read_text(encoding="utf-8")):
            assert key in _catalogue("en"), f"{path.name}: {key}"


async def test_only_our_own_sentences_are_said(operator: Visitor) -> None:
    for said in SAID:
        assert 'class="said"' in (await operator.get(f"/audit?said={said}")).text
    page = (await operator.get("/audit?said=<b>your password</b>")).text
    assert 'class="said"' not in page


async def test_styles_come_from_the_house_and_are_kept_for_good(house: ConsoleHouse) -> None:
    visitor = house.visitor()
    page = (await visitor.get("/login")).text
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert len(styles) == len(STYLES) + 1
    for address in styles:
        answer = await visitor.client.get(address)
        assert answer.headers["content-type"].startswith("text/css")
        assert "immutable" in answer.headers["cache-control"]
    assert (await visitor.get("/static/x/nothing.css")).status_code == 404


def test_styles_know_no_colour_but_the_checked_ones() -> None:
    for path in (TEMPLATES.parent / "static").glob("*.css"):
        assert not re.search(r"#[0-9a-f]{3,6}\b(?=;)|url\(|@import", path.read_text(encoding="utf-8"))

"""axe-core finds nothing serious on the chat page and in the console, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.console.writing import ROOMS
from tests.bot.channels.web.house import ScriptedAssistant, rich
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.console import log_in, see
from tests.browser.site import Site, real_assistant
from tests.browser.test_layout import talk
from tests.browser.test_whole_way import CHECK, DATES, PEOPLE, say

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
CONTRAST = "axe.run(document, {runOnly: ['color-contrast']})"  # the one rule that a theme can break


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path, lambda store: ScriptedAssistant(store, rich), console=True) as served:
        yield served


@pytest.fixture
def real_site(tmp_path: Path) -> Iterator[Site]:
    """The product's own assistant."""
    directory = tmp_path / "real"
    directory.mkdir()
    with Site(directory, real_assistant) as served:
        yield served


def grave(page: Page) -> list[str]:
    """What axe-core finds that keeps people out, in both themes."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    by_day = Axe().run(page).response["violations"]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    by_night = page.evaluate(CONTRAST)["violations"]
    return [
        f"{page.url}: {one['id']} at {[node['target'] for node in one['nodes']]}"
        for one in (*by_day, *by_night)
        if one["impact"] in GRAVE
    ]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nobody_is_kept_out_of_the_chat(visit: Visit, size: dict[str, Any]) -> None:
    page = visit(bypass_csp=True, **size)
    expect(page.locator("#welcome")).to_be_visible()
    found = grave(page)
    talk(page)
    assert found + grave(page) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nobody_is_kept_out_on_the_whole_way(visit: Visit, real_site: Site, size: dict[str, Any]) -> None:
    page = visit(bypass_csp=True, **size)
    page.goto(real_site.url)
    found: list[str] = []
    for words in (PEOPLE, CHECK, DATES):
        answer = say(page, words)
        for clause in answer.locator(".clause summary").all():
            clause.click()
        found += grave(page)
    assert found == []


def test_nobody_is_kept_out_of_the_console(visit: Visit, site: Site) -> None:
    see(site)
    page = visit(bypass_csp=True)
    page.goto(f"{site.url}console/login")
    found = grave(page)
    log_in(page, site)
    for path in (*ROOMS[1:], "deliveries/1", "companies/c1", "instruments/sz-rules-2018-draft", "none"):
        found += grave(page)
        page.goto(f"{site.url}console/{path}")
    assert found + grave(page) == []

"""axe-core finds nothing serious on the chat page and in the console, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.console.writing import ROOMS
from tests.bot.channels.web.house import ScriptedAssistant, rich
from tests.browser.conftest import PHONE, Visit
from tests.browser.console import log_in, see
from tests.browser.site import Site
from tests.browser.test_layout import talk

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
CONTRAST = "axe.run(document, {runOnly: ['color-contrast']})"  # the one rule that a theme can break


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path, lambda store: ScriptedAssistant(store, rich), console=True) as served:
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


def test_nobody_is_kept_out_of_the_chat(visit: Visit) -> None:
    page = visit(bypass_csp=True, **PHONE)
    expect(page.locator("#welcome")).to_be_visible()
    found = grave(page)
    talk(page)
    assert found + grave(page) == []


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

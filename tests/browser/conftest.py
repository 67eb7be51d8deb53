"""A real Chromium from the system. Without one these tests are skipped, unless XIZE_REQUIRE_BROWSER=1."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.bot.channels.web.house import ScriptedAssistant, rich
from tests.browser.site import Site

DESKTOP: dict[str, Any] = {"viewport": {"width": 1200, "height": 820}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 800},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 15_000  # milliseconds: a limit for busy machines, not a measurement
NAMES = ("chromium", "chromium-browser", "google-chrome")

Visit = Callable[..., Page]


def find_browser() -> str | None:
    """The system's Chromium, where there is one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


# Not for the session: its event loop would still run under the asynchronous tests of other folders.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        reason = f"no browser on this machine: none of {', '.join(NAMES)} is installed"
        if os.environ.get("XIZE_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path, lambda store: ScriptedAssistant(store, rich)) as served:
        yield served


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Visit]:
    """Opens the page in a browser of its own, or with ``context`` in another tab of one. What the page
    complains about, a breach of the content policy among it, fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(context: BrowserContext | None = None, **options: Any) -> Page:
        if context is None:
            context = chromium.new_context(**{"locale": "zh-CN", **DESKTOP, **options})
            context.set_default_timeout(PATIENCE)
            contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(message, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    # Playwright's own scripts meet the policy too; a failed request is the network's word, not the page's.
    own = "TrustedScript" in message.text or "Failed to load resource" in message.text
    if message.type in ("error", "warning") and not own:
        complaints.append(message.text)

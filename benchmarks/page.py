"""The chat page in a real browser: what a first visit loads, and when something is to be seen.

Serves the page on loopback with an assistant that is never asked, opens it with an empty cache in the
system's Chromium, and again with a full one; bytes are those on the wire. With ``slow`` the network is a
phone's (1.6 Mbit/s, 150 ms). Run: python -m benchmarks.page [visits]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bot.channels.web.house import ScriptedAssistant, rich
from tests.browser.conftest import ARGUMENTS, PHONE, find_browser
from tests.browser.site import Site

VISITS = 15
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
FIRST_PAINT = """() => new Promise((resolve) => {
  const seen = () => performance.getEntriesByName("first-contentful-paint")[0];
  const look = () => (seen() ? resolve(seen().startTime) : requestAnimationFrame(look));
  look();
})"""


def main() -> None:
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else VISITS
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        path = find_browser()
        if path is None:
            raise SystemExit("no Chromium on this machine")
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        with Site(Path(directory), lambda store: ScriptedAssistant(store, rich)) as site:
            weigh(browser, site.url)
            for name, network in (("loopback", None), ("slow phone", SLOW)):
                first, again = times(browser, site.url, visits, network)
                print(f"first paint, {name:10}  {first:4.0f} ms, with a full cache {again:4.0f} ms")
        browser.close()


def weigh(browser: Browser, url: str) -> None:
    """Print the requests and bytes of a first visit, by kind."""
    page = browser.new_context(**PHONE).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    weight: Counter[str] = Counter()
    count: Counter[str] = Counter()

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "Other")
        weight[kind] += int(event["encodedDataLength"])
        count[kind] += 1

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="load")
    page.wait_for_timeout(300)
    for kind in sorted(weight):
        print(f"{kind:12} {count[kind]:3} requests {weight[kind] / 1000:7.1f} kB")
    print(f"{'all':12} {count.total():3} requests {weight.total() / 1000:7.1f} kB on the wire")
    page.context.close()


def times(browser: Browser, url: str, visits: int, network: dict[str, Any] | None) -> tuple[float, float]:
    """The median first paint of first visits, and of visits that follow, in milliseconds."""
    first, again = [], []
    for _ in range(visits):
        context = browser.new_context(**PHONE)
        for found in (first, again):
            page = context.new_page()
            if network:
                page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)
            page.goto(url)
            found.append(float(page.evaluate(FIRST_PAINT)))
            page.close()
        context.close()
    return statistics.median(first), statistics.median(again)


if __name__ == "__main__":
    main()

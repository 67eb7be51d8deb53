"""The whole way with the real assistant: from a question over a check and dates to reminders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.site import Site, real_assistant

pytestmark = pytest.mark.browser

PEOPLE = "自己做审核要几个审核师？"
CHECK = "咨询公司有 4 个大专、3 个审核师、4 个社保满一年、1 个高工，自愿审核够不够？"
DATES = "我们上了强制审核名单，2026年11月20日发布的"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path, real_assistant) as served:
        yield served


def say(page: Page, words: str) -> Locator:
    """Say something with the keyboard; the reply."""
    replies = page.locator(".line.xize")
    before = replies.count()
    page.get_by_label("输入问题").focus()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(replies).to_have_count(before + 1)
    return replies.last


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_a_question_to_reminders(visit: Visit, site: Site, size: dict[str, Any]) -> None:
    page = visit(timezone_id="Asia/Shanghai", **size)
    answer = say(page, PEOPLE)
    expect(answer.locator(".headline")).to_contain_text("4")
    clause = answer.locator(".clause").first
    clause.locator("summary").click()
    expect(clause.locator("blockquote")).to_be_visible()
    verdict = say(page, CHECK).locator(".verdict")
    expect(verdict.locator(".not_met")).to_have_count(1)
    expect(verdict.locator(".met")).not_to_have_count(0)
    dates = say(page, DATES)
    expect(dates.locator(".timeline li")).to_have_count(3)
    dates.get_by_role("button", name="到期前提醒我").click()
    expect(page.locator(".line.xize")).to_have_count(4)
    expect(page.locator(".line.xize").last.locator(".headline")).to_be_in_viewport()
    assert subscriptions(site) == 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_keyboard_is_enough_from_a_question_to_reminders(
    visit: Visit, site: Site, size: dict[str, Any]
) -> None:
    page = visit(timezone_id="Asia/Shanghai", **size)
    dates = say(page, DATES)
    wanted = dates.get_by_role("button", name="到期前提醒我")
    expect(page.get_by_label("输入问题")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if wanted.evaluate("chip => chip === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".line.xize")).to_have_count(2)
    assert subscriptions(site) == 1


def subscriptions(site: Site) -> int:
    """How many people are reminded."""
    numbers = site.run(lambda: site.house.store.stats(since=site.now()))
    return int(numbers["subscriptions"])

"""Pictures for the README: the chat with the real assistant, and the console. XIZE_PICTURES names the
directory that keeps them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.console import log_in, see
from tests.browser.site import Site, real_assistant

pytestmark = pytest.mark.browser

PEOPLE = "自己做审核要几个审核师？"
CHECK = "咨询公司有 4 个大专、3 个审核师、4 个社保满一年、1 个高工，自愿审核够不够？"
DATES = "我们上了强制审核名单，2026年11月20日发布的"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path, real_assistant, console=True) as served:
        yield served


@pytest.mark.parametrize(
    ("name", "options", "questions"),
    [
        ("chat-desktop", {"viewport": {"width": 1100, "height": 900}}, (CHECK,)),
        ("chat-phone", PHONE, (DATES,)),
        ("chat-phone-dark", {**PHONE, "color_scheme": "dark"}, (PEOPLE,)),
    ],
)
def test_the_chat_as_a_person_sees_it(
    visit: Visit, tmp_path: Path, name: str, options: dict[str, Any], questions: tuple[str, ...]
) -> None:
    page = visit(timezone_id="Asia/Shanghai", **options)
    for count, question in enumerate(questions, 1):
        page.locator("#words").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".line.xize")).to_have_count(count)
    expect(page.locator(".line.xize .headline").last).to_be_visible()
    take(page, tmp_path, name)


def test_the_console_as_an_operator_sees_it(visit: Visit, site: Site, tmp_path: Path) -> None:
    see(site)
    page = visit(timezone_id="Asia/Shanghai", viewport={"width": 1100, "height": 760})
    log_in(page, site)
    take(page, tmp_path, "console-desktop")


def take(page: Page, directory: Path, name: str) -> None:
    """Keep a picture of what is in sight."""
    picture = Path(os.environ.get("XIZE_PICTURES", directory)) / f"{name}.png"
    page.screenshot(path=picture, animations="disabled")
    assert picture.read_bytes().startswith(b"\x89PNG")

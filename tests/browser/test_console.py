"""The console as an operator goes through it: in with the password, a list tried and loaded, out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.bot.channels.web.house import ScriptedAssistant, rich
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.console import log_in, see
from tests.browser.site import Site

pytestmark = pytest.mark.browser

ROWS = (
    "序号,企业名称,行业,审核类型\n1,深圳市某某电镀有限公司,电镀,强制\n2,深圳市另一家印染有限公司,印染,强制\n"
)
LIST: FilePayload = {"name": "名单.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path, lambda store: ScriptedAssistant(store, rich), console=True) as served:
        yield served


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_the_password_to_a_loaded_list(visit: Visit, site: Site, size: dict[str, Any]) -> None:
    see(site)
    page = visit(**size)
    log_in(page, site)
    assert fits(page)
    page.get_by_role("navigation", name="栏目").get_by_role("link", name="名单").click()
    page.get_by_label("名单文件").set_input_files(LIST)
    page.get_by_label("发布日期").fill("2026-11-20")
    page.get_by_label("名单名称").fill("第一批名单")
    page.get_by_role("button", name="先试一遍").click()
    expect(page.get_by_text("读出 2 家企业，2 家是新的；会问 1 位联系人。")).to_be_visible()
    assert fits(page)
    assert site.run(site.house.store.published) == []
    page.get_by_role("button", name="确认载入").click()
    expect(page.get_by_role("status")).to_have_text("名单已载入，相关联系人会收到确认的问题。")
    assert fits(page)
    [published] = site.run(site.house.store.published)
    assert published.name == "第一批名单"
    page.get_by_role("link", name="操作记录").click()
    expect(page.get_by_text("发布名单")).to_be_visible()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("运营密码")).to_be_visible()
    page.goto(f"{site.url}console/lists")
    expect(page.get_by_label("运营密码")).to_be_visible()


def test_the_keyboard_is_enough_to_decide_an_uncertain_delivery(visit: Visit, site: Site) -> None:
    see(site)
    page = visit()
    log_in(page, site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(2):  # waiting, then uncertain
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="送达不明 1")).to_have_attribute("aria-current", "true")
    page.get_by_role("row").nth(1).get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="再发一次").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("会注明是重复")
    journal = site.run(site.house.store.journal)
    assert [delivery.repeat_of for delivery, _ in journal if delivery.repeat_of] == [journal[0][0].id]

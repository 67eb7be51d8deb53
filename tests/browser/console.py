"""What the browser does in the operators' console."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.bot.console.house import PASSWORD, ask_in_vain, company_with_reminder, lose_the_answer
from tests.browser.site import Site


def see(site: Site) -> None:
    """Something to see: a company, a reminder whose answer was lost, a question that was not answered."""
    site.run(lambda: company_with_reminder(site.house.store))
    site.run(lambda: lose_the_answer(site.house.store))
    site.run(lambda: ask_in_vain(site.house.store))


def log_in(page: Page, site: Site) -> None:
    """Into the console, with the keyboard alone."""
    page.goto(f"{site.url}console")
    expect(page.get_by_label("运营密码")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="概况")).to_be_visible()

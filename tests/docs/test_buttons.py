"""Buttons that the documents name are called so."""

from __future__ import annotations

import pytest

from bot.messages import Language
from bot.phrases import phrases
from tests.docs import pages

BUTTONS = ("done", "tomorrow", "three_days", "work", "mute")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("README.md", "en"),
        ("README.zh-CN.md", "zh-Hans"),
        ("docs/contacts.md", "en"),
        ("docs/contacts.md", "zh-Hans"),
    ],
)
def test_the_buttons_of_a_reminder_are_named_as_they_read(name: str, language: Language) -> None:
    page = pages.read(name)

    for button in BUTTONS:
        assert phrases(language).say(f"reminder.button.{button}") in page


@pytest.mark.parametrize("key", ["invite.button", "roster.button.keep", "files.button"])
def test_other_buttons_that_are_named_are_there(key: str) -> None:
    told = pages.read("docs/contacts.md") + pages.read("docs/consultants.md")

    assert phrases("zh-Hans").say(key) in told

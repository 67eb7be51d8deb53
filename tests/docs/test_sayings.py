"""What the documents tell people to say is understood, in the order in which they stand."""

from __future__ import annotations

import re

import pytest

from bot.messages import Intent, Reply
from tests.bot.talks import open_desk
from tests.docs import pages

# What the ten things of the README come to: intent, and what is rightly not answered.
TEN = [
    (Intent.LOOKUP, None),
    (Intent.LOOKUP, None),
    (Intent.ABSTAIN, "out_of_range"),
    (Intent.LOOKUP, None),
    (Intent.CHECK, None),
    (Intent.CHECK, None),
    (Intent.DEADLINES, None),
    (Intent.SUBSCRIBE, None),
    (Intent.LOOKUP, None),
    (Intent.LOOKUP, None),
]
TALKS = [
    ("docs/contacts.md", "可以这样说"),
    ("docs/contacts.md", "What you can say"),
    ("docs/consultants.md", "几家企业"),
    ("docs/consultants.md", "核对自己的机构"),
]


async def _replies(name: str, heading: str) -> list[tuple[str, Reply]]:
    async with open_desk() as desk:
        said = [row[0] for row in pages.table(pages.read(name), heading)]
        return [(text, await desk.says(text)) for text in said]


@pytest.mark.parametrize(
    ("name", "heading"), [("README.md", "Ten things to try"), ("README.zh-CN.md", "十件可以试的事")]
)
async def test_the_ten_things_to_try_do_what_they_promise(name: str, heading: str) -> None:
    replies = await _replies(name, heading)

    assert [(reply.intent, reply.abstain) for _, reply in replies] == TEN
    assert all(reply.citations for _, reply in replies if reply.intent is Intent.LOOKUP)


@pytest.mark.parametrize(("name", "heading"), TALKS)
async def test_what_people_are_told_to_say_is_understood(name: str, heading: str) -> None:
    asked_for_help = re.compile("帮助|help")
    for text, reply in await _replies(name, heading):
        assert reply.abstain is None, text
        assert (reply.intent is Intent.HELP) == bool(asked_for_help.fullmatch(text)), text


def test_both_readmes_tell_the_same_ten_things() -> None:
    english = [row[0] for row in pages.table(pages.read("README.md"), "Ten things to try")]
    chinese = [row[0] for row in pages.table(pages.read("README.zh-CN.md"), "十件可以试的事")]

    assert english == chinese

"""The verdict on what the law was only asked about."""

from __future__ import annotations

import pytest

from bot.messages import Intent
from rules_engine.model import Verdict
from tests.bot.talks import Desk, text_of


@pytest.mark.parametrize("said", ["到底行不行 一句话！", "一句话，够不够", "直接说行不行"])
async def test_what_was_asked_about_fails_and_is_not_kept(desk: Desk, said: str) -> None:
    await desk.says("3个审核师行不行")
    reply = await desk.says(said)

    assert reply.intent is Intent.CHECK
    assert reply.check is not None
    assert reply.check.verdict is Verdict.FAIL
    assert "不够" in text_of(reply).splitlines()[0]
    assert not reply.facts


@pytest.mark.parametrize(("first", "then"), [("4个审核师行不行", "到底行不行"), ("3个审核师行不行", "4个呢")])
async def test_what_may_do_or_is_another_number_is_not_judged_so(desk: Desk, first: str, then: str) -> None:
    await desk.says(first)
    reply = await desk.says(then)

    assert reply.check is None or reply.check.verdict is not Verdict.FAIL

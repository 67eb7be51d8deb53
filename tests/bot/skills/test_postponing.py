"""A reminder put off to the day said."""

from __future__ import annotations

import pytest

from tests.bot.talks import LISTED, Desk, headline


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("周一再说", "2026年11月30日"),
        ("明天上午十点提醒我", "2026年11月24日"),
        ("snooze until Monday", "2026-11-30"),
        ("remind me again in two weeks", "2026-12-07"),
    ],
)
async def test_put_off_to_the_day_said(desk: Desk, words: str, day: str) -> None:
    await desk.says(LISTED)
    await desk.says("提醒我")

    assert day in headline(await desk.says(words))

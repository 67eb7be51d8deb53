"""Words that steer the talk are answered where the talk stands, and by nobody where they mean nothing."""

from __future__ import annotations

import pytest

from bot.messages import Intent
from bot.skills import cues
from bot.steering import STEERED
from tests.bot.talks import LISTED, Desk


def test_every_cue_that_leads_somewhere_can_be_heard() -> None:
    heard = set(cues._table()["cue"])

    assert {cue for cue, _, _ in STEERED} <= heard


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("每周提醒一次可以吗", Intent.SUBSCRIBE),
        ("快到期的时候会有提示吗", Intent.REMINDERS),
        ("为什么是这天", Intent.LOOKUP),
        ("我老是忘事，你盯着点", Intent.SUBSCRIBE),
    ],
)
async def test_what_is_said_of_dates_is_answered_where_there_are_some(
    desk: Desk, said: str, intent: Intent
) -> None:
    await desk.says(LISTED)

    assert (await desk.says(said)).intent is intent

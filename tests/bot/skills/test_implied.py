from __future__ import annotations

import pytest

from tests.bot.talks import Desk


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("高级职称的一个都没有", "fail"), ("环保专业的高工一个都没有", "unknown"), ("高工1个", "unknown")],
)
async def test_nobody_at_all_with_a_title_is_no_auditor_with_one(desk: Desk, said: str, verdict: str) -> None:
    await desk.says("自己做自愿审核，审核师4个")
    reply = await desk.says(said)
    assert reply.check is not None
    assert reply.check.verdict.value == verdict
    assert "senior_title_auditors" not in reply.facts

"""While the day is not known, the periods that run from it are said, with what they rest on."""

from __future__ import annotations

import pytest

from bot.messages import Bullets
from bot.skills import periods
from tests.bot.talks import Desk, headline, standing, text_of, turn


async def test_the_periods_come_before_the_question(desk: Desk) -> None:
    reply = await desk.says("算期限")

    listed = next(block for block in reply.blocks if isinstance(block, Bullets))
    assert [item.partition("内")[0] for item in listed.items] == ["1个月", "2个月", "1年"]
    assert reply.asks == ("list_published",)
    assert reply.citations
    assert len(standing(reply)) == 1


@pytest.mark.parametrize("said", ["deadlines", "we got on the mandatory list, what now and when"])
async def test_they_are_said_in_english_too(desk: Desk, said: str) -> None:
    assert "within 1 month: Register" in text_of(await desk.says(said, lang="en"))


def test_an_event_without_fixed_periods_is_asked_for_alone() -> None:
    reply = periods.before_the_day(turn(), ("last_round_completed",))

    assert not any(isinstance(block, Bullets) for block in reply.blocks)
    assert reply.asks == ("last_round_completed",)
    assert reply.citations == ()


async def test_the_first_line_names_the_event(desk: Desk) -> None:
    assert "名单发布" in headline(await desk.says("算期限"))

from __future__ import annotations

from typing import Any

import pytest

from bot.understanding.counting import Counting
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadingContext
from tests.bot.understanding.conftest import NOW


@pytest.mark.parametrize(
    ("talk", "timed"),
    [
        ({"asked": ("insured_staff",)}, "insured_staff"),
        ({"last_facts": ("degree_staff", "insured_staff")}, "insured_staff"),
        ({"asked": ("degree_staff", "insured_staff")}, None),
        ({}, None),
    ],
)
def test_the_talk_tells_whether_time_counts(
    lexicon: Lexicon, talk: dict[str, Any], timed: str | None
) -> None:
    counting = Counting(lexicon, Ledger(), ReadingContext(NOW, **talk), None)
    assert (counting.timed.value if counting.timed else None) == timed

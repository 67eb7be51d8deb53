from __future__ import annotations

import pytest

from bot.understanding.leads import read_leads


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        ("提前10天和3天提醒我", (10, 3)),
        ("到期前一周提醒", (7,)),
        ("提前一个月、半个月都提醒我", (30, 15)),
        ("提前30,14,7天提醒", (30, 14, 7)),
        ("提前3天和当天提醒我", (3, 0)),
        ("remind me 10 days before", (10,)),
        ("到期前提醒我", ()),
        ("提前10天能做完吗", ()),
        ("名单10天前发布的", ()),
    ],
)
def test_reads_the_days_before(said: str, leads: tuple[int, ...]) -> None:
    assert read_leads(said) == leads

from __future__ import annotations

from tests.bot.understanding.conftest import Read


def test_a_day_wished_for_is_a_fact_where_the_fact_is_a_wish(read: Read) -> None:
    told = {fact.name: fact.value for fact in read("8月3号验收没过，打算12月5号再申请").facts}
    assert told["reapply_on"] == "2026-12-05"


def test_a_past_day_before_a_question_is_told(read: Read) -> None:
    told = {fact.name: fact.value for fact in read("名单2026年3月15号发布的，什么时候注册").facts}
    assert told == {"list_published": "2026-03-15"}

"""A factory's own people and those of the agency that it hires are told apart."""

from __future__ import annotations

import pytest

from rules_engine.model import Verdict
from tests.bot.talks import Desk, text_of


async def test_a_factory_without_auditors_says_nothing_of_the_agency_it_would_hire(desk: Desk) -> None:
    own = await desk.says("我们没有审核师，自己做行吗")
    hired = await desk.says("那只能请咨询公司做了")

    assert own.check is not None
    assert own.check.verdict is Verdict.FAIL
    assert hired.check is not None
    assert hired.check.verdict is Verdict.UNKNOWN
    assert "trained_auditors" in hired.check.missing
    assert "企业自己的人" in text_of(hired)


async def test_what_is_told_of_the_agency_counts_there_and_is_no_correction(desk: Desk) -> None:
    await desk.says("自己做，审核师2个，够不够")
    reply = await desk.says("那请咨询公司做呢，他们审核师6个")

    assert reply.check is not None
    assert "trained_auditors" not in reply.check.missing
    assert "2 → 6" not in text_of(reply)


async def test_back_at_ones_own_check_the_agency_s_people_do_not_count(desk: Desk) -> None:
    await desk.says("请的咨询机构审核师6个，够不够")
    reply = await desk.says("那我们自己做呢")

    assert reply.check is not None
    assert "trained_auditors" in reply.check.missing


@pytest.mark.parametrize("way", ["自己做呢", "请机构呢"])
async def test_what_is_told_before_the_way_is_known_counts_for_each(desk: Desk, way: str) -> None:
    await desk.says("审核师3个，够不够")
    reply = await desk.says(way)

    assert reply.check is not None
    assert reply.check.verdict is Verdict.FAIL


async def test_a_correction_within_a_check_is_said(desk: Desk) -> None:
    await desk.says("自己做，审核师2个，够不够")
    reply = await desk.says("不对，审核师3个")

    assert "2 → 3" in text_of(reply)

"""A word that chooses is told and kept; the same word in a question is not."""

from __future__ import annotations

import pytest

from bot.messages import Intent
from tests.bot.talks import Desk


async def test_the_kind_is_kept_where_a_check_is_open(desk: Desk) -> None:
    await desk.says("核对咨询机构的条件")

    assert (await desk.says("强制的")).understood == {"audit_kind": "mandatory"}


async def test_the_kind_in_a_question_is_only_asked_about(desk: Desk) -> None:
    await desk.says("核对咨询机构自愿审核的条件")

    assert (await desk.says("那强制的呢")).understood == {}


async def test_the_kind_is_not_kept_where_nothing_is_open(desk: Desk) -> None:
    assert (await desk.says("强制的")).understood == {}


@pytest.mark.parametrize("said", ["机构", "找机构", "咨询公司", "第三方吧"])
async def test_the_route_is_kept_where_it_was_asked_for(desk: Desk, said: str) -> None:
    await desk.says("条件核对")

    assert (await desk.says(said)).understood == {"route": "consultant"}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("是去年的", "2025-01-15"),
        ("2024年的", "2024-01-15"),
        ("前年的", "2024-01-15"),
        ("last year", "2025-01-15"),
    ],
)
async def test_a_supplied_year_is_put_right(desk: Desk, said: str, day: str) -> None:
    await desk.says("强制名单1月15号发布的")

    assert (await desk.says(said)).understood == {"list_published": day}


async def test_a_year_that_was_said_is_not_moved(desk: Desk) -> None:
    await desk.says("强制名单2026年1月15日发布的")

    assert (await desk.says("是去年的")).understood == {}


async def test_the_leap_day_of_another_year_is_not_invented(desk: Desk) -> None:
    desk.passes(days=-400)
    await desk.says("名单2月29号发的，强制")
    reply = await desk.says("是前年的")

    assert "list_published" not in reply.understood
    assert reply.intent in set(Intent)


async def test_a_day_within_the_month_told_takes_its_place(desk: Desk) -> None:
    await desk.says("我们是铅蓄电池厂，重点企业，上一轮2025年5月做完的")

    reply = await desk.says("具体是5月20号")

    assert reply.facts["last_round_completed"] == "2025-05-20"


async def test_another_planned_day_takes_the_place_of_the_first(desk: Desk) -> None:
    await desk.says("2026年7月8日验收没通过")
    await desk.says("打算2026年12月20日重新申请，可以吗")

    reply = await desk.says("那明年3月5号呢")

    assert reply.facts["reapply_on"] == "2027-03-05"


@pytest.mark.parametrize("said", ["考出来了，现在4个", "现在4个了", "招到了，一共4个"])
async def test_how_many_there_are_now_is_of_what_fell_short(desk: Desk, said: str) -> None:
    await desk.says("自己做自愿审核，上岗证5个，审核师3个")

    assert (await desk.says(said)).understood == {"trained_auditors": 4}


async def test_how_many_there_are_now_is_nothing_where_two_fall_short(desk: Desk) -> None:
    await desk.says("咨询机构自愿审核，大专3，审核师3，社保满一年5，高工1")

    assert (await desk.says("招到了，现在4个")).understood == {}


async def test_a_route_chosen_in_words_that_begin_like_a_question_is_kept(desk: Desk) -> None:
    await desk.says("自愿的，审核师5个，够不够")

    reply = await desk.says("那请机构吧")

    assert reply.understood == {"route": "consultant"}
    assert reply.check is not None
    assert reply.check.goal == "consultant-voluntary"


async def test_how_many_there_are_is_of_what_the_law_was_asked_about(desk: Desk) -> None:
    await desk.says("什么叫上岗证")

    reply = await desk.says("哦那我们有4个")

    assert reply.understood == {"post_certified_staff": 4}
    assert (await desk.says("我们有4个吗")).understood == {}


async def test_how_many_there_are_is_nothing_where_the_law_counts_nobody(desk: Desk) -> None:
    await desk.says("第十八条讲什么")

    assert (await desk.says("我们有4个")).understood == {}


async def test_a_day_alone_after_the_law_on_what_runs_from_it_is_that_day(desk: Desk) -> None:
    await desk.says("收到通知说我们进名单了，多久要注册")
    reply = await desk.says("查到了 10月19日")

    assert reply.understood == {"list_published": "2026-10-19"}
    assert "list_published" in reply.asks


async def test_a_day_alone_after_other_law_is_not(desk: Desk) -> None:
    await desk.says("审核师要几名")

    assert (await desk.says("查到了 10月19日")).understood == {}


async def test_the_question_before_is_answered_anew(desk: Desk) -> None:
    await desk.says("自行审核 强制 看看我们行不行")
    await desk.says("6个")

    assert (await desk.says("上一题答错了 应该是2个")).understood == {"post_certified_staff": 2}


async def test_more_of_what_lacked_is_no_answer_to_the_open_question(desk: Desk) -> None:
    await desk.says("自己组织审核，自愿的，看看我们够不够，审核师3个")

    assert (await desk.says("刚有个同事拿证了，现在4个")).understood == {"trained_auditors": 4}


async def test_so_many_after_a_supposition_is_supposed_too(desk: Desk) -> None:
    await desk.says("代理公司强制：本科4，审核师2，社保满1年4，高工1")
    await desk.says("要是再考出来一个")
    reply = await desk.says("两个呢")

    assert reply.understood == {}
    assert reply.facts["trained_auditors"] == 2
    assert reply.check is not None
    assert reply.check.verdict == "pass"


async def test_another_month_for_what_is_planned(desk: Desk) -> None:
    await desk.says("10月15号评估验收不合格")
    await desk.says("12月想再报一次")

    assert (await desk.says("那明年3月呢")).understood == {
        "reapply_on": {"from": "2027-03-01", "to": "2027-03-31"}
    }

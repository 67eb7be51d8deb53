"""The reply to a roster: the verdict first, then everybody, then what the file leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.messages import Intent
from tests.bot.rosters.house import FEW, FOUR, FULL, HEADER, NEARLY, csv_file, give, people, workbook
from tests.bot.talks import Desk, headline, text_of, verbs


async def test_the_verdict_comes_first_and_then_everybody(desk: Desk, folder: Path) -> None:
    await desk.taps("goal:consultant-voluntary")
    reply = await give(desk, csv_file(folder, *FOUR, NEARLY, FEW))

    assert reply.intent is Intent.CHECK
    assert headline(reply) == "够了，符合全部要求。"
    assert reply.check is not None
    assert reply.check.goal == "consultant-voluntary"
    assert [line.partition("：")[0] for line in people(reply)] == [
        "张三",
        "赵六",
        "钱七",
        "孙八",
        "李四",
        "王五",
    ]
    assert "社保满1年差一点（社保月数 11 / 12）" in text_of(reply)
    assert "相关专业大专不算（学历写的“中专”、专业写的“会计”）" in people(reply)[-1]


async def test_certificates_that_end_are_told(desk: Desk, folder: Path) -> None:
    rows: Sequence[Sequence[str]] = [
        (*FULL, "2026-12-23"), ("甲", *FULL[1:], "2026-11-23"), ("乙", *FULL[1:], "2026-11-22"),
    ]  # fmt: skip
    lines = people(await give(desk, csv_file(folder, *rows, header=(*HEADER, "证书有效期"))))

    assert any(line.startswith("乙：") and "已过期 1 天" in line for line in lines)
    assert any(line.startswith("甲：") and "今天到期" in line for line in lines)
    assert any(line.startswith("张三：") and "还有 30 天" in line for line in lines)


async def test_of_many_people_those_with_something_open_are_shown_first(desk: Desk, folder: Path) -> None:
    rows = [(f"人{n}", *FULL[1:]) for n in range(60)]
    lines = people(await give(desk, csv_file(folder, *rows, NEARLY)))

    assert lines[0].startswith("李四")
    assert "还有 21 人" in lines[-1]


async def test_columns_that_are_missing_are_named(desk: Desk, folder: Path) -> None:
    reply = await give(desk, csv_file(folder, ("张三", "本科", "无"), header=("姓名", "学历", "审核师证书")))

    assert "没有这些列" in text_of(reply)
    assert "专业" in text_of(reply)
    assert "insured_staff" not in reply.facts


async def test_each_counting_once_is_remarked_where_it_decides(desk: Desk, folder: Path) -> None:
    await desk.taps("goal:consultant-voluntary")
    reply = await give(desk, workbook(folder, HEADER, *FOUR))

    assert "每人只能" in text_of(reply)


async def test_empty_cells_are_unknown_until_the_user_says_that_they_mean_none(
    desk: Desk, folder: Path
) -> None:
    await desk.taps("goal:consultant-voluntary")
    rows = [*FOUR, ("李四", "大专", "环境工程", "", "14", "", "")]
    reply = await give(desk, csv_file(folder, *rows))

    assert reply.facts["trained_auditors"] == {"min": 4, "max": 5}
    assert "审核师培训合格证书 1 人" in text_of(reply)
    settled = await desk.taps("roster:blank")
    assert settled.facts["trained_auditors"] == 4
    assert settled.facts["senior_title_staff"] == 4
    assert "roster:blank" not in {button.tap for button in settled.buttons}


async def test_the_files_are_one_tap_from_the_verdict(desk: Desk, folder: Path) -> None:
    await desk.taps("goal:consultant-voluntary")

    assert {"files", "roster"} <= verbs(await give(desk, csv_file(folder, *FOUR)))


async def test_what_was_said_before_is_replaced_in_a_note(desk: Desk, folder: Path) -> None:
    await desk.says("咨询公司自愿审核，有 4 个大专、3 个审核师、4 个社保满一年、1 个高工")
    reply = await give(desk, csv_file(folder, *FOUR))

    assert headline(reply) == "够了，符合全部要求。"
    assert "审核师 3 → 4" in text_of(reply)
    assert reply.facts["trained_auditors"] == 4

"""Cells pasted into a message: a roster is taken out of the words around it, anything else is left alone."""

from __future__ import annotations

import pytest

from bot.rosters.pasting import is_table, split

CELLS = (("姓名", "学历", "审核师证书"), ("张三", "本科", "国家"), ("李四", "大专", ""))
TABBED = "\n".join("\t".join(row) for row in CELLS)


@pytest.mark.parametrize(
    "text",
    [
        TABBED,
        TABBED.replace("\n", "\r\n"),
        TABBED.replace("\t", ","),
        "\n".join(f"| {' | '.join(row)} |" for row in (CELLS[0], ("---", ":-:", "--"), *CELLS[1:])),
        "审核人员情况表\t\t\n" + TABBED,
    ],
)
def test_a_roster_is_found_however_its_cells_are_parted(text: str) -> None:
    found = split(text)

    assert found is not None
    words, table = found
    assert words == ""
    assert [tuple(line.split("\t")) for line in table.splitlines()][-3:] == list(CELLS)


def test_the_words_around_it_are_kept_apart() -> None:
    assert split(f"帮我看看够不够\n{TABBED}\n强制的，请机构做") == (
        "帮我看看够不够\n强制的，请机构做",
        TABBED,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "要交姓名,学历,专业吗\n还要什么",
        "我们有4个审核师\t3个大专\t1个高工",
        "企业名称\t行业\t区\n甲公司\t电镀\t宝安",
        "月份\t用电\t用水\n1月\t100\t20",
        "姓名\t学历\t审核师证书",
        "姓名、学历、证书要写全，张三、李四、王五都要\n第二行，也是，话",
    ],
)
def test_what_is_no_roster_stays_a_message(text: str) -> None:
    assert split(text) is None


def test_cells_of_any_kind_are_told_from_words() -> None:
    assert is_table("月份\t用电\t用水\n1月\t100\t20")
    assert not is_table("审核师\t4\n大专\t5")
    assert not is_table("第十条讲什么\n第十六条呢")

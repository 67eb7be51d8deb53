import pytest

from knowledge.parsing.lines import Line
from knowledge.parsing.wrapped import joined


def lines(*texts: str) -> list[str]:
    return [line.text for line in joined([Line(text) for text in texts])]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (
            ("第一条 为加强管理，根据《清洁生产", "审核办法》等规定，制定本办法。"),
            "第一条 为加强管理，根据《清洁生产审核办法》等规定，制定本办法。",
        ),
        (
            ("第二条 本市的机构（以下简称服务", "机构）适用本办法。"),
            "第二条 本市的机构（以下简称服务机构）适用本办法。",
        ),
        (
            ("（二）审核人员不少于六名，其中高级职称的", "不少于二名；"),
            "（二）审核人员不少于六名，其中高级职称的不少于二名；",
        ),
        (
            (
                "（三）专职审核人员不少于六名，其中具有高级职称的人员不",
                "少于二名，并应当具备相应的工作经验；",
            ),
            "（三）专职审核人员不少于六名，其中具有高级职称的人员不少于二名，并应当具备相应的工作经验；",
        ),
        (
            ("第三条 由市局负责，区主管部门负责", "本辖区内", "的日常检查。"),
            "第三条 由市局负责，区主管部门负责本辖区内的日常检查。",
        ),
        (
            ("第四条 依照本办法第六条、", "第七条执行的，从其规定。"),
            "第四条 依照本办法第六条、第七条执行的，从其规定。",
        ),
        (("第五条 按 GB 8978，", "ISO 14001 执行。"), "第五条 按 GB 8978，ISO 14001 执行。"),
    ],
)
def test_a_sentence_broken_over_lines_is_made_whole(broken: tuple[str, ...], whole: str) -> None:
    assert lines(*broken) == [whole]


@pytest.mark.parametrize(
    "apart",
    [
        ("第一条 甲。", "前款乙。"),
        ("第一条 适用范围", "本办法适用于企业。"),
        ("一、总体要求", "坚持源头防治。"),
        ("（一）明确审核对象", "列入名单的企业，应当审核。"),
        ("（一）强化源头管控，推进绿色转型", "各区应当严格落实环境准入要求。"),
        ("第一条 按下列公式计算：", "E＝A×B", "式中：E为耗水量。"),
        ("第一条 系数见下表：", "行为  系数，单位", "公交  千克。"),
        ("第一条 包括：", "（一）甲，", "（二）乙。"),
        ("第二条 本办法自公布之日起施行。", "某市工业和信息化局", "2024年4月18日"),
        ("某局关于印发《某办法》的通知", "各有关单位：", "现予印发。"),
    ],
)
def test_headings_cells_items_and_signatures_stay_apart(apart: tuple[str, ...]) -> None:
    assert lines(*apart) == list(apart)

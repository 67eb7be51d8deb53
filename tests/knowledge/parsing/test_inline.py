import pytest

from knowledge.parsing.inline import enumerated


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "应当具备下列条件：（一）法人资格；（二）检测器具；（三）人员。",
            ["应当具备下列条件：", "（一）法人资格；", "（二）检测器具；", "（三）人员。"],
        ),
        ("包括：1.提供4名证书；2.提供1.5年证明。", ["包括：", "1.提供4名证书；", "2.提供1.5年证明。"]),
        ("程序分为：①准备②实测③报告。", ["程序分为：", "①准备", "②实测", "③报告。"]),
        ("（一）停产的；（二）关闭的；", ["（一）停产的；", "（二）关闭的；"]),
        (
            "提交：（一）表；（二）报告：1.总则；2.数据；（三）其他。",
            ["提交：", "（一）表；", "（二）报告：", "1.总则；", "2.数据；", "（三）其他。"],
        ),
        ("包括（一）备案表；（二）名单。", ["包括", "（一）备案表；", "（二）名单。"]),
    ],
)
def test_items_in_one_line_are_cut(text: str, pieces: list[str]) -> None:
    assert enumerated(text) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "应当具备第八条第（二）款、第（三）款规定的条件。",
        "前款第（一）项、第（二）项规定的情形。",
        "有（一）至（三）项情形之一的。",
        "规定了条件包括：“（一）法人资格；（二）器具。”",
        "分别为：（一）类企业。",
        "材料（包括：（一）表；（二）报告）一式两份。",
        "系数为：1.2；2.4。",
    ],
)
def test_references_quotations_and_figures_are_not_cut(text: str) -> None:
    assert enumerated(text) == [text]

import pytest

from knowledge.parsing.lines import Line
from knowledge.parsing.run_in import parted


def lines(*texts: str) -> list[str]:
    return [line.text for line in parted([Line(text) for text in texts])]


def test_a_law_in_one_line_is_cut_at_its_headings_and_articles() -> None:
    text = "某园区管理办法 第一章 总则 第一条 为规范。 第二条 甲。 第二章 附则 第三条 自公布之日起施行。"
    assert lines(text) == [
        "某园区管理办法",
        "第一章 总则",
        "第一条 为规范。",
        "第二条 甲。",
        "第二章 附则",
        "第三条 自公布之日起施行。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "第一条 依照本办法第二条、第三条的规定。",
        "第一条 修改为：“甲。第二条 乙。”",
        "第一条 甲，第二条 所列的除外。",
        "第一条 甲。第三条 乙。",
        "按照《清洁生产促进法》第一条 企业可以自愿审核。",
    ],
)
def test_a_sentence_about_an_article_is_not_cut(line: str) -> None:
    assert lines(line) == [line]


def test_an_article_that_has_a_line_of_its_own_is_not_looked_for_elsewhere() -> None:
    text = ("第一条 甲。第二条 的说明见后。", "第二条 乙。")
    assert lines(*text) == list(text)

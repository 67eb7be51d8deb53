from collections import Counter
from dataclasses import replace

from hypothesis import example, given

from knowledge.model import (
    ParsedArticle,
    ParsedDivision,
    ParsedInstrument,
    ParsedItem,
    ParsedParagraph,
)
from knowledge.parser import parse_instrument
from knowledge.rendering import render, render_article
from tests.knowledge.legal_texts import TEXTS, instruments


def without_warnings(text: str) -> ParsedInstrument:
    return replace(parse_instrument(text), warnings=())


@given(TEXTS)
@example("第一章\n企业清洁管理办法\n第一章\u3000总\u3000则\n第二条（适用范围）企业。")
@example("目录\n企业清洁管理办法\n附则\n附则\n第二条（适用范围）企业。")
@example("一、\n一、标题\n“第五条\u3000企业：")
def test_any_text_parsed_rendered_and_parsed_again_gives_the_same_tree(text: str) -> None:
    tree = without_warnings(text)
    assert without_warnings(render(tree)) == tree


@given(instruments())
def test_any_tree_comes_back_from_its_text(tree: ParsedInstrument) -> None:
    assert parse_instrument(render(tree)) == tree


@given(TEXTS)
def test_no_sign_of_the_text_is_lost(text: str) -> None:
    # Labels are written in their plain form, so that only the signs outside of labels are counted.
    signs = "规范申请材料主管部门企业事项"
    kept = Counter(sign for sign in render(parse_instrument(text)) if sign in signs)
    assert kept == Counter(sign for sign in text if sign in signs)


def test_an_article_is_written_as_in_the_whole_text() -> None:
    items = (ParsedItem("1", "（一）", "申请表；"), ParsedItem("2", "（二）", "报告。"))
    article = ParsedArticle(
        "12-1", "art_12-1", "材料", (ParsedParagraph("提交：", items), ParsedParagraph("一份。"))
    )
    assert render_article(article) == "第十二条之一\u3000【材料】提交：\n（一）申请表；\n（二）报告。\n一份。"


def test_an_empty_division_at_the_end_is_written() -> None:
    division = ParsedDivision("chapter", "2", "第二章 附则", "chp_2", 1)
    article = ParsedArticle("1", "art_1", "", (ParsedParagraph("甲。"),))
    tree = ParsedInstrument("某办法", "", ("第二章 附则",), (article,), divisions=(division,))
    assert render(tree).splitlines() == ["# 某办法", "第一条\u3000甲。", "第二章 附则"]

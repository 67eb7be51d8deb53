"""Addresses and texts of provisions, from law texts and front matter."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.errors import CorpusError
from knowledge.model import LinkKind, Wording
from knowledge.provisions import article_label, build_provisions, slice_between

LISTS = "灯规\n\n第二条\n自办的须交：\n1.灯笼；\n2.蜡烛。\n请人办的须交：\n1.合同。\n"


def front(**more: Any) -> dict[str, Any]:
    return {"id": "law", "title": "灯规", **more}


def test_named_lists_are_numbered_each_for_itself() -> None:
    named = {"art_2": [{"name": "own", "zh": "自办"}, {"name": "hired", "zh": "请人"}]}
    made = build_provisions(front(lists=named), LISTS)
    assert made["art_2"].children == ("art_2__own", "art_2__hired")
    assert made["art_2__own__item_2"].label == "《灯规》第二条（自办）第2项"
    assert made["art_2__hired"].heading == "请人办的须交"


def test_lists_that_are_not_in_the_text_are_an_error() -> None:
    with pytest.raises(CorpusError, match="2 lists in the text, 1 named"):
        build_provisions(front(lists={"art_2": [{"name": "own", "zh": "自办"}]}), LISTS)


def test_articles_of_a_known_count_without_text_are_not_given() -> None:
    made = build_provisions(front(article_count=3), "灯规\n\n第二条　挂灯。\n")
    assert [made[f"art_{number}"].wording for number in (1, 2, 3)] == [
        Wording.NOT_GIVEN,
        Wording.QUOTED,
        Wording.NOT_GIVEN,
    ]


def test_sections_are_slices_of_a_document() -> None:
    section = {"address": "sec_1", "kind": "section", "label": "一", "opens": "一、", "closes": "止。"}
    made = build_provisions(front(form="document", section=[section]), "序。一、灯会到此止。跋。")
    assert made["sec_1"].text == "一、灯会到此止。"
    assert made[""].children == ("sec_1",)


def test_front_matter_speaks_of_an_address() -> None:
    notes = {"art_1": {"wording": "described", "gloss": "on lamps", "links": [["basis", "other#art_3"]]}}
    made = build_provisions(front(at=notes), "灯规\n\n第一条　挂灯。\n")
    assert (made["art_1"].wording, made["art_1"].gloss) == (Wording.DESCRIBED, "on lamps")
    assert made["art_1"].links[0].kind is LinkKind.BASIS


def test_an_address_given_twice_is_an_error() -> None:
    part = {"address": "art_1", "kind": "part", "label": "x", "text": "y"}
    with pytest.raises(CorpusError, match="twice"):
        build_provisions(front(part=[part]), "灯规\n\n第一条　挂灯。\n")


@pytest.mark.parametrize(("opens", "closes"), [("无", "止"), ("一", "无")])
def test_a_slice_that_is_not_there_is_an_error(opens: str, closes: str) -> None:
    with pytest.raises(CorpusError):
        slice_between("一二三止", opens, closes)


@pytest.mark.parametrize(("number", "label"), [("10", "第十条"), ("133-1", "第一百三十三条之一")])
def test_articles_are_labelled_in_chinese(number: str, label: str) -> None:
    assert article_label(number) == label


def test_items_below_items_and_repeated_numbers_keep_addresses_of_their_own() -> None:
    text = "灯规\n\n第一条　应当：\n（一）挂灯：\n1.亮；\n2.稳。\n（二）收灯；\n（二）点灯。\n"
    made = build_provisions(front(), text)
    assert made["art_1__item_1__indent_2"].label == "《灯规》第一条第1项第2目"
    assert made["art_1__item_1"].children == ("art_1__item_1__indent_1", "art_1__item_1__indent_2")
    assert made["art_1__item_2~2"].text == "（二）点灯。"


def test_sections_of_an_imported_text_hold_their_items() -> None:
    body = "灯会方案\n\n一、要求\n（一）目标。挂灯：\n1.亮\n2.稳\n二、措施\n收灯。\n"
    section = {"address": "sec_1_1", "kind": "section", "label": "一（一）", "opens": "（一）"}
    made = build_provisions(front(form="document", items="parsed", section=[section]), body)
    assert made["sec_1_1__item_2"].label == "《灯规》一（一）第2项"

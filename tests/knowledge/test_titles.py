"""Titles of texts that are not held, told from the names of ours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.titles import Titles
from knowledge.wording import plain


def titles(library: Library, text: str) -> list[str]:
    return [alien.title for alien in library.aliens(text)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("循环经济促进法第五条怎么写的", "循环经济促进法"),
        ("请问一下就业促进法第二十七条", "就业促进法"),
        ("海洋環境保護法第十條", "海洋环境保护法"),
        ("中小企业促进法哪年施行的", "中小企业促进法"),
        ("治安管理处罚法第六十四条", "治安管理处罚法"),
        ("排污许可管理办法第十条", "排污许可管理办法"),
        ("环保税法实施细则第三条", "环保税法实施细则"),
        ("重点排污单位名录管理规定第七条", "重点排污单位名录管理规定"),
        ("能源管理体系要求第六章", "能源管理体系要求"),
        ("《大气污染防治法》第十七条", "大气污染防治法"),
        ("违反了环保法会怎么样", "环保法"),
        ("按照细则和劳动法第39条", "劳动法"),
        ("财政部3号文", "财政部3号文"),
        ("国家发改委39号文", "发改委39号文"),
        ("粤府办〔2020〕22号文讲了什么", "粤府办〔2020〕22号文"),
        ("国务院3号文第四点", "国务院3号文"),
        ("38号公告写了什么", "38号公告"),
        ("环保部7号令第十条", "环保部7号令"),
        ("circular economy promotion law article 5", "circular economy promotion law"),
        ("Article 10 of the Water Pollution Law", "water pollution law"),
    ],
)
def test_a_title_that_is_not_ours_is_found_and_its_clause_is_none_of_ours(
    library: Library, text: str, title: str
) -> None:
    assert titles(library, text) == [title]
    assert not [one for one in library.find(text) if one.unit != "instrument"], "a clause read as ours"


@pytest.mark.parametrize(
    "text",
    [
        "清洁生产促进法第五条",
        "我们企业清洁生产促进法第27条适用吗",
        "《中华人民共和国清洁生产促进法》第三十九条",
        "违反促进法第39条",
        "不按促进法做会怎样",
        "国家的办法第十五条",
        "审核办法16条",
        "我们那细则第10条",
        "清洁生产细则第十条",
        "细则规定第十二条",
        "按国家规定第十条",
        "《重点企业清洁生产行业分类管理名录》",
        "环保部54号文",
        "省经信委3号文第四点",
        "发改委38号令第十五条",
        "广东2010年那个管理办法第七条",
        "企业环境信息依法披露管理办法第19条",
        "the old promotion law article 27",
        "这个方法第三条",
    ],
)
def test_names_of_ours_stay_ours(library: Library, text: str) -> None:
    assert not library.aliens(text)
    assert library.find(text) or "名录" in text


def test_ours_beside_another_text_keeps_its_clause(library: Library) -> None:
    found = library.find("安全生产法第三十九条和细则第十条")
    assert [one.refs for one in found] == [("sz-rules-2018-draft#art_10",)]


def test_a_day_is_no_number_of_a_document(library: Library) -> None:
    assert not library.find("12月5号文件下来了")


def test_without_words_for_it_nothing_is_told_apart(toy: Library) -> None:
    assert not toy.aliens("花会规定第二条")


@given(st.text(alphabet="循环经济促进法办细则第十条的和《》38号令环保部 ", max_size=24))
def test_titles_stand_in_the_text_and_never_overlap(library: Library, text: str) -> None:
    read = plain(text)
    aliens = library.aliens(read)
    assert all(0 <= one.start < one.end <= len(read) for one in aliens)
    assert all(one.end <= other.start for one, other in pairwise(aliens))


def test_the_reader_of_titles_is_silent_where_it_has_no_words(toy: Library) -> None:
    instruments = tuple(toy.instruments.values())
    assert Titles(instruments, toy._references._names).find("花会规定第二条", ()) == ()

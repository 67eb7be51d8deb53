"""Clause references as people write them, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Found
from knowledge.numerals import to_chinese

D = "sz-rules-2018-draft#"
M = "audit-measures-2016#"


def refs(library: Library, text: str, context: str | None = None) -> tuple[str, ...]:
    return tuple(ref for one in library.find(text, context_ref=context) for ref in one.refs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第十条讲什么", (D + "art_10",)),
        ("第10条", (D + "art_10",)),
        ("第１０条", (D + "art_10",)),
        ("十条", (D + "art_10",)),
        ("条10", (D + "art_10",)),
        ("看看10条是什么", (D + "art_10",)),
        ("第 十 条", (D + "art_10",)),
        ("art. 10", (D + "art_10",)),
        ("what does Article 10 say", (D + "art_10",)),
        ("细则16", (D + "art_16",)),
        ("《细则》第十六条", (D + "art_16",)),
        ("办法第十六条第（二）款", (M + "art_16__item_2",)),
        ("办法16条（三）", (M + "art_16__item_3",)),
        ("38号令第十五条", (M + "art_15",)),
        ("article 16 of Order 38", (M + "art_16",)),
        ("第十条第1项", (D + "art_10__self__item_1", D + "art_10__consultant__item_1")),
        ("第十条第3项", (D + "art_10__consultant__item_3",)),
        ("第十条第一款第（二）项", (D + "art_10__self__item_2",)),
        ("第十条第二款第四项", (D + "art_10__consultant__item_4",)),
        ("第十六条委托咨询服务机构第2项", (D + "art_16__consultant__item_2",)),
        ("第十条自行组织第2项", (D + "art_10__self__item_2",)),
        ("54号文", ("key-enterprises-2010",)),
        ("3号文第四点", ("gd-workflow-2017#point_4",)),
        ("说明第三部分", ("sz-drafting-notes-2018#sec_3",)),
        ("说明三（二）", ("sz-drafting-notes-2018#sec_3_2",)),
        ("第十条到第十二条", (D + "art_10", D + "art_11", D + "art_12")),
        ("第10-12条", (D + "art_10", D + "art_11", D + "art_12")),
        ("第10、16条", (D + "art_10", D + "art_16")),
        ("第十条和第二十一条有什么不同", (D + "art_10", D + "art_21")),
        ("articles 10 and 16", (D + "art_10", D + "art_16")),
        ("第十六條規定什麼", (D + "art_16",)),
        ("清潔生產審核辦法第十六條", (M + "art_16",)),
        ("促进法第三十九条", ("promotion-law#art_39",)),
        ("法典第一千二百二十一条", ("eco-code-2026#art_1221",)),
        ("2010年办法第五条", ("gd-providers-2010#art_5",)),
        ("第三章", (D + "chp_3",)),
        ("第十七 十八条一起看看", (D + "art_17", D + "art_18")),
        ("广东10年那个技术服务单位办法，第五条", ("gd-providers-2010#art_5",)),
        ("深工信规2019 9号", ("sz-rules-2019",)),
        ("环发2010-54号", ("key-enterprises-2010",)),
    ],
)
def test_reads_the_usual_forms(library: Library, text: str, expected: tuple[str, ...]) -> None:
    assert refs(library, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "给我十条建议",
        "四条船",
        "一共三十四条",
        "有几条规定",
        "2017年的事",
        "粤经信规字",
        "打13800138000",
        "3号楼",
        "哪一条",
        "条件是什么",
        "咨询办法",
    ],
)
def test_what_only_looks_like_a_clause_is_none(library: Library, text: str) -> None:
    assert [one for one in library.find(text) if one.unit == "article"] == []


@pytest.mark.parametrize(
    ("text", "unit", "extent"),
    [
        ("第四十条", "article", 34),
        ("第三十五条规定罚五万", "article", 34),
        ("第零条", "article", 34),
        ("第八章", "chapter", 7),
        ("第十条第5项", "item", 4),
        ("第二十一条第一项", "item", 0),
        ("说明第四部分", "section", 3),
        ("第十条第三款", "paragraph", 2),
    ],
)
def test_beyond_the_numbering_says_how_far_it_goes(
    library: Library, text: str, unit: str, extent: int
) -> None:
    (one,) = library.find(text)
    assert (one.outcome, one.unit, one.extent) == (Found.OUT_OF_RANGE, unit, extent)


@pytest.mark.parametrize("text", ["第十九条", "第三十四条", "38号令第三条", "细则第1条"])
def test_an_article_without_given_text_is_told_apart(library: Library, text: str) -> None:
    assert library.find(text)[0].outcome is Found.NOT_GIVEN


def test_a_bare_number_means_the_draft_and_names_its_namesakes(library: Library) -> None:
    (one,) = library.find("第十六条")
    assert one.instrument == "sz-rules-2018-draft"
    assert not one.named
    assert one.also == (M + "art_16",)


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("下一条", D + "art_10", (D + "art_11",)),
        ("往前翻一条", D + "art_18", (D + "art_17",)),
        ("它的第二项什么意思", "audit-measures-2016#art_16", ("audit-measures-2016#art_16__item_2",)),
        ("第三项呢", D + "art_10__consultant", (D + "art_10__consultant__item_3",)),
        ("what about item 3", "audit-measures-2016#art_16", ("audit-measures-2016#art_16__item_3",)),
        ("后面一条", D + "art_10", (D + "art_11",)),
        ("and the one after", D + "art_17", (D + "art_18",)),
        ("前面那条", D + "art_17", (D + "art_17",)),
        ("上一条呢", D + "art_17", (D + "art_16",)),
        ("这条", D + "art_10__self__item_1", (D + "art_10",)),
        ("那第十六条呢", M + "art_15", (M + "art_16",)),
        ("那第十二条呢", D + "art_10", (D + "art_12",)),
        ("下一条", None, ()),
    ],
)
def test_follows_what_was_spoken_of(
    library: Library, text: str, context: str | None, expected: tuple[str, ...]
) -> None:
    assert refs(library, text, context) == expected


def test_the_article_after_the_last_is_out_of_range(library: Library) -> None:
    assert library.find("下一条", context_ref=D + "art_34")[0].outcome is Found.OUT_OF_RANGE


@given(
    number=st.integers(1, 34),
    form=st.sampled_from(["第{zh}条", "第{n}条", "第{zh}条怎么说", "art {n}", "细则第{n}条"]),
)
def test_every_article_is_found_in_every_form(library: Library, number: int, form: str) -> None:
    (one,) = library.find(form.format(zh=to_chinese(number), n=number))
    assert one.refs == (f"{D}art_{number}",)


@given(number=st.integers(35, 999))
def test_no_number_beyond_the_last_leads_anywhere(library: Library, number: int) -> None:
    (one,) = library.find(f"第{number}条")
    assert (one.outcome, one.refs) == (Found.OUT_OF_RANGE, ())


@given(text=st.text(max_size=80))
def test_any_text_is_read_without_error(library: Library, text: str) -> None:
    for one in library.find(text):
        assert one.span[0] <= one.span[1]


@pytest.mark.parametrize(
    ("text", "last", "refs"),
    [
        ("那第十八呢", "art_17", ["art_18"]),
        ("第二十一呢", "art_10", ["art_21"]),
        ("和第十条有区别吗", "art_16", ["art_16", "art_10"]),
        ("跟第二十一条比起来差在哪", "art_10", ["art_10", "art_21"]),
        ("和第十条有区别吗", "art_10", ["art_10"]),
    ],
)
def test_what_was_spoken_of_last_is_gone_on_from_or_compared_with(
    library: Library, text: str, last: str, refs: list[str]
) -> None:
    found = library.find(text, context_ref=f"sz-rules-2018-draft#{last}")
    assert [one.refs[0].partition("#")[2] for one in found] == refs


@pytest.mark.parametrize(
    ("text", "last", "refs"),
    [
        ("那办法呢", "sz-rules-2018-draft#art_16", ("audit-measures-2016#art_16",)),
        ("我说的是办法，不是细则", "sz-rules-2018-draft#art_16", ("audit-measures-2016#art_16",)),
        ("no, I meant Order 38", "sz-rules-2018-draft#art_16__consultant", ("audit-measures-2016#art_16",)),
        ("那办法呢", "sz-rules-2018-draft#art_12", ()),  # it is not held
        ("办法和细则哪个严", "sz-rules-2018-draft#art_16", ()),
        ("那办法怎么罚", "sz-rules-2018-draft#art_16", ()),
    ],
)
def test_a_name_alone_means_the_same_number_there(
    library: Library, text: str, last: str, refs: tuple[str, ...]
) -> None:
    found = library.find(text, context_ref=last)
    assert tuple(ref for one in found if one.unit == "article" for ref in one.refs) == refs


def test_of_in_english_says_whose_article_it_is(library: Library) -> None:
    (found, *_) = library.find("which article of the Code replaced article 27 of the promotion law")
    assert found.refs == ("promotion-law#art_27",)


@pytest.mark.parametrize(
    ("piece", "scene"),
    [
        ("2025年那个自愿性细则里面", {"sz-voluntary-2025"}),
        ("38号令的话", {"audit-measures-2016"}),
        ("38号令怎么说的", set()),
        ("我们是重金属行业", set()),
    ],
)
def test_a_piece_that_only_names_an_instrument_sets_the_scene(
    library: Library, piece: str, scene: set[str]
) -> None:
    assert library.scene(piece) == scene


def test_a_word_that_points_means_the_other_instrument_spoken_of_last(library: Library) -> None:
    (found,) = library.find("这套办法现在还有效吗", context_ref="gd-providers-2010#art_5")
    assert found.instrument == "gd-providers-2010"
    assert library.find("这个规定现在还有效吗", context_ref="sz-rules-2018-draft#art_10") == ()

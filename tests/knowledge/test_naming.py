"""Instruments are found under all their names."""

from __future__ import annotations

import pytest

from knowledge.corpus import build_instrument
from knowledge.library import Library
from knowledge.naming import InstrumentNames
from knowledge.wording import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("环发〔2010〕54号", ["key-enterprises-2010"]),
        ("54号文和3号文", ["key-enterprises-2010", "gd-workflow-2017"]),
        ("154号文", []),
        ("清洁生产审核评估与验收指南", ["evaluation-guide-2018"]),
        ("《清洁生产促进法》", ["promotion-law"]),
        ("Order 38 of 2016", ["audit-measures-2016"]),
        ("order 389", []),
    ],
)
def test_the_longest_name_counts(library: Library, text: str, expected: list[str]) -> None:
    names = InstrumentNames(library.instruments.values())
    assert [mention.instrument for mention in names.find(plain(text)) if not mention.weak] == expected


def test_everyday_words_are_weak_names(library: Library) -> None:
    (mention,) = InstrumentNames(library.instruments.values()).find("有什么办法")
    assert mention.weak


def test_a_year_may_stand_in_any_brackets() -> None:
    law = build_instrument({"id": "law", "title": "灯规", "number": "灯字〔2020〕3号"}, "第一条　挂灯。\n")
    names = InstrumentNames([law])
    found = [names.find(plain(text)) for text in ("灯字〔2020〕3号", "灯字[2020]3号", "灯字（2020）3号")]
    assert [[one.instrument for one in mentions] for mentions in found] == [["law"]] * 3


def test_instruments_of_one_name_know_of_each_other() -> None:
    first, second = (build_instrument({"id": one, "title": "灯规"}, "第一条　挂灯。\n") for one in "ab")
    assert InstrumentNames([first, second]).sharing("a") == {"b"}


def test_an_imported_text_is_known_by_the_end_of_its_title() -> None:
    ours = build_instrument({"id": "ours", "title": "灯光设置管理办法"}, "第一条　挂灯。\n")
    theirs = build_instrument(
        {"id": "own", "title": "某市户外灯光设置管理办法"}, "第一条　挂灯。\n", built_in=False
    )
    names = InstrumentNames([ours, theirs])
    found = {
        text: [one.instrument for one in names.find(plain(text))]
        for text in ("户外灯光设置管理办法第一条", "灯光设置管理办法第一条", "光设置管理办法第一条")
    }
    # What the title of another text ends with too names neither of them.
    assert list(found.values()) == [["own"], ["ours"], []]


def test_the_ends_of_two_versions_titles_mean_the_one_that_comes_first() -> None:
    versions = [
        build_instrument({"id": one, "title": "某市户外灯光设置管理办法"}, "第一条　挂灯。\n", built_in=False)
        for one in ("new", "old")
    ]
    (mention,) = InstrumentNames(versions).find(plain("户外灯光设置管理办法第一条"))
    assert mention.instrument == "new"


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("2019年正式的那份细则", "sz-rules-2019"),
        ("19年的细则", "sz-rules-2019"),
        ("2025年新的自愿细则", "sz-voluntary-2025"),
        ("2007年的那个细则", "sz-rules-2007"),
    ],
)
def test_words_may_stand_between_a_year_and_the_name(library: Library, text: str, instrument: str) -> None:
    assert library.mentioned(text) == (instrument,)

"""The law files say what they must, character for character."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus import corpus_files, read_instrument, split_front_matter
from knowledge.errors import CorpusError
from knowledge.library import BUILT_IN, Library
from knowledge.model import Status, Wording

SOURCE_SHA256 = "be686ff59a69b1bf0ae84dc9746991d5e6f128ddd6b53b2222e061d658a3c19a"
DRAFT = "sz-rules-2018-draft"


def test_the_drafting_notes_are_the_source_document_to_the_last_character() -> None:
    path = BUILT_IN / "sz-drafting-notes-2018.txt"
    _, body = split_front_matter(path.read_bytes().decode("utf-8"))
    assert hashlib.sha256(body.encode("utf-8")).hexdigest() == SOURCE_SHA256


def test_the_draft_has_thirty_four_articles_and_seven_chapters_of_which_few_are_given(
    library: Library,
) -> None:
    draft = library.instrument(DRAFT)
    articles = [one for one in draft.provisions.values() if one.kind == "article"]
    assert [one.number for one in articles] == [str(number) for number in range(1, 35)]
    assert len(draft.chapters) == 7
    given = {one.number: one.wording for one in articles if one.wording is not Wording.NOT_GIVEN}
    assert given == {
        "10": Wording.PARTLY_QUOTED,
        "11": Wording.DESCRIBED,
        "12": Wording.PARTLY_QUOTED,
        "16": Wording.PARTLY_QUOTED,
        "17": Wording.PARTLY_QUOTED,
        "18": Wording.DESCRIBED,
        "21": Wording.QUOTED,
    }


@pytest.mark.parametrize("article", ["art_10", "art_16"])
def test_two_lists_are_numbered_each_from_one(library: Library, article: str) -> None:
    provisions = library.instrument(DRAFT).provisions
    assert provisions[article].children == (f"{article}__self", f"{article}__consultant")
    assert [provisions[item].number for item in provisions[f"{article}__self"].children] == ["1", "2"]
    assert [provisions[item].number for item in provisions[f"{article}__consultant"].children] == [
        "1",
        "2",
        "3",
        "4",
    ]


@pytest.mark.parametrize(
    ("ref", "wording"),
    [
        (f"{DRAFT}#art_16__self", Wording.DESCRIBED),
        (f"{DRAFT}#art_16__consultant__item_2", Wording.PARTLY_QUOTED),
        (f"{DRAFT}#art_17__cycle", Wording.DESCRIBED),
        ("audit-measures-2016#art_15", Wording.DESCRIBED),
        ("audit-measures-2016#art_16__item_4", Wording.QUOTED),
        ("gd-providers-2010#art_5", Wording.PARTLY_QUOTED),
        ("gd-workflow-2017#point_4", Wording.PARTLY_QUOTED),
        ("sz-drafting-notes-2018#sec_3_5", Wording.QUOTED),
        ("eco-code-2026#art_1221", Wording.SUMMARY),
    ],
)
def test_each_provision_says_how_near_it_is_to_the_instruments_own_words(
    library: Library, ref: str, wording: Wording
) -> None:
    provision = library.provision(ref)
    assert provision.wording is wording
    assert (provision.quote is None) == (wording in (Wording.DESCRIBED, Wording.SUMMARY))


def test_quotations_are_spaced_as_in_the_source(library: Library) -> None:
    whole = library.provision("sz-drafting-notes-2018").text
    assert library.provision(f"{DRAFT}#art_10__self").text in whole
    assert library.provision("audit-measures-2016#art_16").text in whole


@pytest.mark.parametrize(
    ("instrument", "day", "status"),
    [
        (DRAFT, date(2018, 9, 10), Status.DRAFT),
        (DRAFT, date(2030, 1, 1), Status.DRAFT),
        ("promotion-law", date(2002, 12, 31), Status.UNVERIFIED),
        ("promotion-law", date(2003, 1, 1), Status.IN_FORCE),
        ("promotion-law", date(2026, 8, 14), Status.IN_FORCE),
        ("promotion-law", date(2026, 8, 15), Status.REPEALED),
        ("eco-code-2026", date(2026, 8, 14), Status.UNVERIFIED),
        ("eco-code-2026", date(2026, 8, 15), Status.IN_FORCE),
        ("sz-rules-2007", date(2016, 6, 1), Status.IN_FORCE),
        ("sz-rules-2007", date(2018, 9, 10), Status.SUPERSEDED),
        ("audit-measures-2016", date(2018, 9, 10), Status.IN_FORCE),
        ("sz-voluntary-2025", date(2026, 11, 23), Status.IN_FORCE),
        ("sz-rules-2019", date(2026, 11, 23), Status.UNVERIFIED),
        ("gd-providers-2010", date(2026, 11, 23), Status.UNVERIFIED),
    ],
)
def test_standing_goes_by_the_day(library: Library, instrument: str, day: date, status: Status) -> None:
    assert library.instrument(instrument).status_on(day) is status


def test_a_plain_law_text_needs_only_id_and_title(tmp_path: Path) -> None:
    path = tmp_path / "kite.txt"
    path.write_text(
        '+++\nid = "kite"\ntitle = "风筝办法"\n+++\n风筝办法\n\n第一条　风筝要结实。\n', encoding="utf-8"
    )
    instrument = read_instrument(path, built_in=False)
    assert instrument.provisions["art_1"].quote == "风筝要结实。"
    assert instrument.status_on(date(2026, 1, 1)) is Status.UNVERIFIED
    assert not instrument.built_in


@pytest.mark.parametrize(
    "text",
    [
        "no fence",
        '+++\nid = "a"\n',
        "+++\nid = \n+++\n",
        '+++\ntitle = "x"\n+++\n',
        '+++\nid = "a"\ntitle = "b"\n[values]\nn = ["art_9", "x"]\n+++\n',
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"broken\.txt"):
        read_instrument(path)


def test_a_directory_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    assert corpus_files(tmp_path / "none") == []


def test_a_misspelt_key_of_the_front_matter_is_named(tmp_path: Path) -> None:
    path = tmp_path / "toy.txt"
    path.write_text('+++\nid = "toy"\ntitle = "灯塔守则"\nalises = ["守则"]\n+++\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="alises"):
        read_instrument(path)

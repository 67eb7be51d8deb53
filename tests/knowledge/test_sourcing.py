"""Quotations are held against their source, white space aside."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.corpus import build_instrument
from knowledge.model import Instrument
from knowledge.sourcing import aligned, found_in, missing_lines

SOURCE = build_instrument(
    {"id": "note", "title": "说明", "form": "document"}, "前面。1. 灯会 须挂灯；2.须有人守。后面。"
)


def law(body: str) -> dict[str, Instrument]:
    front = {"id": "law", "title": "灯规", "source": "note", "wording": "quoted"}
    return {"note": SOURCE, "law": build_instrument(front, f"灯规\n\n第一条　{body}\n")}


def test_a_quotation_takes_the_spacing_of_its_source() -> None:
    assert (
        aligned(law("1.灯会须挂灯；2.须有人守。"))["law"].provisions["art_1"].text
        == "1. 灯会 须挂灯；2.须有人守。"
    )


def test_a_quotation_that_the_source_does_not_hold_stays_and_is_named() -> None:
    held = aligned(law("灯会须放炮。"))
    provision = held["law"].provisions["art_1"]
    assert provision.text == "灯会须放炮。"
    assert missing_lines(provision, held) == ["灯会须放炮。"]


def test_nothing_is_found_in_nothing() -> None:
    assert found_in("", "abc") is None
    assert found_in("d", "abc") is None


@given(
    before=st.text("ab \n", max_size=8),
    words=st.text("cd", min_size=1, max_size=8),
    after=st.text("ab ", max_size=8),
)
def test_words_are_found_wherever_they_stand(before: str, words: str, after: str) -> None:
    assert found_in(" ".join(words), before + words + after) == words

"""Labels for lists and buttons."""

from __future__ import annotations

import pytest

from knowledge.labels import short_label
from knowledge.library import Library


@pytest.mark.parametrize(
    ("ref", "label"),
    [
        ("sz-rules-2018-draft#art_16__self__item_2", "细则（征求意见稿）第十六条（自行组织）第2项"),
        ("sz-drafting-notes-2018#sec_1_2__item_3", "起草说明一（二）必要性第三点"),
        ("gd-workflow-2017#point_4", "粤经信规字〔2017〕3号第四点"),
        ("promotion-law", "清洁生产促进法"),
    ],
)
def test_the_title_is_shortened(library: Library, ref: str, label: str) -> None:
    provision = library.provision(ref)
    assert short_label(provision, library.instrument(provision.instrument)) == label

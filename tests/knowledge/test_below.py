"""What stands below an article: items in rows and ranges, and the list that the message speaks of."""

from __future__ import annotations

import pytest

from knowledge.library import Library
from knowledge.model import Found

SELF, CONSULTANT = "sz-rules-2018-draft#art_10__self", "sz-rules-2018-draft#art_10__consultant"
M = "audit-measures-2016#art_16"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("委托中介的，第十条第一款第（三）项", (f"{CONSULTANT}__item_3",)),
        ("委托中介那条，第十条第一款第（二）项", (f"{CONSULTANT}__item_2",)),
        ("自己做的话第10条第(1)项", (f"{SELF}__item_1",)),
        ("第十条第一款第三项", (f"{CONSULTANT}__item_3",)),
        ("自己做和委托的，第十条第1项", (f"{SELF}__item_1", f"{CONSULTANT}__item_1")),
        ("国家那个办法第16条（二）到（四）项", (f"{M}__item_2", f"{M}__item_3", f"{M}__item_4")),
        ("办法第十六条第一、三项", (f"{M}__item_1", f"{M}__item_3")),
        ("办法16条(1)(3)", (f"{M}__item_1", f"{M}__item_3")),
        ("国家办法第十六条四项", tuple(f"{M}__item_{number}" for number in range(1, 5))),
        ("国家办法第十六条第四项", (f"{M}__item_4",)),
    ],
)
def test_items_are_found_in_the_list_that_is_meant(
    library: Library, text: str, expected: tuple[str, ...]
) -> None:
    assert library.find(text)[0].refs == expected


def test_an_item_that_no_list_has_is_out_of_range(library: Library) -> None:
    assert library.find("委托的第十条第一款第七项")[0].outcome is Found.OUT_OF_RANGE

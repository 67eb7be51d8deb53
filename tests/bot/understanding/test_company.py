from __future__ import annotations

import pytest

from bot.understanding.company import read_company


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("我们公司叫四海电子,有4个审核师", "四海电子"),
        ("我们是深圳市四海电镀有限公司", "深圳市四海电镀有限公司"),
        ("换到蓝天印染", "蓝天印染"),
        ("深圳市华强电镀有限公司,强制审核", "深圳市华强电镀有限公司"),
        ("Our company is called Blue Sky Ltd.", "Blue Sky Ltd"),
    ],
)
def test_takes_a_name_that_is_theirs(said: str, name: str) -> None:
    assert read_company(said, ()) == name


@pytest.mark.parametrize(
    "said",
    ["听说深圳市某某有限公司没过", "我们公司叫什么", "换到强制看看", "我们公司有4个审核师", "另一家3个"],
)
def test_other_words_name_no_company(said: str) -> None:
    assert read_company(said, ()) is None


def test_a_part_of_a_known_name_is_enough() -> None:
    known = ("深圳市四海电镀有限公司", "深圳市蓝天印染有限公司")
    assert read_company("换到四海那家", known) == known[0]
    assert read_company("深圳市蓝天印染有限公司的名单是1月发布的", known) == known[1]

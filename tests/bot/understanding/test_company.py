from __future__ import annotations

import pytest

from bot.understanding.company import CompanyReader
from bot.understanding.lexicon import Lexicon

KNOWN = ("深圳市四海电镀有限公司", "深圳市蓝天印染有限公司")


@pytest.fixture(scope="module")
def companies(lexicon: Lexicon) -> CompanyReader:
    return CompanyReader(lexicon)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("我们公司叫四海电子,有4个审核师", "四海电子"),
        ("我们是深圳市四海电镀有限公司", "深圳市四海电镀有限公司"),
        ("换到蓝天印染", "蓝天印染"),
        ("换一家:新科环保", "新科环保"),
        ("换一家公司,广州新科环保有限公司", "广州新科环保有限公司"),
        ("另外一家叫上海精工", "上海精工"),
        ("宝安区新科皮革制品厂,审核师4个", "宝安区新科皮革制品厂"),
        ("深圳市华强电镀有限公司,强制审核", "深圳市华强电镀有限公司"),
        ("Our company is called Blue Sky Ltd.", "Blue Sky Ltd"),
    ],
)
def test_takes_a_name_that_is_theirs(companies: CompanyReader, said: str, name: str) -> None:
    assert companies.read(said, ()) == name


@pytest.mark.parametrize(
    "said",
    [
        "听说深圳市某某有限公司没过",
        "我们委托的深圳市安达咨询有限公司有5个大专",
        "我们公司叫什么",
        "换到强制看看",
        "我们公司有4个审核师",
        "另一家3个",
        "换一家公司",
        "换一家公司看看",
        "换回刚才那家公司",
        "那家公司呢",
        "我们是铅酸电池厂",
        "水泥厂,强制",
        "电镀,强制",
    ],
)
def test_other_words_name_no_company(companies: CompanyReader, said: str) -> None:
    assert companies.read(said, ()) is None


@pytest.mark.parametrize(
    "said", ["换到四海那家", "切换到四海电镀", "四海电镀,审核师4个", "四海电镀呢", "切到四海电度"]
)
def test_a_part_of_a_known_name_is_enough(companies: CompanyReader, said: str) -> None:
    assert companies.read(said, KNOWN) == KNOWN[0]


def test_a_trade_is_no_name_for_a_known_company(companies: CompanyReader) -> None:
    assert companies.read("电镀,强制", KNOWN) is None
    assert companies.read("深圳的要求", KNOWN) is None


def test_a_part_that_fits_two_is_neither(companies: CompanyReader) -> None:
    assert companies.read("深圳市呢", KNOWN) is None


@pytest.mark.parametrize("said", ["甲公司4个,乙公司3个", "A厂4个,B厂3个", "一家有4个审核师,另一家3个"])
def test_two_companies_in_one_message_are_told_apart(companies: CompanyReader, said: str) -> None:
    assert len(companies.several(said, ())) == 2
    assert companies.several("我们公司4个", ()) == ()

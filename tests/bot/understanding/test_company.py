from __future__ import annotations

import pytest

from bot.understanding.company import CompanyReader
from bot.understanding.lexicon import Lexicon
from tests.bot.understanding.conftest import Read

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
        ("帮宏达电镀看看能不能做咨询机构", "宏达电镀"),
        ("再替绿源节能核对一下,大专3个", "绿源节能"),
        ("看看嘉和咨询够不够", "嘉和咨询"),
        ("A厂自己做强制,审核师4个", "A厂"),
        ("乙公司呢", "乙公司"),
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


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("客户叫深圳市恒源电镀有限公司,审核师4个", "深圳市恒源电镀有限公司"),
        ("客户名字叫佳禾塑胶", "佳禾塑胶"),
        ("另外还有华塑公司,高工2个", "华塑公司"),
        ("先说金鹏公司,高工1个", "金鹏公司"),
        ("再说佳禾厂,社保3个", "佳禾厂"),
    ],
)
def test_takes_the_name_of_the_one_spoken_of_next(companies: CompanyReader, said: str, name: str) -> None:
    assert companies.read(said, ()) == name


@pytest.mark.parametrize(
    "said",
    [
        "客户叫王总",
        "客户叫我们先交材料",
        "先看公司够不够",
        "还有分公司",
        "先说说我们公司",
        "还有一家厂也要做",
        "改成每周一提醒",
    ],
)
def test_what_follows_is_not_always_a_name(companies: CompanyReader, said: str) -> None:
    assert companies.read(said, ()) is None


def test_a_known_company_is_called_by_the_first_signs_of_its_name(companies: CompanyReader) -> None:
    known = ("深圳市鹏远电子有限公司", "佳禾塑胶制品有限公司")
    assert companies.read("鹏远审核师4个", known) == known[0]
    assert companies.read("先说佳禾,大专3个", known) == known[1]


@pytest.mark.parametrize(
    ("known", "names"),
    [
        ((), ("鹏远", "佳禾")),
        (("深圳市鹏远电子有限公司", "佳禾塑胶厂"), ("深圳市鹏远电子有限公司", "佳禾塑胶厂")),
    ],
)
def test_two_side_by_side_are_asked_apart(read: Read, known: tuple[str, ...], names: tuple[str, ...]) -> None:
    understanding = read("鹏远社保5个，佳禾社保3个", companies=known)
    assert not understanding.facts
    assert [(doubt.kind, doubt.options) for doubt in understanding.doubts] == [("company", names)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("第一家深圳市恒信达科技有限公司,强制", "深圳市恒信达科技有限公司"),
        ("第二家是鹏源五金,也是强制的", "鹏源五金"),
        ("客户A:东方金属制品,强制", "东方金属制品"),
        ("宝安的新达塑胶,名单3月12日出", "新达塑胶"),
        ("再加一家 龙岗博雅包装", "龙岗博雅包装"),
        ("先说光明区的恒兴电镀厂,10月28号那批", "恒兴电镀厂"),
        ("然后是坪山那家,叫利达印刷,强制", "利达印刷"),
        ("第三个 沙井宏泰五金 名单还没看到", "沙井宏泰五金"),
        ("Second client is Blue River Printing, mandatory", "Blue River Printing"),
    ],
)
def test_takes_the_name_of_a_client_as_it_is_introduced(
    companies: CompanyReader, said: str, name: str
) -> None:
    assert companies.read(said, ()) == name


@pytest.mark.parametrize(
    "said",
    [
        "塑胶电镀,强制",
        "五金电镀是强制的吗",
        "我们做五金电镀,强制",
        "深圳印染,名单",
        "一般涂料,强制",
        "另外一家是做电镀的",
        "行业:五金电镀,强制",
        "第二家审核师3个",
        "客户是强制的",
    ],
)
def test_a_trade_names_no_client(companies: CompanyReader, said: str) -> None:
    assert companies.read(said, ()) is None


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("我管三家:瑞丰电镀、金海岸印染、联拓电子", ("瑞丰电镀", "金海岸印染", "联拓电子")),
        ("我有两家客户,分别是恒通和佳美", ("恒通", "佳美")),
        ("帮看看我们两个项目,鹏程纸业和华星印染", ("鹏程纸业", "华星印染")),
        ("我带两个厂,一个叫荣昌电镀,一个叫天成皮革", ("荣昌电镀", "天成皮革")),
        ("有三家咨询公司,分别是安达、绿源", ()),
        ("我们厂有电镀、五金、喷涂三个车间", ()),
        ("三家都有大专、审核师证", ()),
        ("两家:强制、自愿", ()),
    ],
)
def test_companies_in_a_row(companies: CompanyReader, said: str, names: tuple[str, ...]) -> None:
    assert companies.row(said, ()) == names


def test_a_known_company_is_named_behind_a_word_too(companies: CompanyReader) -> None:
    known = ("沙井信达线路板", "Golden Star Plating")
    assert companies.read("把信达删了", known) == known[0]
    assert companies.read("stop all reminders for Golden Star Plating", known) == known[1]
    assert companies.read("比信达早一个月", known) is None


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("手上三家:海川电镀、嘉和印染、永发皮革", ("海川电镀", "嘉和印染", "永发皮革")),
        ("我们代理了两家企业 海川电镀和嘉和印染", ("海川电镀", "嘉和印染")),
        ("手里有海川电镀、永发皮革两家", ("海川电镀", "永发皮革")),
        ("I look after two plants: Bright Plating and Delta Dyeing", ("Bright Plating", "Delta Dyeing")),
    ],
)
def test_a_conjunction_parts_names_and_may_stand_in_one(
    companies: CompanyReader, said: str, names: tuple[str, ...]
) -> None:
    assert companies.row(said, ()) == names


@pytest.mark.parametrize(
    "said",
    [
        "帮我们电镀厂看看够不够",
        "看看自愿咨询够不够",
        "帮我核对下咨询公司",
        "查一下排放检测能不能自己做",
        "查一下电镀是不是重点行业",
    ],
)
def test_who_is_to_be_looked_at_may_have_no_name(companies: CompanyReader, said: str) -> None:
    assert companies.read(said, ()) is None

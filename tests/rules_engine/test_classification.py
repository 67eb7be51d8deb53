"""Industries are found by the names that people use, and asked where two are near."""

import pytest

from rules_engine.loader import load

BOOK = load()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("铅酸电池厂", "heavy_metal"),
        ("我们做铅蓄电池的", "heavy_metal"),
        ("皮革厂", "heavy_metal"),
        ("涂料生产企业", "heavy_metal"),
        ("铜冶炼", "heavy_metal"),
        ("船厂", "overcapacity"),
        ("電解鋁", "overcapacity"),
        ("水泥有限公司", "overcapacity"),
        ("多晶硅", "overcapacity"),
        ("鋼鐵", "overcapacity"),
        ("电镀", "unlisted"),
        ("電鍍廠", "unlisted"),
        ("印染厂", "unlisted"),
        ("食品加工", "unlisted"),
        ("锂电池", "unlisted"),
        ("玻璃纤维厂", "unlisted"),
        ("水泥制品", "unlisted"),
        ("养蜂", "unlisted"),
        ("environmental services", "unlisted"),
        ("Iron works", "overcapacity"),
        ("lead-acid battery", "heavy_metal"),
        ("Shipyard", "overcapacity"),
        ("ｌｅａｄ-ａｃｉｄ", "heavy_metal"),
        ("铅蓄电迟", "heavy_metal"),
        ("钢铁和食品", "overcapacity"),
    ],
)
def test_names_that_people_use(text: str, value: str) -> None:
    assert BOOK.classify(text).value == value


@pytest.mark.parametrize("text", ["化工厂", "玻璃厂", "电池厂", "铝厂", "有色金属冶炼", "钢铁和铅蓄电池"])
def test_two_near_readings_are_asked(text: str) -> None:
    found = BOOK.classify(text)
    assert found.value is None
    assert len(found.candidates) >= 2


def test_the_name_that_matched_is_told() -> None:
    assert BOOK.classify("铅酸电池厂").matched == "铅酸电池"

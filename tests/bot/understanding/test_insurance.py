from __future__ import annotations

import pytest

from bot.understanding.insurance import InsuranceReader
from bot.understanding.lexicon import Lexicon

READER = InsuranceReader(Lexicon.load())


def test_reads_months_person_by_person() -> None:
    listed = READER.read("4人社保分别为15个月、14个月、6个月")
    assert listed is not None
    assert listed.months == (15, 14, 6)
    assert listed.rest == "4人社保分别为"


def test_one_length_is_no_list() -> None:
    assert READER.read("社保交了10个月") is None
    assert READER.read("社保4、审核师5") is None


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("社保4个人,分别交了26、18、9个月", (26, 18, 9)),
        ("老张社保交了三年,小刘一年半,小吴八个月", (36, 18, 8)),
        ("社保分别是两年、十个月", (24, 10)),
        ("小李社保14个月,小王社保6个月", (14, 6)),
        ("社保月数:12 13 24 6", (12, 13, 24, 6)),
        ("社保情况 小王一年半 小李两年 小张五个月", (18, 24, 5)),
        ("社保缴费月数:甲24,乙18,丙7", (24, 18, 7)),
        ("insured for 14, 20, 9 and 30 months", (14, 20, 9, 30)),
    ],
)
def test_years_names_and_bare_figures_are_months_too(said: str, months: tuple[int, ...]) -> None:
    listed = READER.read(said)
    assert listed is not None
    assert listed.months == months


@pytest.mark.parametrize(
    "said", ["社保满一年,证书有效期三年", "社保:3人满两年,1人满一年", "社保交了一年、两年的都有"]
)
def test_years_of_nobody_by_name_are_no_list(said: str) -> None:
    assert READER.read(said) is None

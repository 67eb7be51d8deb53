from __future__ import annotations

from bot.understanding.insurance import read_insurance


def test_reads_months_person_by_person() -> None:
    listed = read_insurance("4人社保分别为15个月、14个月、6个月")
    assert listed is not None
    assert listed.months == (15, 14, 6)
    assert listed.rest == "4人社保分别为"


def test_one_length_is_no_list() -> None:
    assert read_insurance("社保交了10个月") is None
    assert read_insurance("社保4、审核师5") is None

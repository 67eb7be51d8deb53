"""Rows and companies: by code, by the very same name, never by a name that is only near."""

from __future__ import annotations

import pytest

from bot.lists.matching import match
from bot.lists.names import normal
from storage.records import Company, ListedCompany
from tests.bot.lists.house import CODE, OTHER_CODE

NAME = "深圳市甲乙电镀有限公司"


def row(name: str = NAME, code: str = "") -> ListedCompany:
    """A row of a list."""
    return ListedCompany("r", "l", 2, name, code)


def matched(found: ListedCompany, *companies: Company) -> tuple[list[str], list[str]]:
    """Ids of the companies that match, and of those that are near."""
    result = match([found], companies)
    return [one.company.id for one in result.matches], [one.company.id for one in result.near]


@pytest.mark.parametrize(
    "name", [NAME, " 深圳市甲乙电镀 有限公司", "深圳市甲乙電鍍有限公司", "深圳市（甲乙）电镀有限公司"]
)
def test_the_very_same_name_matches(name: str) -> None:
    assert matched(row(), Company("a", name)) == (["a"], [])


def test_the_code_matches_whatever_the_name() -> None:
    assert matched(row(code=CODE), Company("a", "改名了", CODE), Company("b", "x")) == (["a"], [])


def test_another_code_speaks_against_the_same_name() -> None:
    assert matched(row(code=CODE), Company("a", NAME, OTHER_CODE))[0] == []


def test_a_code_on_one_side_only_leaves_it_to_the_name() -> None:
    assert matched(row(code=CODE), Company("a", NAME)) == (["a"], [])


def test_a_near_name_is_shown_and_not_matched() -> None:
    assert matched(row(), Company("a", "深圳市甲乙电镀有限责任公司")) == ([], ["a"])


def test_unnamed_and_other_companies_are_neither() -> None:
    assert matched(row(), Company("a"), Company("b", "广州丙丁印染厂")) == ([], [])


def test_a_company_of_two_contacts_with_own_records_matches_twice() -> None:
    assert matched(row(), Company("a", NAME), Company("b", NAME)) == (["a", "b"], [])


def test_names_are_compared_without_width_and_signs() -> None:
    assert normal("ＡＢＣ（深圳）Ltd.") == normal("abc深圳ltd")

"""The lexicon of rosters fits the rulebook, and what a row is is told by its name."""

from __future__ import annotations

import pytest

from bot.rosters.rows import ROSTER
from bot.rosters.words import EXPIRY, SINCE, is_person, means, table
from rules_engine.intake import take
from tests.bot.rosters.house import RULES

FIELDS = {column.name: column for column in RULES.facts[ROSTER].fields}


def test_every_field_of_the_rulebook_has_names_for_its_column() -> None:
    assert set(table("columns")) == {*FIELDS, SINCE, EXPIRY}
    assert set(table("template")["columns"]) == set(table("columns"))


@pytest.mark.parametrize("offered", ["offered", "offered_en"])
def test_what_the_template_offers_the_rulebook_takes(offered: str) -> None:
    for field, words in table(offered).items():
        for word in words:
            means_it = word in ("yes", "no") and FIELDS[field].type == "boolean"
            (record,) = take(RULES.facts, {ROSTER: [{"name": "-", field: word}]}).values.get(ROSTER, ({},))
            assert means_it or field in record, (field, word)


def test_the_example_fills_the_templates_columns() -> None:
    for cells in table("example").values():
        assert len(cells) == len(table("template")["columns"])
        assert not is_person(cells[0])


@pytest.mark.parametrize("name", ["张三", "Summer Li", "Noel", "注册员", "例伟"])
def test_people_are_people(name: str) -> None:
    assert is_person(name)


def test_signs_mean_what_they_mean() -> None:
    assert means("√", "yes")
    assert means("Yes", "yes")
    assert means("×", "no")
    assert not means("", "no")

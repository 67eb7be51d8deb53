"""A verdict can be defended line by line."""

from datetime import date

from rules_engine.loader import load
from rules_engine.model import Outcome

BOOK = load()
ON = date(2026, 11, 23)


def test_a_compound_requirement_shows_its_parts() -> None:
    facts = {"project_lead_senior_title": False, "external_expert": True}
    rows = {row.id: row for row in BOOK.check("self-audit-documents-voluntary", facts, ON).requirements}
    lead = rows["self_lead_title"]
    assert (lead.required, lead.given, lead.outcome) == (True, None, Outcome.UNKNOWN)
    assert [child.outcome for child in lead.children] == [Outcome.NOT_MET, Outcome.UNKNOWN]
    assert [child.outcome for child in lead.children[1].children] == [Outcome.MET, Outcome.UNKNOWN]
    assert lead.facts == ("project_lead_senior_title", "external_expert", "external_expert_senior_title")


def test_a_figure_says_since_when_it_applies() -> None:
    row = BOOK.check("guangdong-2010-provider", {"fulltime_senior_staff": 1}, ON).requirements[0]
    assert (row.required, row.given, row.since) == (2, 1, date(2010, 9, 1))


def test_a_loose_value_is_shown_as_it_was_said() -> None:
    row = BOOK.check("consultant-voluntary", {"degree_staff": {"min": 5}}, ON).requirements[0]
    assert (row.given, row.outcome) == ({"min": 5}, Outcome.MET)


def test_what_only_a_relation_bounds_is_shown_where_it_decides() -> None:
    rows = BOOK.check("consultant-voluntary", {"total_staff": 3}, ON).requirements
    assert (rows[0].given, rows[0].outcome) == ({"max": 3}, Outcome.NOT_MET)
    assert (rows[3].given, rows[3].outcome) == (None, Outcome.UNKNOWN)


def test_every_line_cites() -> None:
    for goal in BOOK.goals:
        assert all(row.citations for row in BOOK.check(goal, {}, ON).requirements)

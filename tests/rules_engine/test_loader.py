"""A rulebook with anything wrong in it is refused, each problem with file, line and name."""

from pathlib import Path

import pytest

from rules_engine.errors import RulebookInvalid
from rules_engine.loader import BUILT_IN, load, read_cases
from rules_engine.model import ScheduleRequest, Verdict
from tests.rules_engine.toy import DAY, POOL, POOL_CASES, write

AID = "test: {fact: first_aid, is: true}"
BOTH = "{requirement: guards}, {requirement: aid}"
EARLY = "{from: 2000-01-01, to: 2010-01-01, value: 1"


def problems(directory: Path, text: str, **options: object) -> tuple[str, ...]:
    with pytest.raises(RulebookInvalid) as refused:
        load(write(directory, text), **options)  # type: ignore[arg-type]
    return refused.value.problems


def test_another_fields_rulebook_works_without_code(tmp_path: Path) -> None:
    book = load(write(tmp_path))
    assert book.check("open-pool", {"lifeguards": 1, "first_aid": True}, DAY).fixes == ({"lifeguards": 2},)
    assert (
        book.check("open-pool", {"lifeguards": 1, "first_aid": True}, DAY.replace(year=2005)).verdict
        is Verdict.PASS
    )
    due = book.schedule(ScheduleRequest({"opened": "2020-08-31"}, DAY)).deadlines
    assert [item.due.isoformat() for item in due] == ["2021-02-28"]


def test_a_file_alone_is_a_rulebook_too(tmp_path: Path) -> None:
    assert load(write(tmp_path) / "pool.yaml").stamp.id == "pool"


def test_the_stamp_follows_the_content(tmp_path: Path) -> None:
    first = load(write(tmp_path)).stamp
    second = load(write(tmp_path, POOL + "# a remark\n" + POOL_CASES)).stamp
    assert (first.id, first.version) == (second.id, second.version)
    assert first.sha256 != second.sha256


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("    change: up\n    cost: 3", "    chnage: up\n    cost: 3", 12, "facts.lifeguards.chnage"),
        (AID, "test: {fact: first_aid, is: yes}", 45, "is: expected boolean, found 'yes'"),
        (AID, "test: {fact: first_ade, is: true}", 42, "fact first_ade is not defined"),
        (AID, "test: {fact: lifeguards, is: true}", 42, "does not suit lifeguards"),
        (AID, "test: {requirement: aid}", 42, "rests on itself: aid -> aid"),
        ("at_least: $lifeguards_needed", "at_least: $guards", 37, "parameter guards is not defined"),
        ("{from: 2010-01-01, value: 2", "{from: 2011-01-01, value: 2", 32, "leave a hole at 2011-01-01"),
        ("{from: 2010-01-01, value: 2", "{from: 2009-01-01, value: 2", 32, "overlap at 2009-01-01"),
        ("{from: 2010-01-01, value: 2", "{from: 2010-02-30, value: 2", 32, "2010-02-30 is no day"),
        (EARLY, EARLY.replace("2000", "2001"), 37, "no value on every day"),
        ("  staff:\n", "  lifeguards:\n", 14, "the key stands twice"),
        ("greater: staff}", "greater: opened}", 30, "cannot be compared"),
        (BOTH, BOTH.replace("aid", "ade"), 48, "requirement ade is not defined"),
        ("    citations: [pool#s2]\n", "", 47, "aid cites nothing"),
        ("trigger: opened", "trigger: staff", 55, "before does not suit staff"),
        ("add: {months: 6}", "add: 6", 59, "none of the forms"),
        ("rulebook: {id: pool, version: \"1\"}", "rulebok: {id: pool}", 2, "no word of the grammar"),
        ("facts:\n", "facts: [\n", 7, "expected"),
        ("    change: up\n    cost: 3", "    chnage: up\n    cost: 3", 12, "did you mean change?"),
    ],
)  # fmt: skip
def test_a_problem_names_file_line_and_what_is_wrong(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    found = problems(tmp_path, POOL.replace(old, new, 1))
    assert any(said in problem for problem in found), found
    place = next(problem for problem in found if said in problem)
    assert place.startswith("pool.yaml:")
    assert abs(int(place.split(":")[1]) - line) <= 2


CITED = (
    POOL.replace("{requirement: guards}", "{requirement: guards, citations: [pool#s9]}")
    + """
    rest_day: next_workday
    rest_day_citations: [pool#s4]
notes:
  reading: {text: {zh: 读, en: read}, citations: [pool#s5]}
tables:
  fees:
    keys: [first_aid]
    hit: unique
    rows:
      - {match: {first_aid: [true]}, value: low, citations: [pool#s6]}
      - {match: {first_aid: [false]}, value: high, citations: [pool#s7]}
consequences:
  shut: {text: {zh: 关, en: shut}, when: {fact: first_aid, is: false}, citations: [pool#s8]}
"""
)


@pytest.mark.parametrize(
    ("cited", "where"),
    [
        ("pool", "open-pool"),
        ("pool", "pool"),
        ("pool#s1", "lifeguards_needed"),
        ("pool#s1", "guards"),
        ("pool#s2", "aid"),
        ("pool#s3", "inspection"),
        ("pool#s4", "inspection"),
        ("pool#s5", "reading"),
        ("pool#s6", "fees"),
        ("pool#s7", "fees"),
        ("pool#s8", "shut"),
        ("pool#s9", "open-pool"),
    ],
)
def test_a_citation_that_does_not_resolve_is_refused(tmp_path: Path, cited: str, where: str) -> None:
    found = problems(tmp_path, CITED, resolves=lambda ref: ref != cited)
    assert f"{where}: citation {cited} does not resolve" in [said.partition(": ")[2] for said in found]
    assert all("does not resolve" in said for said in found)


def test_a_case_that_fails_is_refused(tmp_path: Path) -> None:
    found = problems(tmp_path, POOL + POOL_CASES.replace("lifeguards: 2", "lifeguards: null"))
    assert found == (
        "pool.yaml:64: two guards: missing: expected ['first_aid'], found ['lifeguards', 'first_aid']",
    )


def test_cases_can_be_left_unproved(tmp_path: Path) -> None:
    text = POOL + POOL_CASES.replace("lifeguards: 2", "lifeguards: null")
    assert load(write(tmp_path, text), prove=False).stamp.id == "pool"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lifeguards: 2", "lifeguard: 2"),
        ("goal: open-pool", "goal: close-pool"),
        ("2020-01-01", "2020-13-01"),
    ],
)
def test_a_case_about_nothing_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert problems(tmp_path, POOL + POOL_CASES.replace(old, new))[0].startswith("pool.yaml:64: two guards")


def test_figures_and_requirements_that_nothing_uses_are_refused(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        POOL.replace("demands: [{requirement: guards}, {requirement: aid}]", "demands: [{requirement: aid}]"),
    )
    assert [problem.split(": ", 1)[1] for problem in found] == ["guards: no goal demands it"]


def test_an_empty_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookInvalid):
        load(tmp_path)


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    broken = POOL.replace("change: up", "change: sideways").replace("is: true", "is: maybe")
    assert len(problems(tmp_path, broken)) == 4


def test_the_built_in_rulebook_carries_its_cases() -> None:
    assert len(read_cases(BUILT_IN)) >= 150


def test_an_operators_year_of_rest_days_is_used(tmp_path: Path) -> None:
    year = "year: 2027\nnotice: 国办发明电〔2026〕9号\nholidays: [2027-01-01]\nworkdays: [2027-01-31]\n"
    (tmp_path / "2027.yaml").write_text(year, encoding="utf-8")
    due = load(holidays=tmp_path).schedule(ScheduleRequest({"list_published": "2026-01-31"}, DAY)).deadlines
    assert due[2].effective == due[2].due


def test_a_broken_year_of_rest_days_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2027.yaml").write_text("year: 2027\nholidays: [2026-01-01]\n", encoding="utf-8")
    with pytest.raises(RulebookInvalid, match=r"2027\.yaml:1"):
        load(holidays=tmp_path)


def test_the_values_of_a_figure_may_stand_in_any_order(tmp_path: Path) -> None:
    early, late = (
        line
        for line in POOL.splitlines(keepends=True)
        if "value: " in line and "citations: [pool#s1]" in line
    )
    turned = POOL.replace(early + late, late + early)
    assert turned != POOL
    periods = load(write(tmp_path, turned)).rules.parts.parameters["lifeguards_needed"].periods
    assert [period.value for period in periods] == [1, 2]

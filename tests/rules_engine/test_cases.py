"""The rulebook's own examples are tried and counted."""

from pathlib import Path

from rules_engine.cases import run_cases
from rules_engine.loader import load, read_cases
from tests.rules_engine.toy import POOL, write

CASES = """---
cases:
  - name: open
    goal: open-pool
    on: 2020-01-01
    facts: {lifeguards: 2, first_aid: true}
    expect: {verdict: pass}
  - name: late
    today: 2020-12-31
    facts: {opened: 2020-06-30}
    expect: {due: {inspection: 2020-12-30}, status: {inspection: overdue}, days_left: {inspection: -1}}
  - name: wrong
    goal: open-pool
    on: 2020-01-01
    facts: {lifeguards: 1}
    expect: {verdict: pass, colour: red}
"""


def test_failures_name_file_line_and_difference(tmp_path: Path) -> None:
    directory = write(tmp_path, POOL + CASES)
    book = load(directory, prove=False)
    trial = run_cases(book, read_cases(directory))
    assert trial.count == 3
    assert trial.failures == ["pool.yaml:73: wrong: KeyError: 'colour'"]


def test_coverage_names_outcomes_never_seen(tmp_path: Path) -> None:
    directory = write(tmp_path, POOL + CASES)
    book = load(directory, prove=False)
    trial = run_cases(book, read_cases(directory))
    assert trial.unseen(book) == [("open-pool", "guards", ("unknown",)), ("open-pool", "aid", ("not_met",))]

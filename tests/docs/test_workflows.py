"""What happens on a push and on a tag, and the forms for issues: readable, and naming what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.docs.pages import HOUSE

WORKFLOWS = sorted((HOUSE / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (HOUSE / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")


def _steps(path: Path) -> list[str]:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return [step.get("run", "") for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_runs_all_checks_before_anything_else(path: Path) -> None:
    (_, first, *_) = _steps(path)

    assert first == ".ci/run"
    assert (HOUSE / first).is_file()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_passes_nothing_whose_dependencies_could_not_be_audited(path: Path) -> None:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    [checked] = [step for job in jobs.values() for step in job["steps"] if step.get("run") == ".ci/run"]

    assert checked["env"] == {"XIZE_REQUIRE_AUDIT": "1"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_names_files_that_are_there(path: Path) -> None:
    for step in _steps(path):
        for name in re.findall(r"scripts/[\w-]+|\b[A-Z]+\.md", step):
            assert (HOUSE / name).is_file(), name


def test_a_release_is_made_by_a_tag_alone() -> None:
    [release] = [path for path in WORKFLOWS if path.stem == "release"]
    wanted = yaml.safe_load(release.read_text(encoding="utf-8"))[True]  # YAML reads "on" as true

    assert wanted == {"push": {"tags": ["v*"]}}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_something_and_requires_some_of_it(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    fields = form["body"]

    assert {"name", "description", "labels"} <= set(form)
    assert len({field["id"] for field in fields}) == len(fields)
    assert any(field.get("validations", {}).get("required") for field in fields)
    assert all(field["attributes"]["label"] for field in fields)

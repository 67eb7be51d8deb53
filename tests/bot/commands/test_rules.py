"""``xize rules`` lists, shows, tests, checks and prints the grammar."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from bot.commands.rules import rules
from tests.rules_engine.toy import POOL, POOL_CASES, write


def run(*arguments: str) -> Result:
    return CliRunner().invoke(rules, list(arguments))


def test_check_holds_citations_against_the_law_library() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "15 goals, no problems" in result.output


def test_check_names_what_does_not_resolve(tmp_path: Path) -> None:
    result = run("check", "--rulebook", str(write(tmp_path)))
    assert result.exit_code == 1
    assert "aid: citation pool#s2 does not resolve" in result.output


def test_test_prints_the_coverage() -> None:
    result = run("test")
    assert result.exit_code == 0, result.output
    assert "0 failed; 180 of 180 outcomes of 60 demands seen" in result.output


def test_test_fails_with_a_failing_case(tmp_path: Path) -> None:
    text = (POOL + POOL_CASES).replace("missing: [first_aid]", "missing: []")
    result = run("test", "--rulebook", str(write(tmp_path, _cited(text))))
    assert result.exit_code == 1
    assert "two guards" in result.output


def _cited(text: str) -> str:
    for address in ("pool#s1", "pool#s2", "pool#s3", "[pool]"):
        reference = "sz-rules-2018-draft"
        text = text.replace(address, f"[{reference}]" if address == "[pool]" else reference)
    return text


def test_list_names_every_goal() -> None:
    assert len(run("list").output.splitlines()) == 16


def test_show_quotes_the_clause() -> None:
    result = run("show", "consultant-voluntary")
    assert result.exit_code == 0, result.output
    assert "提供4名以上经国家或广东省清洁生产审核师培训合格人员的证书复印件" in result.output


def test_show_writes_a_word_document(tmp_path: Path) -> None:
    file = tmp_path / "goal.docx"
    assert run("show", "extension", "--docx", str(file)).exit_code == 0
    assert file.read_bytes()[:2] == b"PK"


def test_show_refuses_unknown_goals_and_days_without_rules() -> None:
    assert "did you mean extension" in run("show", "extention").output
    assert "no rule in force" in run("show", "extension", "--on", "2000-01-01").output


def test_schema_is_json_schema() -> None:
    schema = json.loads(run("schema").output)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["additionalProperties"] is False


def test_diff_puts_what_each_goal_demands_side_by_side() -> None:
    result = run("diff", "national-consultant", "consultant-voluntary@2018-09-10", "trained_auditors=3")
    assert result.exit_code == 0, result.output
    assert "| 清洁生产审核师培训合格人员 | – | 4 |" in result.output
    assert "| = | unknown | fail |" in result.output


def test_diff_names_an_unknown_goal_fact_or_day() -> None:
    for wrong in ("nope", "extension@2018-02-30"):
        assert run("diff", "extension", wrong).exit_code == 2
    assert "nope" in run("diff", "extension", "reapplication", "nope=1").output
    assert run("diff", "extension").exit_code == 2

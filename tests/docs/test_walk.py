"""The walk of docs/adding-a-regulation.md as an operator goes it: an installed product, settings alone."""

from __future__ import annotations

from pathlib import Path

from tests.docs.bench import Bench
from tests.docs.pages import HOUSE

WALK = HOUSE / "docs" / "walk"
IMPORT = "xize knowledge import rules.txt --id example-city-2026 --status in_force --effective 2026-01-01"


def test_an_operator_adds_text_and_rules_without_touching_the_product(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.run(IMPORT)
    bench.run(f"cp -r {HOUSE}/rules_engine/rulebook my-rules && cp {WALK}/90-example-city.yaml my-rules/")
    bench.environment["XIZE_RULEBOOK"] = "my-rules"

    assert "cases pass" in bench.run("xize preflight")
    assert "第四条（原文）" in bench.run("xize ask 示例市节水审核办法（试行）第四条")
    assert "节水审核员 2 / 3" in bench.run("xize check water-audit water_auditors=2 --on 2026-06-01")


def test_rules_that_cite_a_text_that_is_not_there_are_refused(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.run(f"cp -r {HOUSE}/rules_engine/rulebook my-rules && cp {WALK}/90-example-city.yaml my-rules/")
    bench.environment["XIZE_RULEBOOK"] = "my-rules"

    assert "example-city-2026#art_4 does not resolve" in bench.run("! xize preflight")

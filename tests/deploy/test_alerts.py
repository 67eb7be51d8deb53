"""Prometheus itself reads our files, and each alert fires when it should and only then.

It runs where there is a ``promtool`` on the path; elsewhere these tests are skipped.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest

from bot.monitoring.metrics import Metrics
from tests.deploy.dockerfile import HOUSE

PROMETHEUS = HOUSE / "deploy" / "prometheus"
RULES: list[dict[str, Any]] = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text(encoding="utf-8"))[
    "groups"
][0]["rules"]
HOURS = "2h"  # longer than any alert waits

# For each alert what Prometheus reads, a value a minute: when it must fire, and when it must not.
Series = dict[str, str]
SEEN: dict[str, tuple[list[Series], list[Series]]] = {
    "XizeDown": ([{'up{job="xize"}': "0+0x120"}], [{'up{job="xize"}': "1+0x120"}]),
    "XizeStoreDown": ([{"xize_store_up": "0+0x120"}], [{"xize_store_up": "1+0x120"}]),
    "XizeRemindersLate": ([{"xize_late": "1+0x120"}], [{"xize_late": "0+0x120"}]),
    "XizeChannelMisconfigured": (
        # It happens once, minutes ago.
        [{'xize_sends_total{channel="telegram",ending="misconfigured"}': "0+0x116 1+0x4"}],
        [{'xize_sends_total{channel="telegram",ending="misconfigured"}': "7+0x120"}],
    ),
    "XizeUncertain": (
        [{'xize_deliveries{state="uncertain"}': "1+0x120"}],
        [{'xize_deliveries{state="uncertain"}': "0+0x120", 'xize_deliveries{state="sent"}': "9+0x120"}],
    ),
    "XizeAnswersFail": (
        [
            {
                'xize_failures_total{channel="web"}': "0+6x120",
                'xize_messages_total{channel="web"}': "0+60x120",
            },
            {'xize_failures_total{channel="web"}': "0+6x120"},  # nobody gets any answer
        ],
        [
            {
                'xize_failures_total{channel="web"}': "0+2x120",
                'xize_messages_total{channel="web"}': "0+600x120",
            }
        ],
    ),
    "XizeSlow": (
        [
            {
                'xize_answer_seconds_bucket{le="0.25"}': "0+90x120",
                'xize_answer_seconds_bucket{le="0.5"}': "0+100x120",
                'xize_answer_seconds_bucket{le="+Inf"}': "0+100x120",
            }
        ],
        [
            {
                'xize_answer_seconds_bucket{le="0.1"}': "0+100x120",
                'xize_answer_seconds_bucket{le="0.25"}': "0+100x120",
                'xize_answer_seconds_bucket{le="+Inf"}': "0+100x120",
            }
        ],
    ),
    "XizeRateLimited": (
        [
            {'xize_http_responses_total{status="429"}': "0+120x120"},  # the web chat alone
            {'xize_refused_total{limit="messages"}': "0+120x120"},  # Telegram alone
        ],
        [
            {
                'xize_http_responses_total{status="429"}': "0+6x120",
                'xize_refused_total{limit="files"}': "0+6x120",
            }
        ],
    ),
    "XizeHolidaysRunOut": (
        [{"xize_holiday_days_left": "29+0x120"}],
        [{"xize_holiday_days_left": "40+0x120"}],
    ),
    "XizeReloadRefused": (
        [{'xize_reloads_total{outcome="refused"}': "0+0x116 1+0x4"}],
        [
            {
                'xize_reloads_total{outcome="taken"}': "0+1x120",
                'xize_reloads_total{outcome="refused"}': "0+0x120",
            }
        ],
    ),
}


@pytest.fixture
def promtool() -> str:
    """The program."""
    program = shutil.which("promtool")
    if program is None:
        pytest.skip("needs promtool")
    return program


def _accepted(*command: str, given: str | None = None) -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_every_alert_is_tried() -> None:
    assert list(SEEN) == [rule["alert"] for rule in RULES]


def test_prometheus_takes_the_rules_and_the_scraping(promtool: str, tmp_path: Path) -> None:
    scraping = yaml.safe_load((PROMETHEUS / "scrape.yml").read_text(encoding="utf-8"))
    whole = tmp_path / "prometheus.yml"
    whole.write_text(yaml.safe_dump({"scrape_configs": scraping}), encoding="utf-8")

    assert "SUCCESS" in _accepted(promtool, "check", "config", "--syntax-only", str(whole))
    assert f"{len(RULES)} rules found" in _accepted(
        promtool, "check", "rules", str(PROMETHEUS / "alerts.yml")
    )


def test_prometheus_finds_nothing_wrong_with_the_numbers(promtool: str) -> None:
    metrics = Metrics()
    metrics.serves("telegram")

    assert _accepted(promtool, "check", "metrics", given=generate_latest(metrics.registry).decode()) == ""


def test_an_alert_fires_when_it_should_and_only_then(promtool: str, tmp_path: Path) -> None:
    tried = [
        {
            "name": f"{rule['alert']} {'fires' if fires else 'is silent'}",
            "interval": "1m",
            "input_series": [{"series": name, "values": values} for name, values in series.items()],
            "alert_rule_test": [_expected(rule, series, fires=fires)],
        }
        for rule in RULES
        for fires, cases in zip((True, False), SEEN[rule["alert"]], strict=True)
        for series in cases
    ]
    file = tmp_path / "tried.yml"
    file.write_text(
        yaml.safe_dump({"rule_files": [str(PROMETHEUS / "alerts.yml")], "tests": tried}), encoding="utf-8"
    )

    assert "SUCCESS" in _accepted(promtool, "test", "rules", str(file))


def _expected(rule: dict[str, Any], series: Series, *, fires: bool) -> dict[str, Any]:
    """What Prometheus shows after two hours. An expression that sums nothing up keeps its series' labels."""
    bare = not rule["expr"].startswith(("sum", "max", "min", "(sum", "histogram"))
    (first, *_) = series
    labels = dict(yaml.safe_load(f"{{{_pairs(first)}}}")) if bare else {}
    shown = {"exp_labels": {**labels, **rule["labels"]}, "exp_annotations": rule["annotations"]}
    return {"eval_time": HOURS, "alertname": rule["alert"], "exp_alerts": [shown] if fires else []}


def _pairs(series: str) -> str:
    """``a="1",b="2"`` of a series as YAML."""
    inside = series.partition("{")[2].removesuffix("}")
    return ", ".join(pair.replace("=", ": ") for pair in inside.split(",") if pair)

"""Dashboard and alerts use exactly the names that the product tells: none invented, none forgotten."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.app import load_sources
from bot.messages import Intent, Reply
from bot.monitoring.metrics import Metrics
from bot.monitoring.standing import STATES, Standing
from bot.reminders.sending import Ending
from storage.opening import open_store
from tests.bot.talks import NOW
from tests.deploy.dockerfile import HOUSE

DEPLOY = HOUSE / "deploy"
_NAME = re.compile(r"\bxize_[a-z_]+\b")
_LABEL = re.compile(r'(\w+)="([^"]*)"')
_GROUPED = re.compile(r"by \(([^)]*)\)")
_MADE_BY_PROMETHEUS = {"job", "instance", "le"}


@pytest.fixture
async def told() -> dict[str, set[str]]:
    """Every series of a process in which everything has happened once: name -> labels."""
    store = open_store("sqlite:///:memory:")
    await store.open()
    metrics = Metrics()
    metrics.serves("web")
    standing = Standing(store, load_sources(), lambda: NOW, ZoneInfo("Asia/Shanghai"), metrics.registry)
    await standing.refresh()
    await store.close()
    metrics.answered("web", Reply(Intent.ABSTAIN, (), abstain="out_of_scope"), 0.1)
    metrics.failed("web")
    metrics.refused("messages")
    metrics.responded(429)
    metrics.reloaded(taken=False)
    metrics.purged("updates", 1)
    return {
        sample.name: set(sample.labels)
        for family in metrics.registry.collect()
        for sample in family.samples
        if not sample.name.endswith("_created")
    }


def _dashboard() -> list[str]:
    board = json.loads((DEPLOY / "grafana" / "xize.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in board["panels"] for target in panel["targets"]]


def _alerts() -> list[dict[str, str]]:
    tree = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in tree["groups"] for rule in group["rules"]]


def _expressions() -> Iterator[str]:
    yield from _dashboard()
    yield from (rule["expr"] for rule in _alerts())


def test_no_name_is_used_that_is_not_told(told: dict[str, set[str]]) -> None:
    used = {name for expression in _expressions() for name in _NAME.findall(expression)}

    assert used - set(told) == set()


def test_every_name_that_is_told_is_on_the_dashboard(told: dict[str, set[str]]) -> None:
    shown = {name for expression in _expressions() for name in _NAME.findall(expression)}
    needed = {name for name in told if not name.endswith(("_sum", "_count"))}

    assert needed - shown == set()


def test_no_label_is_used_that_is_not_told(told: dict[str, set[str]]) -> None:
    known = set().union(*told.values()) | _MADE_BY_PROMETHEUS
    for expression in _expressions():
        labels = {name for name, _ in _LABEL.findall(expression)}
        for grouped in _GROUPED.findall(expression):
            labels |= {name.strip() for name in grouped.split(",")}
        assert labels <= known, expression


def test_a_value_of_a_label_that_is_waited_for_can_come() -> None:
    values = {
        "state": set(STATES),
        "ending": {ending.value for ending in Ending},
        "status": {"429"},
        "outcome": {"taken", "refused"},
        "job": {"xize"},
    }
    for expression in _expressions():
        for label, value in _LABEL.findall(expression):
            assert value in values[label], expression


def test_every_alert_says_what_to_do() -> None:
    for rule in _alerts():
        assert rule["annotations"]["todo"], rule["alert"]
        assert rule["labels"]["severity"] in ("page", "look")


def test_every_panel_has_a_place_of_its_own() -> None:
    board = json.loads((DEPLOY / "grafana" / "xize.json").read_text(encoding="utf-8"))
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]

    assert len(set(places)) == len(places)
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])

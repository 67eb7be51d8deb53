"""What a process counts, and that no label can hold what a user said."""

from __future__ import annotations

import pytest

from bot.messages import Intent, Reply, Text
from bot.monitoring.metrics import Metrics
from bot.reminders.sending import Ending


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def _value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def test_an_answer_counts_by_channel_and_intent_with_its_time(metrics: Metrics) -> None:
    metrics.answered("web", Reply(Intent.LOOKUP, (Text("x"),)), 0.02)

    assert _value(metrics, "xize_messages_total", channel="web") == 1
    assert _value(metrics, "xize_answers_total", intent="lookup") == 1
    assert _value(metrics, "xize_answer_seconds_bucket", channel="web", le="0.025") == 1
    assert _value(metrics, "xize_abstentions_total", kind="out_of_scope") is None


def test_an_abstention_counts_by_its_kind(metrics: Metrics) -> None:
    metrics.answered("web", Reply(Intent.ABSTAIN, (Text("x"),), abstain="out_of_range"), 0.02)

    assert _value(metrics, "xize_abstentions_total", kind="out_of_range") == 1


def test_sends_count_by_how_they_ended(metrics: Metrics) -> None:
    metrics.sent("web", Ending.SENT)

    assert _value(metrics, "xize_sends_total", channel="web", ending="sent") == 1


def test_what_is_alerted_upon_is_there_before_it_happens(metrics: Metrics) -> None:
    metrics.serves("telegram")

    assert _value(metrics, "xize_messages_total", channel="telegram") == 0
    assert _value(metrics, "xize_failures_total", channel="telegram") == 0
    for ending in Ending:
        assert _value(metrics, "xize_sends_total", channel="telegram", ending=ending.value) == 0
    assert _value(metrics, "xize_reloads_total", outcome="refused") == 0
    assert _value(metrics, "xize_http_responses_total", status="429") == 0


def test_the_build_is_told(metrics: Metrics) -> None:
    (build,) = (family for family in metrics.registry.collect() if family.name == "xize_build_info")

    assert build.samples[0].labels["version"]


def test_two_processes_in_one_do_not_share_numbers() -> None:
    first, second = Metrics(), Metrics()
    first.failed("web")

    assert _value(second, "xize_failures_total", channel="web") is None

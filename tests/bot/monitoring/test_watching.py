"""Looking on changes nothing, counts everything, and ties the log lines of a message together."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import set_up_logging, trace_of
from bot.messages import Incoming, Intent, Reply, Text
from bot.monitoring.metrics import Metrics
from bot.monitoring.watching import WatchedAssistant, WatchedSender
from bot.reminders.sending import Ending, SendResult
from storage.errors import Conflict
from tests.bot.talks import NOW
from tests.bot.whole_house import open_whole_house

SAID = Incoming("web:1", NOW, text="第十条", update="web:1:m1")


class Answers:
    """An assistant that says, or raises, what the test wants."""

    def __init__(self, outcome: Reply | Exception) -> None:
        self.outcome = outcome

    async def respond(self, incoming: Incoming) -> Reply:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.fixture
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def _count(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


async def test_the_answer_is_the_assistants() -> None:
    metrics, reply = Metrics(), Reply(Intent.LOOKUP, (Text("x"),))

    assert await WatchedAssistant(Answers(reply), metrics).respond(SAID) is reply
    assert _count(metrics, "xize_answers_total", intent="lookup") == 1


async def test_a_failure_is_counted_and_goes_on() -> None:
    metrics = Metrics()
    with pytest.raises(ValueError, match="broken"):
        await WatchedAssistant(Answers(ValueError("broken")), metrics).respond(SAID)

    assert _count(metrics, "xize_failures_total", channel="web") == 1


async def test_a_repeated_update_is_no_failure() -> None:
    metrics = Metrics()
    with pytest.raises(Conflict):
        await WatchedAssistant(Answers(Conflict("done")), metrics).respond(SAID)

    assert _count(metrics, "xize_failures_total", channel="web") is None


class Sends:
    """A sender that ends each send as it was told to."""

    channel = "web"

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        return SendResult(Ending.UNCERTAIN)


async def test_a_send_counts_by_its_ending() -> None:
    metrics = Metrics()
    result = await WatchedSender(Sends(), metrics).send("web:1", Reply(Intent.HELP, ()), delivery_id=7)

    assert result.ending is Ending.UNCERTAIN
    assert _count(metrics, "xize_sends_total", channel="web", ending="uncertain") == 1


@pytest.mark.usefixtures("_logging_as_before")
async def test_one_trace_runs_from_the_update_to_its_delivery(capsys: pytest.CaptureFixture[str]) -> None:
    async with open_whole_house() as house:
        metrics = Metrics()
        house.assistant = WatchedAssistant(house.assistant, metrics)  # type: ignore[assignment]
        senders = house.dispatcher._senders
        senders["web"] = WatchedSender(senders["web"], metrics)
        set_up_logging("json", "INFO")
        await house.says("web:ab", "第十条讲什么")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    traces = {line["message"].partition(" ")[0]: line.get("trace") for line in lines}
    assert traces["answered"] == traces["delivery"] == trace_of("web:ab:1")
    assert "第十条" not in json.dumps(lines, ensure_ascii=False)

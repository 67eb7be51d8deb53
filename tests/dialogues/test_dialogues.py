"""Scripted talks, each held whole with the product's own machine interface, in one process."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from bot.app import load_reader, load_sources
from bot.assistant import Assistant
from bot.channels.contract import converse_as_json
from bot.messages import Incoming
from storage.opening import open_store
from tests.evaluation.running import run_dialogues
from tests.evaluation.sets import Entry, dialogues

DIALOGUES = dialogues()


class InProcess:
    """Answers requests as ``converse --jsonl`` does, without a process for it."""

    def __init__(self) -> None:
        numbers = count()
        self._runner = asyncio.Runner()
        self._store = open_store("sqlite:///:memory:")
        self._runner.run(self._store.open())
        self._assistant = Assistant(
            load_sources(), load_reader(), self._store, new_id=lambda: f"id{next(numbers)}"
        )

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """One request, its one reply."""
        incoming = Incoming(
            f"jsonl:{request['chat']}",
            datetime.fromisoformat(request["now"]),
            text=request.get("text"),
            tap=request.get("tap"),
        )
        reply = self._runner.run(self._assistant.respond(incoming))
        return dict(converse_as_json(request["chat"], reply))

    def close(self) -> None:
        """Let go of the store."""
        self._runner.run(self._store.close())
        self._runner.close()


@pytest.fixture(scope="module")
def product() -> Iterator[InProcess]:
    product = InProcess()
    yield product
    product.close()


def test_there_are_enough_talks_to_mean_something() -> None:
    assert len(DIALOGUES) >= 40
    assert len({entry["id"] for entry in DIALOGUES}) == len(DIALOGUES)


@pytest.mark.parametrize("entry", DIALOGUES, ids=lambda entry: entry["id"])
def test_the_talk_goes_as_written(product: InProcess, entry: Entry) -> None:
    faults = [
        f"{outcome.text}: {'; '.join(outcome.faults)}"
        for outcome in run_dialogues(product, [entry])
        if outcome.label != "right"
    ]

    assert not faults, "\n".join(faults)

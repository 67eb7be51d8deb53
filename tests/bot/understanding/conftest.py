"""One reader for all tests of the room, and a short way to read a message on a fixed day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app import load_reader
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadingContext, Understanding

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))

Read = Callable[..., Understanding]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def read() -> Read:
    reader = load_reader()

    def read(text: str, **context: Any) -> Understanding:
        return reader.read(text, ReadingContext(now=NOW, **context))

    return read


@pytest.fixture(scope="session")
def facts(read: Read) -> Callable[..., dict[str, Any]]:
    def facts(text: str, **context: Any) -> dict[str, Any]:
        return {fact.name: fact.value for fact in read(text, **context).facts}

    return facts

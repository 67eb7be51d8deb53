"""Logging: text on a terminal, JSON otherwise. Secrets are struck out wherever they turn up, what users
said is left out, and every line tells which update or delivery it belongs to."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal

# A Bot API URL carries the token in its path; httpx logs whole URLs at INFO.
_TOKEN = re.compile(r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{10,}|(?<=/bot)\d+:[A-Za-z0-9_-]+")
_STRUCK = (
    (_TOKEN, "<token>"),
    (re.compile(r"(?<=://)([^/\s:@]*):[^/\s@]+@"), r"\1:***@"),  # a password in an address
    (re.compile(r"(?i)(\bbearer\s+)[^\s\"',]+"), r"\1***"),
    (re.compile(r"(?i)\b((?:token|secret|password|key|signature)=)[^&\s\"']+"), r"\1***"),
    (re.compile(r"(/calendar/|\bjoin[_=])[\w-]{16,}"), r"\1***"),  # who has the address has the calendar
    (re.compile(r"\b(web:[0-9a-f]{8})[0-9a-f]{24}\b"), r"\1"),  # the rest of a chat's id tells nobody more
)
_NOISY = ("httpx", "httpcore", "telegram", "uvicorn.access", "asyncio")
_SHORTEST_SECRET = 6  # a shorter one would strike out ordinary words
_OURS = ("bot.", "knowledge.", "rules_engine.", "storage.")  # whose errors never repeat what was said
_ANSWER_TO = re.compile(r"u(.+):[^:]+")  # a reply's dedupe key holds the id of the update it answers

_trace: ContextVar[str] = ContextVar("trace", default="")


def redact(text: str) -> str:
    """The text with tokens, passwords in addresses and other credentials struck out."""
    for pattern, instead in _STRUCK:
        text = pattern.sub(instead, text)
    return text


def trace_of(key: str) -> str:
    """The trace of an update's id or a delivery's dedupe key: the same for an update and its answer. A hash,
    so that a log tells which lines belong together and not who spoke."""
    answer = _ANSWER_TO.fullmatch(key)
    return hashlib.sha256((answer[1] if answer else key).encode()).hexdigest()[:16]


@contextmanager
def following(key: str) -> Iterator[None]:
    """Lines logged inside belong to this update or delivery."""
    before = _trace.set(trace_of(key))
    try:
        yield
    finally:
        _trace.reset(before)


class _Formatter(logging.Formatter):
    """Strikes out secrets, and of other people's errors shows where and what kind, not what they say:
    a library's message may repeat a user's words. At level DEBUG it shows them."""

    def __init__(self, form: str, dates: str, secrets: Iterable[str], *, reveals: bool) -> None:
        super().__init__(form, dates)
        known = sorted({secret for secret in secrets if len(secret) >= _SHORTEST_SECRET}, key=len)
        self._secrets = re.compile("|".join(map(re.escape, reversed(known)))) if known else None
        self._reveals = reveals

    def format(self, record: logging.LogRecord) -> str:
        return self._redacted(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        if self._reveals or ei[1] is None:
            return super().formatException(ei)
        return "\n".join(_told(ei[1]))

    def _redacted(self, text: str) -> str:
        text = redact(text)
        return self._secrets.sub("***", text) if self._secrets is not None else text

    def _message(self, record: logging.LogRecord) -> str:
        # What asyncio appends shows the error of a task, words and all; the cause tells it better.
        text = record.getMessage()
        return text if self._reveals or record.name != "asyncio" else text.partition("\n")[0]


class _TextFormatter(_Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        record.message = self._message(record)
        return super().formatMessage(record)


class _JsonFormatter(_Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "room": record.name,
            "message": self._redacted(self._message(record)),  # each value, so that the line stays JSON
        }
        if trace := _trace.get():
            entry["trace"] = trace
        if record.exc_info:
            entry["cause"] = self._redacted(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def _told(error: BaseException) -> Iterator[str]:
    """An error and those behind it, the first cause first."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind is not None:
        yield from _told(behind)
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    yield _named(error)
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _told(part)


def _named(error: BaseException) -> str:
    kind = type(error)
    if kind.__module__.startswith(_OURS):
        return f"{kind.__module__}.{kind.__qualname__}: {error}"
    if isinstance(error, OSError) and error.strerror:
        return (
            f"{kind.__qualname__}: {error.strerror}"  # without the file's name, which a user may have given
        )
    return kind.__qualname__


def set_up_logging(form: Literal["text", "json"] | None, level: str, secrets: Iterable[str] = ()) -> None:
    """Log to standard error. ``form`` None: text on a terminal, JSON otherwise. ``secrets`` are struck out
    wherever they stand."""
    handler = logging.StreamHandler(sys.stderr)
    text = form == "text" or (form is None and sys.stderr.isatty())
    kind = _TextFormatter if text else _JsonFormatter
    form_of_line = "%(asctime)s %(levelname)-7s %(name)s  %(message)s"
    handler.setFormatter(kind(form_of_line, "%H:%M:%S", tuple(secrets), reveals=level == "DEBUG"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)

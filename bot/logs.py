"""Logging: text on a terminal, JSON otherwise; secrets are struck out wherever they turn up."""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import Literal

# A Bot API URL carries the token in its path; httpx logs whole URLs at INFO.
_TOKEN = re.compile(r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{10,}|(?<=/bot)\d+:[A-Za-z0-9_-]+")
_NOISY = ("httpx", "httpcore", "telegram", "uvicorn.access", "asyncio")


def redact(text: str) -> str:
    """The text with anything that looks like a Telegram token struck out."""
    return _TOKEN.sub("<token>", text)


class _TextFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "room": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["cause"] = self.formatException(record.exc_info)
        return redact(json.dumps(entry, ensure_ascii=False))


def set_up_logging(form: Literal["text", "json"] | None, level: str) -> None:
    """Log to standard error. ``form`` None: text on a terminal, JSON otherwise."""
    handler = logging.StreamHandler(sys.stderr)
    text = form == "text" or (form is None and sys.stderr.isatty())
    handler.setFormatter(
        _TextFormatter("%(asctime)s %(levelname)-7s %(name)s  %(message)s", "%H:%M:%S")
        if text
        else _JsonFormatter()
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)

"""One JSON object a line in, one out: the machine interface's frame and its errors."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TextIO

log = logging.getLogger(__name__)

Handler = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class LineError(Exception):
    """A line that cannot be served: ``code`` for machines, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def serve_lines(lines: Iterable[str], out: TextIO, handle: Handler) -> None:
    """Answer each line in order, flushed; a line that fails gives an error object and the next goes on."""
    for line in lines:
        if line.strip():
            print(json.dumps(_answered(line, handle), ensure_ascii=False), file=out, flush=True)


def _answered(line: str, handle: Handler) -> Mapping[str, Any]:
    try:
        return handle(read_object(line))
    except LineError as error:
        return _error(error.code, str(error))
    except Exception:
        log.exception("a line could not be served")
        return _error("internal", "this line could not be served; the cause is in the log")


def read_object(line: str) -> Mapping[str, Any]:
    """The JSON object that a text holds. Raises LineError for anything else, also for what could not be
    answered: numbers and texts that JSON does not have."""
    try:
        value = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise LineError("malformed", f"not a JSON object: {error}") from None
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise LineError("malformed", "not a JSON object: a text in it is no Unicode") from None
    if not isinstance(value, dict):
        raise LineError("malformed", "not a JSON object")
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


def take(
    given: Mapping[str, Any], known: Mapping[str, type | tuple[type, ...]], required: Iterable[str] = ()
) -> None:
    """Refuse unknown keys, wrong types and missing keys, by name. Null stands for absent."""
    for key, value in given.items():
        if key not in known:
            raise LineError("unknown_key", f"unknown key: {key}")
        kinds = known[key] if isinstance(known[key], tuple) else (known[key],)
        wrong_bool = isinstance(value, bool) and bool not in kinds  # type: ignore[operator]
        if value is not None and (wrong_bool or not isinstance(value, kinds)):
            raise LineError("wrong_type", f"{key}: wrong type {type(value).__name__}")
    for key in required:
        if given.get(key) is None:
            raise LineError("missing_key", f"missing key: {key}")


def as_day(key: str, text: Any) -> date:
    """An ISO day. Raises LineError naming the key."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise LineError("no_such_day", f"{key}: no such day: {text!r}") from None


def as_moment(key: str, text: Any) -> datetime:
    """An ISO time with its offset. Raises LineError naming the key."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise LineError("no_such_time", f"{key}: no such time: {text!r}") from None
    if moment.tzinfo is None:
        raise LineError("no_such_time", f"{key}: the time needs an offset such as +08:00")
    return moment

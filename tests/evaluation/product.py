"""The product under evaluation: one process per command, one JSON object a line each way."""

from __future__ import annotations

import json
import subprocess
import sys
from types import TracebackType
from typing import Any

Reply = dict[str, Any]


class CannotRunError(Exception):
    """The product did not start, or ended before it answered."""


class Product:
    """``python -m bot COMMAND --jsonl`` as a conversation of lines. Use as a context manager."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", command, "--jsonl"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Product:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._process
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def ask(self, request: Reply) -> Reply:
        """One request, its one reply. Raises CannotRunError when the process is gone or speaks no JSON."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise CannotRunError(self._command)
        try:
            stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
            stdin.flush()
        except BrokenPipeError as error:
            raise CannotRunError(f"bot {self._command} --jsonl ended early") from error
        line = stdout.readline()
        if not line:
            raise CannotRunError(f"bot {self._command} --jsonl gave no answer")
        try:
            reply = json.loads(line)
        except json.JSONDecodeError as error:
            raise CannotRunError(f"bot {self._command} --jsonl: no JSON: {line[:200]!r}") from error
        if not isinstance(reply, dict):
            raise CannotRunError(f"bot {self._command} --jsonl: no JSON object: {line[:200]!r}")
        return reply

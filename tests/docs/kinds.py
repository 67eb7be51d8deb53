"""How a test tries a command of a document. A command of a new kind belongs into this table before it may
stand in a document."""

from __future__ import annotations

import re
from enum import Enum


class Kind(Enum):
    """Ways to try a command."""

    RUN = "runs to its end, without an error"
    SERVE = "goes on until it is stopped: started, asked whether it is ready, stopped"
    XIZE_HELD = "has a placeholder: its options are read, nothing happens"
    MAKE = "a target that the Makefile has"
    COMPOSE = "needs a container engine: its services and profiles are in compose.yaml"
    MACHINE = "changes the machine: the files of ours that it names exist"
    LITESTREAM = "tests/deploy/test_litestream.py carries it out"
    API = "a request: tests/bot/api/test_docs.py sends it"


_XIZE = r"(?:\S*/)?xize\b"
_SETTINGS = r"(?:[A-Z_]+=(?:'[^']*'|\S*) +)*"
_TABLE: tuple[tuple[str, Kind], ...] = (
    (rf"{_SETTINGS}{_XIZE} serve\b", Kind.SERVE),
    (rf"{_SETTINGS}{_XIZE}(?=.*(?:…|<\w+>))", Kind.XIZE_HELD),
    (rf"{_SETTINGS}{_XIZE} (?=.*&& /opt/)", Kind.MACHINE),
    (rf"{_SETTINGS}{_XIZE} ", Kind.RUN),
    (r"(?:echo|printf|cp|cat|sed|mkdir) ", Kind.RUN),
    (r"\.venv/bin/python - <<", Kind.RUN),
    (r"python3 -c ", Kind.RUN),
    (rf"{_SETTINGS}make [a-z]+", Kind.MAKE),
    (r"\.venv/bin/python -m (?:benchmarks|tests|pytest)", Kind.MACHINE),
    (r"docker compose ", Kind.COMPOSE),
    (r"litestream ", Kind.LITESTREAM),
    (r"(?:systemctl|install|git|python3 -m (?:venv|pipx)|/opt/xize/bin/pip) ", Kind.MACHINE),
    (r"curl ", Kind.API),
)  # fmt: skip


def kind_of(command: str) -> Kind:
    """How to try a command. Raises LookupError for one that is of no known kind."""
    for pattern, kind in _TABLE:
        if re.match(pattern, command):
            return kind
    raise LookupError(f"a command of no known kind: {command}")

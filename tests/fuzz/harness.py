"""One target under atheris, which watches what an input reaches: ``harness TARGET [libFuzzer's options]``, in
an environment that holds atheris. ``python -m tests.fuzz`` makes one and calls this."""

from __future__ import annotations

import sys

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["bot", "knowledge", "rules_engine"]):
    from tests.fuzz.bounds import within
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until libFuzzer's own options end it; a find ends it with its traceback."""
    target = TARGETS[sys.argv.pop(1)]

    def once(content: bytes) -> None:
        with within():
            target(content)

    atheris.Setup(sys.argv, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Experiments with real processes, real kills and a Telegram that fails: full by ``python -m tests.chaos``,
small in the suite. Everything stays on loopback and ends what it started."""

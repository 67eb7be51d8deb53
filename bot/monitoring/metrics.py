"""The numbers that a process counts itself: messages, answers, sends, HTTP answers. Labels are closed sets
(channels, intents, endings); a chat, a company or a word of a user is never one."""

from __future__ import annotations

import platform
from functools import partial
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bot.messages import Reply
from bot.reminders.sending import Ending

# Seconds. An answer takes a few milliseconds; the upper ones show a store in trouble.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """One process's counters, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        counter = partial(_counter, registry)
        self._messages = counter("xize_messages", "Messages taken in.", "channel")
        self._failures = counter(
            "xize_failures", "Messages whose answer failed; each is tried again.", "channel"
        )
        self._answers = counter("xize_answers", "Answers given.", "intent")
        self._abstentions = counter("xize_abstentions", "Answers that say: not in the sources.", "kind")
        self._seconds = Histogram(
            "xize_answer_seconds",
            "Time to work an answer out and keep it.",
            ["channel"],
            buckets=_BUCKETS,
            registry=registry,
        )
        self._sends = counter("xize_sends", "Sends by how they ended.", "channel", "ending")
        self._refused = counter(
            "xize_refused", "Messages over a chat's limit, not answered in full.", "limit"
        )
        self._responses = counter(
            "xize_http_responses", "HTTP answers by status; 429 is rate limiting.", "status"
        )
        self._reloads = counter("xize_reloads", "Corpus and rulebook loaded again.", "outcome")
        self._purged = counter("xize_purged_rows", "Rows removed because their time was over.", "kind")
        build = Gauge("xize_build_info", "What runs.", ["version", "python"], registry=registry)
        build.labels(version("xize"), platform.python_version()).set(1)
        # What begins with its first event shows no increase: a series that is to be alerted upon begins at 0.
        for outcome in ("taken", "refused"):
            self._reloads.labels(outcome)
        self._responses.labels("429")

    def serves(self, channel: str) -> None:
        """A channel is served: its numbers begin."""
        self._messages.labels(channel)
        self._failures.labels(channel)
        for ending in Ending:
            self._sends.labels(channel, ending.value)

    def answered(self, channel: str, reply: Reply, seconds: float) -> None:
        """A message was answered."""
        self._messages.labels(channel).inc()
        self._answers.labels(reply.intent.value).inc()
        if reply.abstain is not None:
            self._abstentions.labels(reply.abstain).inc()
        self._seconds.labels(channel).observe(seconds)

    def failed(self, channel: str) -> None:
        """A message could not be answered."""
        self._failures.labels(channel).inc()

    def sent(self, channel: str, ending: Ending) -> None:
        """A send came to an end."""
        self._sends.labels(channel, ending.value).inc()

    def refused(self, limit: str) -> None:
        """A chat was over a limit."""
        self._refused.labels(limit).inc()

    def responded(self, status: int) -> None:
        """An HTTP request was answered."""
        self._responses.labels(str(status)).inc()

    def reloaded(self, *, taken: bool) -> None:
        """Corpus and rulebook were loaded again."""
        self._reloads.labels("taken" if taken else "refused").inc()

    def purged(self, kind: str, rows: int) -> None:
        """Rows were removed."""
        self._purged.labels(kind).inc(rows)


def _counter(registry: CollectorRegistry, name: str, about: str, *labels: str) -> Counter:
    return Counter(name, about, labels, registry=registry)

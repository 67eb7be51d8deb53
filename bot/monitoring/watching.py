"""Looks on while messages are answered and sent: counts, times, and gives their log lines one trace."""

from __future__ import annotations

import logging
import time
from typing import Protocol

from bot.logs import following
from bot.messages import Incoming, Reply
from bot.monitoring.metrics import Metrics
from bot.reminders.sending import Sender, SendResult
from storage.errors import Conflict

log = logging.getLogger(__name__)


class Answering(Protocol):
    """Who answers: the assistant."""

    async def respond(self, incoming: Incoming) -> Reply:
        """Answer one message."""


class WatchedAssistant:
    """An assistant that is looked at."""

    def __init__(self, assistant: Answering, metrics: Metrics) -> None:
        self._assistant = assistant
        self._metrics = metrics

    async def respond(self, incoming: Incoming) -> Reply:
        """Answer one message; raises what the assistant raises."""
        channel = incoming.chat.partition(":")[0]
        with following(incoming.update or incoming.chat):
            started = time.perf_counter()
            try:
                reply = await self._assistant.respond(incoming)
            except Conflict:
                raise  # answered before: nothing failed
            except Exception:
                self._metrics.failed(channel)
                raise
            took = time.perf_counter() - started
            self._metrics.answered(channel, reply, took)
            log.info("answered on %s: %s in %.0f ms", channel, reply.abstain or reply.intent, took * 1000)
            return reply


class WatchedSender:
    """A sender that is looked at. The dispatcher has said which delivery the lines belong to."""

    def __init__(self, sender: Sender, metrics: Metrics) -> None:
        self._sender = sender
        self._metrics = metrics
        self.channel = sender.channel
        metrics.serves(self.channel)

    async def send(self, chat: str, reply: Reply, *, delivery_id: int) -> SendResult:
        """Send once, see Sender."""
        result = await self._sender.send(chat, reply, delivery_id=delivery_id)
        self._metrics.sent(self.channel, result.ending)
        log.info("delivery %d on %s: %s", delivery_id, self.channel, result.ending)
        return result

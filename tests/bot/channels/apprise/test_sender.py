"""Sending through apprise, to a server on loopback: what its yes and no come to."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.channels.apprise.sender import AppriseSender
from bot.errors import SettingsError
from bot.messages import Button, Intent, Reply, Text
from bot.reminders.sending import Ending

REPLY = Reply(
    Intent.REMINDERS, (Text("还有 7 天", "headline"), Text("去做")), buttons=(Button("已完成", "done:1"),)
)


class Mailbox:
    """A server that takes messages, and answers as told."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.status = 200
        self.delay = 0.0
        mailbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                mailbox.seen.append(json.loads(body))
                time.sleep(mailbox.delay)
                self.send_response(mailbox.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"json://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    thread = threading.Thread(target=box.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield box
    box.server.shutdown()
    thread.join()
    box.server.server_close()


async def send(address: str, chat: str = "notify:boss", **options: float) -> Ending:
    """Send the reminder; how that ended."""
    sender = AppriseSender({"boss": address}, **options)
    return (await sender.send(chat, REPLY, delivery_id=1)).ending


async def test_the_text_arrives_plain_with_its_first_line_as_title(mailbox: Mailbox) -> None:
    assert await send(mailbox.address) is Ending.SENT
    [message] = mailbox.seen
    assert (message["title"], message["message"]) == ("还有 7 天", "去做")


async def test_a_no_after_the_message_went_out_is_uncertain(mailbox: Mailbox) -> None:
    mailbox.status = 500
    assert await send(mailbox.address) is Ending.UNCERTAIN
    assert len(mailbox.seen) == 1


async def test_silence_is_uncertain(mailbox: Mailbox) -> None:
    mailbox.delay = 0.4
    assert await send(mailbox.address, timeout=0.1) is Ending.UNCERTAIN


async def test_a_refused_connection_is_certainly_not_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert await send(f"json://127.0.0.1:{port}/") is Ending.NOT_SENT


async def test_a_name_without_an_address_waits_for_the_operator(mailbox: Mailbox) -> None:
    assert await send(mailbox.address, "notify:other") is Ending.NOT_SENT
    assert mailbox.seen == []


async def test_an_empty_message_is_refused(mailbox: Mailbox) -> None:
    sender = AppriseSender({"boss": mailbox.address})
    result = await sender.send("notify:boss", Reply(Intent.REMINDERS, ()), delivery_id=1)
    assert result.ending is Ending.REFUSED


@pytest.mark.parametrize(
    "address",
    [
        "mailto://user:password@example.com",
        "dingtalk://abcdefgh",
        "wecombot://ABCD-1234-efgh",
        "feishu://abcd1234",
    ],
)
def test_the_usual_services_are_known(address: str) -> None:
    assert AppriseSender({"a": address}).channel == "notify"


def test_an_unknown_address_is_refused_without_showing_it() -> None:
    with pytest.raises(SettingsError, match="boss") as caught:
        AppriseSender({"boss": "nothing://secret"})
    assert "secret" not in str(caught.value)

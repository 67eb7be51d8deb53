"""What a process of this machine left behind when it was killed is free at once."""

from __future__ import annotations

import socket
import subprocess
import sys

from storage.opening import MEMORY, open_store
from storage.processes import process_name
from tests.storage.people import LEASE, NOW, delivery


def killed() -> str:
    """The name of a process that has ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return f"{socket.gethostname()}:{child.pid}:c0ffee"


async def test_what_a_killed_process_held_is_taken_back_before_its_lease_is_over() -> None:
    store, dead = open_store(MEMORY), killed()
    await store.open()
    await store.enqueue([delivery("a", chat="web:1"), delivery("b", chat="web:2")])
    begun, _ = await store.claim(dead, now=NOW, lease=LEASE, limit=2)
    assert await store.begin(begun, now=NOW)
    assert await store.recover(now=NOW) == (1, 1)
    await store.close()


async def test_what_a_running_process_holds_stays_with_it() -> None:
    store = open_store(MEMORY)
    await store.open()
    await store.enqueue([delivery("a")])
    await store.claim(process_name(), now=NOW, lease=LEASE, limit=1)
    assert await store.recover(now=NOW) == (0, 0)
    await store.close()


async def test_nobody_else_need_be_told_of_news() -> None:
    store, rung = open_store(MEMORY), list[bool]()
    await store.open()
    await store.attend(process_name(), lambda: rung.append(True))
    await store.ring()
    assert rung == []
    await store.close()

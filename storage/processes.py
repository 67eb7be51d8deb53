"""Names of processes that hold rows and roles, and whether one of this machine is gone."""

from __future__ import annotations

import os
import secrets
import socket

_OWN: set[str] = set()  # given out by this process


def process_name() -> str:
    """A name that nobody else has: host, process number, and some chance, for numbers are used again."""
    name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    _OWN.add(name)
    return name


def is_gone(name: str) -> bool:
    """Whether the process of this name is known to have ended; False for another machine's, or in doubt."""
    host, _, rest = name.partition(":")
    number, _, chance = rest.partition(":")
    if host != socket.gethostname() or not chance or not number.isdecimal() or name in _OWN:
        return False
    # Whoever had the number of this process before it is no more: a container's first is always 1.
    return int(number) == os.getpid() or not _runs(int(number))


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True

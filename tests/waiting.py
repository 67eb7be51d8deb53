"""Waiting for a service that was started as a process of its own."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress

import httpx

PATIENCE = 90  # seconds: a limit for broken machines, not a measurement
_PAUSE = 0.05


def well(address: str, process: subprocess.Popen[bytes]) -> httpx.Response | None:
    """The first good answer of an address; None when the process ends first, or patience.

    One client asks again and again: making one takes longer than asking, and the service needs the machine.
    """
    end = time.monotonic() + PATIENCE
    with httpx.Client(timeout=5) as client:
        while time.monotonic() < end and process.poll() is None:
            with suppress(httpx.TransportError):
                answer = client.get(address)
                if answer.status_code == httpx.codes.OK:
                    return answer
            time.sleep(_PAUSE)
    return None

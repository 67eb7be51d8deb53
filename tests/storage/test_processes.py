"""Names of processes: whose process has ended is known to be gone, in doubt nobody is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from storage.processes import is_gone, process_name

HOST = socket.gethostname()


def ended() -> int:
    """The number of a process that has ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_two_names_of_one_process_differ_and_both_live() -> None:
    first, second = process_name(), process_name()
    assert first != second
    assert not is_gone(first)
    assert not is_gone(second)


def test_a_process_that_has_ended_is_gone() -> None:
    assert is_gone(f"{HOST}:{ended()}:c0ffee")


def test_a_process_that_runs_is_not() -> None:
    assert not is_gone(f"{HOST}:{os.getppid()}:c0ffee")


def test_who_had_this_process_number_before_is_gone() -> None:
    assert is_gone(f"{HOST}:{os.getpid()}:c0ffee")


@pytest.mark.parametrize(
    "name", [f"not-{HOST}:{2**22 + 1}:c0ffee", "here", f"{HOST}:", f"{HOST}:x:c0ffee", ""]
)
def test_of_whom_nothing_can_be_known_nobody_says_that_he_is_gone(name: str) -> None:
    assert not is_gone(name)

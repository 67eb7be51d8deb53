from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from fastapi import Request

from bot.channels.web.payload import read_body
from bot.channels.web.problems import RefusedError

TOO_LARGE = RefusedError(413, "too_large", limit=1)


def sending(parts: Sequence[bytes], *, leaves: bool = False) -> Request:
    """A browser that sends these parts, and then is done or gone."""
    coming: list[dict[str, Any]] = [
        {"type": "http.request", "body": part, "more_body": leaves or place < len(parts) - 1}
        for place, part in enumerate(parts)
    ]
    if leaves:
        coming.append({"type": "http.disconnect"})

    async def receive() -> dict[str, Any]:
        return coming.pop(0)

    return Request({"type": "http", "method": "POST", "path": "/", "headers": []}, receive)


async def test_a_body_is_read_whole_up_to_its_limit() -> None:
    assert await read_body(sending([b"ab", b"cd"]), 4, TOO_LARGE) == b"abcd"


async def test_too_much_is_refused_before_it_is_all_there() -> None:
    with pytest.raises(RefusedError) as refused:
        await read_body(sending([b"ab", b"cd"], leaves=True), 3, TOO_LARGE)
    assert refused.value.status == 413


async def test_a_browser_that_leaves_is_no_error_of_ours() -> None:
    with pytest.raises(RefusedError) as refused:
        await read_body(sending([b"ab"], leaves=True), 100, TOO_LARGE)
    assert refused.value.status == 400

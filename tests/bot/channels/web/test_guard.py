from __future__ import annotations

import pytest
from fastapi import Request

from bot.channels.web.guard import HEADER, check_same_origin
from bot.channels.web.problems import RefusedError


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": raw})


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "same-origin"},
        {"host": "a:8080", "origin": "http://a:8080"},
        {"host": "inside", "origin": "https://chat.example.com"},
        {"host": "a"},
    ],
)
def test_our_own_page_passes(headers: dict[str, str]) -> None:
    check_same_origin(request(**headers, **{HEADER: "1"}), ["chat.example.com"])
    with pytest.raises(RefusedError):
        check_same_origin(request(**headers), ["chat.example.com"])


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site", "host": "a", "origin": "http://a"},
        {"host": "a:8080", "origin": "http://a"},
        {"host": "a", "origin": "http://a.evil.example"},
        {"host": "", "origin": "null"},
    ],
)
def test_other_pages_do_not(headers: dict[str, str]) -> None:
    with pytest.raises(RefusedError) as refused:
        check_same_origin(request(**headers, **{HEADER: "1"}))
    assert refused.value.status == 403

"""docs/api.md tells what there is: its requests are right ones, its addresses and tools are all of them."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import httpx

from bot.mcp.tools import TOOLS
from tests.bot.api.house import ApiHouse

DOCS = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
BASE = "http://127.0.0.1:8080/api/v1"


def _requests() -> list[tuple[str, list[str]]]:
    """Each curl command of the page: its address and its arguments."""
    commands = re.findall(r"^curl .*", DOCS.replace("\\\n", " "), re.MULTILINE)
    split = [shlex.split(command) for command in commands]
    return [(next(part for part in words if part.startswith("http")), words) for words in split]


async def test_every_request_of_the_page_is_served(api: httpx.AsyncClient) -> None:
    requests = _requests()
    assert len(requests) >= 6
    for address, words in requests:
        path = address.removeprefix(BASE)
        if "-d" in words:
            answer = await api.post(path, json=json.loads(words[words.index("-d") + 1]))
        elif "--data-urlencode" in words:
            name, _, value = words[words.index("--data-urlencode") + 1].partition("=")
            answer = await api.get(path, params={name: value})
        else:
            answer = await api.get(path)
        assert answer.status_code == 200, address


async def test_every_address_is_on_the_page(house: ApiHouse, api: httpx.AsyncClient) -> None:
    paths = (await api.get("/openapi.json")).json()["paths"]

    for path in paths:
        assert f"{path}" in DOCS or f"…/{path.rpartition('/')[2]}" in DOCS, path


def test_every_tool_is_on_the_page() -> None:
    assert all(f"`{name}`" in DOCS for name in TOOLS)

"""``xize mcp`` with the official client, over real standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError

from bot.app import load_sources
from bot.mcp.tools import TOOLS
from tests.bot.commands.test_serve import HOUSE, surroundings
from tests.waiting import PATIENCE


@asynccontextmanager
async def connected(folder: Path) -> AsyncIterator[Client]:
    """A client of a server that it started."""
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "bot", "mcp"], cwd=folder, env={"PYTHONPATH": str(HOUSE)}
    )
    async with Client(stdio_client(command)) as client:
        yield client


async def test_tools_and_instruments_over_one_connection(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == set(TOOLS)
        assert all(tool.output_schema for tool in tools.values())
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())

        clause = await client.call_tool("lookup_clause", {"question": "第二十一条"})
        assert _structured(clause)["statements"][0]["refs"] == ["sz-rules-2018-draft#art_21"]

        facts = {"degree_staff": 4, "trained_auditors": 3, "insured_staff": 4, "senior_title_staff": 1}
        check = await client.call_tool("check_requirements", {"goal": "consultant-voluntary", "facts": facts})
        assert (_structured(check)["verdict"], _structured(check)["fixes"]) == (
            "fail",
            [{"trained_auditors": 4}],
        )

        events = {"list_published": "2026-01-31"}
        dates = await client.call_tool("compute_deadlines", {"events": events, "today": "2026-02-10"})
        assert [row["due"] for row in _structured(dates)["deadlines"]] == [
            "2026-02-28",
            "2026-03-31",
            "2027-01-31",
        ]

        resources = (await client.list_resources()).resources
        assert {resource.name for resource in resources} == set(load_sources().library.instruments)
        text = (await client.read_resource(resources[0].uri)).contents[0]
        assert getattr(text, "text", "").startswith("# ")


async def test_what_cannot_be_served_is_said_and_the_talk_goes_on(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        for arguments, named in (
            ({"goal": "no-such-goal"}, "no-such-goal"),
            ({"gaol": "x"}, "gaol"),
            ({"goal": "consultant-voluntary", "facts": {"nope": 1}}, "nope"),
        ):
            refused = await client.call_tool("check_requirements", arguments)
            assert refused.is_error
            assert named in getattr(refused.content[0], "text", "")
        with pytest.raises(MCPError, match="no_such_tool"):
            await client.call_tool("no_such_tool", {})
        with pytest.raises(MCPError, match="nothing"):
            await client.read_resource("xize://instruments/nothing")

        assert not (await client.call_tool("lookup_clause", {"question": "第十条"})).is_error


def test_standard_output_holds_nothing_but_the_protocol(tmp_path: Path) -> None:
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot", "mcp"],
        cwd=tmp_path,
        env=surroundings(),
        input="no json\n" + json.dumps(hello) + "\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert all(line["jsonrpc"] == "2.0" for line in lines)
    assert next(line for line in lines if line.get("id") == 1)["result"]["serverInfo"]["name"] == "xize"
    assert "Traceback" not in done.stderr


def _structured(result: Any) -> dict[str, Any]:
    """The structured answer, which the text repeats."""
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    answer: dict[str, Any] = result.structured_content
    return answer

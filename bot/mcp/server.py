"""The protocol: tools and resources over standard input and output, and nothing else on the latter."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from bot.api.writing import written
from bot.channels.jsonl import LineError
from bot.mcp import instruments
from bot.mcp.tools import TOOLS
from bot.turn import Sources
from knowledge.errors import UnknownReference

log = logging.getLogger(__name__)

Context = ServerRequestContext[Any]
_LOOKS_ONLY = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


class Protocol:
    """Answers what clients ask."""

    def __init__(self, sources: Sources, today: Callable[[], date]) -> None:
        self._sources = sources
        self._today = today

    def server(self) -> Server[Any]:
        """A server that answers so."""
        return Server(
            "xize",
            version=version("xize"),
            title="Xize 细则",
            instructions="Answers rest on provisions: name the provision and its legal standing with each. "
            "Where a tool abstains, say that the sources are silent. This is information, not legal advice.",
            on_list_tools=self.tools,
            on_call_tool=self.call,
            on_list_resources=self.resources,
            on_read_resource=self.read,
        )

    async def tools(self, _: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        """Every tool with what it takes and gives."""
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=tool.name,
                    title=tool.title,
                    description=tool.description,
                    input_schema=tool.takes(self._sources.rulebook),
                    output_schema=tool.gives(),
                    annotations=_LOOKS_ONLY,
                )
                for tool in TOOLS.values()
            ]
        )

    async def call(self, _: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        """Use a tool. What it cannot serve is said in one sentence, for the model to mend."""
        if params.name not in TOOLS:
            raise MCPError(types.INVALID_PARAMS, f"There is no tool {params.name!r}.")
        try:
            answer = TOOLS[params.name].call(self._sources, params.arguments or {}, self._today())
        except LineError as error:
            return _failed(f"{error.code}: {error}")
        except Exception:
            log.exception("%s could not be served", params.name)
            return _failed("internal: something went wrong inside; the cause is in the log")
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=written(answer))], structured_content=answer
        )

    async def resources(
        self, _: Context, __: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        """Every instrument."""
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=instruments.address_of(one),
                    name=one.id,
                    title=one.title,
                    description=one.title_en or None,
                    mime_type="text/markdown",
                )
                for one in self._sources.library.instruments.values()
            ]
        )

    async def read(self, _: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        """One instrument."""
        address = str(params.uri)
        try:
            text = instruments.read(self._sources.library, address, self._today())
        except UnknownReference:
            raise MCPError(
                types.INVALID_PARAMS, f"There is no resource {address}.", {"uri": address}
            ) from None
        contents = types.TextResourceContents(uri=params.uri, mime_type="text/markdown", text=text)
        return types.ReadResourceResult(contents=[contents])


async def serve(sources: Sources, today: Callable[[], date]) -> None:
    """Serve until standard input ends."""
    server = Protocol(sources, today).server()
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _failed(text: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=True)

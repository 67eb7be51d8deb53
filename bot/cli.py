"""The command line. Each command lives in a module of its own and is loaded when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import cast

import click

# name -> (module of bot.commands, attribute, one line for --help)
COMMANDS = {
    "serve": ("serve", "serve", "Run the web chat, reminders, and Telegram where a token is set."),
    "preflight": ("preflight", "preflight", "Check everything that a start needs."),
    "chat": ("talk", "chat", "Talk in the terminal."),
    "ask": ("talk", "ask", "Ask one question."),
    "converse": ("lines", "converse", "A conversation as JSON lines."),
    "check": ("lines", "check", "Requirement checks as JSON lines, or one from options."),
    "deadlines": ("lines", "deadlines", "Deadlines as JSON lines, or one from options."),
    "mcp": ("mcp", "mcp", "Clause lookup, checks and dates as tools for AI assistants (MCP, stdio)."),
    "knowledge": ("knowledge", "knowledge", "Import, list, show, compare and check law texts."),
    "rules": ("rules", "rules", "List, show, test and check the rulebook."),
    "lists": ("lists", "lists", "Load published lists of enterprises."),
    "backup": ("store", "backup", "Write everything the store holds into a file, while it is in use."),
    "restore": ("store", "restore", "Put a backup into the store."),
    "migrate-store": ("store", "migrate_store", "Move everything to another store, compared row by row."),
    "reminders": ("reminders", "reminders", "Run, list and export reminders."),
}


class LazyGroup(click.Group):
    """Loads a command's module only when that command is called, so that start-up stays short."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(import_module(f"bot.commands.{module}"), attribute)
        return cast(click.Command, command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xize", prog_name="xize")
def cli() -> None:
    """细则 Xize: Shenzhen's cleaner-production audit rules, in chat."""

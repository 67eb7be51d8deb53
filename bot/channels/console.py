"""The same conversation in a terminal. Buttons are numbered; a number taps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.prompt import Prompt

from bot.assistant import Assistant
from bot.messages import Button, Incoming, Language, Reply
from bot.phrases import phrases
from bot.rendering import render

CHAT = "console:me"
_FILE = "/file"


def show(console: Console, reply: Reply) -> None:
    """Print a reply and its buttons."""
    console.print(render(reply, "plain.txt"), markup=False, highlight=False)
    labels = "  ".join(f"[{n}] {button.label}" for n, button in enumerate(reply.buttons, start=1))
    if labels:
        console.print(labels, style="cyan", markup=False, highlight=False)
    for attachment in reply.attachments:
        console.print(f"→ {attachment.path}", style="green", markup=False, highlight=False)


async def talk(
    assistant: Assistant, console: Console, *, clock: Callable[[], datetime], language: Language
) -> None:
    """Talk until the input ends."""
    say = phrases(language).say
    console.print(say("console.welcome"), style="bold", markup=False, highlight=False)
    console.print(say("terminal.file"), style="dim", markup=False, highlight=False)
    buttons: tuple[Button, ...] = ()
    while True:
        try:
            said = Prompt.ask(f"\n{say('console.you')}", console=console).strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if not said:
            continue
        reply = await assistant.respond(_incoming(said, buttons, clock()))
        buttons = reply.buttons
        show(console, reply)


def _incoming(said: str, buttons: tuple[Button, ...], now: datetime) -> Incoming:
    if said.isdecimal() and 1 <= int(said) <= len(buttons):
        return Incoming(CHAT, now, tap=buttons[int(said) - 1].tap)
    file = _file(said)
    return Incoming(CHAT, now, file=file) if file is not None else Incoming(CHAT, now, text=said)


def _file(said: str) -> Path | None:
    """The file that a line names: after /file, or alone, as terminals write one that is dropped in."""
    named = said.removeprefix(_FILE).strip().strip("'\"").replace("\\ ", " ")
    if said.startswith(f"{_FILE} "):
        return Path(named).expanduser()
    try:
        path = Path(named).expanduser()
        return path if path.suffix and path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None  # no line that names a file

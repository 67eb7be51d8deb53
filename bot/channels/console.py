"""The same conversation in a terminal. Buttons bear letters, for a number is an answer: how many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from string import ascii_lowercase

from rich.console import Console
from rich.prompt import Prompt

from bot.assistant import Assistant
from bot.messages import Button, Incoming, Language, Reply
from bot.phrases import phrases
from bot.rendering import render

CHAT = "console:me"
_FILE = "/file"
_ROSTER = "/roster"  # says how to send one


def show(console: Console, reply: Reply, *, pressable: bool = True) -> None:
    """Print a reply, its files, and its buttons where a later line can press them."""
    console.print(render(reply, "plain.txt"), markup=False, highlight=False)
    lettered = zip(ascii_lowercase, reply.buttons, strict=False)
    labels = "  ".join(f"[{letter}] {button.label}" for letter, button in lettered)
    if labels and pressable:
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
        if said.casefold() in say("terminal.leave").split():
            return
        reply = await assistant.respond(_incoming(said, buttons, clock()))
        buttons = reply.buttons
        show(console, reply)


def _incoming(said: str, buttons: tuple[Button, ...], now: datetime) -> Incoming:
    pressed = dict(zip(ascii_lowercase, buttons, strict=False)).get(said.casefold())
    if pressed is not None:
        return Incoming(CHAT, now, tap=pressed.tap)
    file = _file(said)
    if file is not None:
        return Incoming(CHAT, now, file=file)
    return Incoming(CHAT, now, text=_ROSTER if said == _FILE else said)


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

"""The same conversation in a terminal. Buttons are numbered; a number taps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rich.console import Console
from rich.prompt import Prompt

from bot.assistant import Assistant
from bot.messages import Button, Incoming, Language, Reply
from bot.phrases import phrases
from bot.rendering import render

CHAT = "console:me"


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
    return Incoming(CHAT, now, text=said)

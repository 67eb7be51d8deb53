"""The one table of commands: a channel's menu, /help and the docs read it. What a command is for stands
in the phrases ``telegram.command.<name>``."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages import Audience, Language
from bot.phrases import phrases


@dataclass(frozen=True, slots=True)
class Command:
    """A command as typed, without its slash."""

    name: str
    audience: Audience = Audience.EVERYONE

    def description(self, language: Language) -> str:
        """What it is for, in one line."""
        return phrases(language).say(f"telegram.command.{self.name}")


COMMANDS = (
    Command("start", Audience.PRIVATE),
    Command("article"),
    Command("check"),
    Command("deadlines"),
    Command("reminders"),
    Command("company"),
    Command("export", Audience.PRIVATE),
    Command("settings"),
    Command("forget"),
    Command("cancel"),
    Command("help"),
    Command("publish", Audience.OPERATORS),
    Command("stats", Audience.OPERATORS),
    Command("unanswered", Audience.OPERATORS),
    Command("broadcast", Audience.OPERATORS),
)

_SEEN = {
    Audience.EVERYONE: {Audience.EVERYONE},
    Audience.PRIVATE: {Audience.EVERYONE, Audience.PRIVATE},
    Audience.OPERATORS: set(Audience),
}


def commands_for(audience: Audience) -> tuple[Command, ...]:
    """The commands that an audience sees, in the menu's order."""
    return tuple(command for command in COMMANDS if command.audience in _SEEN[audience])

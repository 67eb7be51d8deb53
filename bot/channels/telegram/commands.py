"""The one table of commands: Telegram's menu, /help and the docs read it. What a command is for stands
in the phrases ``telegram.command.<name>``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.messages import Language
from bot.phrases import phrases


class Audience(StrEnum):
    """Who sees a command in the menu."""

    EVERYONE = "everyone"
    PRIVATE = "private"
    OPERATORS = "operators"


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
    Command("forget", Audience.PRIVATE),
    Command("cancel"),
    Command("help"),
)


def commands_for(audience: Audience) -> tuple[Command, ...]:
    """The commands that an audience sees, in the menu's order."""
    seen = {
        Audience.EVERYONE: {Audience.EVERYONE},
        Audience.PRIVATE: {Audience.EVERYONE, Audience.PRIVATE},
        Audience.OPERATORS: set(Audience),
    }[audience]
    return tuple(command for command in COMMANDS if command.audience in seen)

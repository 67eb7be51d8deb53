"""/help with the channel's commands: the same table that drives its menu. And commands without the right."""

from __future__ import annotations

from dataclasses import replace

from bot.menu import COMMANDS, commands_for
from bot.messages import Audience, Bullets, Intent, Reply, Text
from bot.skills import help as guidance
from bot.turn import Turn

_OPERATORS = frozenset(item.name for item in COMMANDS if item.audience is Audience.OPERATORS)


def answer(turn: Turn) -> Reply:
    """What can be asked, and in a channel with a menu, its commands."""
    reply = guidance.answer(turn)
    audience = turn.incoming.audience
    if audience is None:
        return reply
    lines = tuple(f"/{item.name} {item.description(turn.language)}" for item in commands_for(audience))
    listed = Bullets(lines, turn.say.say("telegram.commands"))
    return replace(reply, blocks=(*reply.blocks[:-1], listed, *reply.blocks[-1:]))


def unknown(turn: Turn) -> Reply:
    """A command that nobody has, or one of the operators' given by somebody else."""
    if turn.read.command in _OPERATORS:
        return Reply(Intent.HELP, (Text(turn.say.say("operators.only"), "headline"),))
    return guidance.unclear(turn)

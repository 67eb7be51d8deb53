"""Chats with several people: some things only their administrators decide, and who did something is said."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Audience, Intent, Reply, Text
from bot.turn import Turn

# What changes things for everybody in the chat: buttons and commands.
_DECISIONS = frozenset(
    {
        "settings", "forget", "confirm", "company", "call", "invite", "leave", "language", "lang", "export",
        "feed", "unsubscribe",
    }
)  # fmt: skip
# What one person does and the others see.
_ACTS = frozenset({"done", "finish", "reopen", "snooze", "mute", "seen", "listed"})
_ACT_INTENTS = frozenset({Intent.DONE, Intent.SNOOZE})
_DECISION_INTENTS = frozenset({Intent.FORGET, Intent.EXPORT, Intent.COMPANY, Intent.UNSUBSCRIBE})


def refused(turn: Turn) -> Reply | None:
    """The sentence that refuses somebody who does not decide for the chat; None where all is well."""
    if turn.incoming.may_manage:
        return None
    wanted = turn.tap.verb if turn.tap is not None else turn.read.command
    if turn.tap is not None and wanted == "document":
        wanted = turn.tap.argument  # the same thing from the list of files
    invited = wanted == "start" and turn.read.argument.startswith("join_")
    strongest = turn.read.intents[0].intent if turn.read.intents else None
    if wanted in _DECISIONS or invited or strongest in _DECISION_INTENTS:
        return Reply(Intent.HELP, (Text(turn.say.say("group.only_administrators"), "headline"),))
    return None


def signed(turn: Turn, reply: Reply) -> Reply:
    """The reply, saying who did what it tells."""
    acted = turn.tap.verb in _ACTS if turn.tap is not None else reply.intent in _ACT_INTENTS
    in_group = turn.incoming.audience is Audience.EVERYONE
    if not (acted and in_group and turn.incoming.name and not reply.asks):
        return reply
    line = Text(turn.say.say("group.by", name=turn.incoming.name), "note")
    return replace(reply, blocks=(*reply.blocks, line))

"""A message that is edited corrects itself: what its old words told no longer counts, its new words do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.messages import Incoming
from bot.session import Session
from bot.turn import Turn
from storage.records import Fact
from storage.talk import Talk

_REMEMBERED = 20  # messages


def withdraw(talk: Talk, session: Session, incoming: Incoming) -> dict[str, Any]:
    """Take back what the edited message had told, unless another has told it since; what was taken back."""
    if not incoming.edited or incoming.message is None:
        return {}
    told = session.told.pop(incoming.message, {})
    company = talk.contact.company_id or ""
    taken: dict[str, Any] = {}
    for name, said_at in told.items():
        held: Fact | None = talk.facts.get((company, name))
        if held is not None and held.said_at == datetime.fromisoformat(said_at):
            taken[name] = talk.facts.pop((company, name)).value
    return taken


def remember(turn: Turn) -> None:
    """Which facts the message told, in case that it is edited."""
    message = turn.incoming.message
    if message is None or turn.tap is not None or not turn.understood:
        return
    moment: Mapping[str, str] = dict.fromkeys(turn.understood, turn.now.isoformat())
    turn.session.told[message] = dict(moment)
    while len(turn.session.told) > _REMEMBERED:
        del turn.session.told[next(iter(turn.session.told))]

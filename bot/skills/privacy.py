"""A contact's own data: all of it on request, none of it after one confirmation."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.attachments import place
from bot.messages import Attachment, Intent, Reply, Text
from bot.taps import button, offered
from bot.turn import Turn


def export(turn: Turn) -> Reply:
    """All that is kept about this contact and its companies, as JSON."""
    talk = turn.talk
    held: dict[str, Any] = {
        "contact": asdict(talk.contact),
        "companies": [asdict(item) for item in talk.companies.values()],
        "facts": [asdict(item) for item in talk.facts.values()],
        "deadlines": [asdict(item) for item in talk.deadlines.values()],
        "subscriptions": [
            asdict(item) for item in talk.subscriptions.values() if item.contact_id == talk.contact.id
        ],
    }
    path = place("xize.json", turn.now)
    path.write_text(json.dumps(held, ensure_ascii=False, indent=2, default=str), encoding="utf-8")
    return Reply(
        Intent.EXPORT,
        (Text(turn.say.say("export.done"), "headline"),),
        attachments=(Attachment("xize.json", "application/json", path),),
    )


def forget(turn: Turn) -> Reply:
    """Erase everything, after one confirmation."""
    tapped = turn.tap is not None and turn.tap.verb == "confirm"
    # A yes counts right after the question: later it may well answer another one.
    just_asked = turn.session.pending == "forget" and turn.session.last_intent is Intent.FORGET
    said = just_asked and turn.read.answer is True
    if tapped or said:
        turn.talk.erase = True
        turn.session.leave_check()
        return Reply(Intent.FORGET, (Text(turn.say.say("forget.done"), "headline"),))
    turn.session.pending = "forget"
    return Reply(
        Intent.FORGET,
        (Text(turn.say.say("forget.sure"), "headline"),),
        offered(
            button(turn.say.say("button.erase"), "confirm", "forget"),
            button(turn.say.say("button.keep"), "cancel"),
        ),
        asks=("confirm",),
    )

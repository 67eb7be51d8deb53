"""A contact's own data: all of it on request, none of it after one confirmation."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.attachments import place
from bot.messages import Attachment, Intent, Reply, Text
from bot.rosters.holding import drop
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
        "feeds": [asdict(item) for item in talk.feeds.values() if item.contact_id == talk.contact.id],
        "listings": [asdict(item) for item in talk.listings.values()],
    }
    path = place("xize.json", turn.now)
    path.write_text(json.dumps(held, ensure_ascii=False, indent=2, default=str), encoding="utf-8")
    return Reply(
        Intent.EXPORT,
        (Text(turn.say.say("export.done"), "headline"),),
        attachments=(Attachment("xize.json", "application/json", path),),
    )


def just_asked(turn: Turn) -> bool:
    """Whether the last reply asked if all is to be erased: only then a yes or no is about that."""
    return turn.session.pending == "forget" and turn.session.last_intent is Intent.FORGET


def forget(turn: Turn) -> Reply:
    """Erase everything, after one confirmation. A button of a question that was answered no asks anew."""
    asked = turn.session.pending == "forget"
    tapped = asked and turn.tap is not None and (turn.tap.verb, turn.tap.argument) == ("confirm", "forget")
    said = just_asked(turn) and turn.read.answer is True
    if tapped or said:
        turn.talk.erase = True
        drop(turn.session.roster)
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

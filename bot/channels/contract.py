"""A reply as the machine interface gives it: every key always present."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.messages import Reply
from bot.rendering import render
from rules_engine.contract import check_as_json, schedule_as_json


def converse_as_json(chat: str, reply: Reply) -> Mapping[str, Any]:
    """One converse reply."""
    schedule = schedule_as_json(reply.schedule) if reply.schedule is not None else None
    return {
        "chat": chat,
        "text": render(reply, "plain.txt"),
        "intent": str(reply.intent),
        "abstain": reply.abstain,
        "citations": [asdict(citation) for citation in reply.citations],
        "facts": reply.facts,
        "understood": reply.understood,
        "asks": list(reply.asks),
        "rejected": reply.rejected,
        "check": _check(reply),
        "deadlines": schedule["deadlines"] if schedule else [],
        "cycle": schedule["cycle"] if schedule else None,
        "next_list": schedule["next_list"] if schedule else None,
        "reminders": {
            "active": list(reply.reminders.active),
            "done": list(reply.reminders.done),
            "leads": list(reply.reminders.leads),
        },
        "company": reply.company,
        "companies": list(reply.companies),
        "buttons": [{"label": item.label, "tap": item.tap} for item in reply.buttons if item.tap],
        "attachments": [
            {"name": item.name, "media_type": item.media_type, "path": str(item.path)}
            for item in reply.attachments
        ],
    }


def _check(reply: Reply) -> Mapping[str, Any] | None:
    """The check, each requirement with the user's words that it was judged on."""
    if reply.check is None:
        return None
    check = check_as_json(reply.check)
    for row, judged in zip(check["requirements"], reply.check.requirements, strict=True):
        row["said"] = {name: reply.said[name] for name in judged.facts if name in reply.said}
    return check

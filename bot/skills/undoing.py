"""撤销刚才那条: what the last message told is taken back, and what it replaced holds again."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Intent, Reply, Text
from bot.skills import checks, deadlines
from bot.skills.help import starts
from bot.skills.showing import brief, value
from bot.turn import Turn


def remember(turn: Turn) -> None:
    """Note what the message's facts took the place of, in case that they are taken back."""
    if turn.company is not None and turn.understood:
        turn.session.replaced = {
            name: [turn.company.id, *([old.words, old.value] if old is not None else [])]
            for name, old in turn.replaced.items()
        }


def can(turn: Turn) -> bool:
    """Whether the company in play holds something that was told last, and nothing was done since."""
    company = turn.company
    last = turn.session.last_intent not in (Intent.DONE, Intent.SNOOZE)
    return last and company is not None and company.id in [row[0] for row in turn.session.replaced.values()]


def undo(turn: Turn) -> Reply:
    """Take back what was told last; then the check or the dates as they stand again."""
    lines = list(filter(None, (_restored(turn, name) for name in turn.session.replaced)))
    turn.session.replaced = {}
    first = Text(turn.say.say("asking.undone", changes=lines), "headline")
    again = _again(turn)
    if again is None:
        return Reply(Intent.COMPANY, (first,), starts(turn))
    return replace(again, blocks=(first, *again.blocks))


def _restored(turn: Turn, name: str) -> str:
    """One fact as it was before the message; in words, what holds again."""
    company_id, *before = turn.session.replaced[name]
    held = turn.talk.facts.get((company_id, name))
    if held is None:
        return ""
    said = value(turn, name, held.value)
    if not before:
        del turn.talk.facts[company_id, name]
        return turn.say.say("check.change", name=brief(turn, name), value=said)
    words, old = before
    turn.talk.facts[company_id, name] = replace(held, words=words, value=old, said_at=turn.now)
    return turn.say.say("check.corrected", name=brief(turn, name), old=said, new=value(turn, name, old))


def _again(turn: Turn) -> Reply | None:
    """The check in play, or the dates, on what holds now."""
    turn.read = replace(turn.read, question=False)
    if turn.session.goals:
        return checks.answer(turn)
    schedule = deadlines.compute(turn)
    deadlines.keep(turn, schedule)
    return deadlines.answer(turn) if schedule.deadlines else None

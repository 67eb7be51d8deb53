"""Reminders as a contact handles them: subscribe, list, done, snooze, mute, end."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from bot.messages import Block, Bullets, Button, Intent, Reply, Text
from bot.reminders import taps
from bot.reminders.acts import UNDO_WITHIN
from bot.skills import deadlines, settings
from bot.skills.asking import ask
from bot.skills.cues import hear
from bot.skills.describing import describe, title
from bot.skills.showing import day, timeline
from bot.taps import button, offered
from bot.turn import Turn
from bot.understanding.dates import find_dates, settle
from bot.understanding.leads import read_leads
from storage.records import Deadline, Subscription

_ABOUT_REMINDERS = (Intent.SUBSCRIBE, Intent.REMINDERS)
_REMINDING = re.compile("再?(?:提醒|通知|叫|告诉|催|说|提)我?")
_AFTER = re.compile(r"(?:过|等|隔|缓)(\S{1,3}?(?:天|周|星期|礼拜|月))(?!之?后|以后)")  # 过两天: 两天后


def subscribe(turn: Turn) -> Reply:
    """Remind this contact of the company's deadlines; without any, ask for the day that they follow from."""
    schedule = deadlines.compute(turn)
    deadlines.keep(turn, schedule)
    turn.session.wanted = None
    if not [item for item in turn.deadlines if item.state == "open"]:
        turn.session.wanted = "subscribe"
        return ask(
            turn,
            Intent.SUBSCRIBE,
            schedule.asks or deadlines.triggers(turn),
            headline=turn.say.say("subscribe.no_dates"),
        )
    wish = _wish(turn)
    turn.talk.subscriptions[wish.id] = wish
    _unmute(turn)
    leads = wish.leads or turn.sources.leads
    blocks: list[Block] = [
        Text(turn.say.say("subscribe.done", leads=leads), "headline"),
        timeline(turn, deadlines.nearest(deadlines.compute(turn).deadlines)),
        Text(turn.say.say("subscribe.how"), "note"),
    ]
    return Reply(
        intent=Intent.SUBSCRIBE,
        blocks=tuple(blocks),
        buttons=offered(
            button(turn.say.say("button.reminders"), "reminders"),
            button(turn.say.say("button.calendar"), "calendar"),
            button(turn.say.say("button.settings"), "settings"),
            button(turn.say.say("button.unsubscribe"), "unsubscribe"),
        ),
        citations=turn.cite(schedule.citations),
        schedule=schedule,
    )


def choose_leads(turn: Turn) -> Reply:
    """Days before, in words: for the deadline that is named, else for all of the company's."""
    return settings.answer(turn) if turn.read.deadline else subscribe(turn)


def unsubscribe(turn: Turn) -> Reply:
    """End this contact's reminders for the company in play."""
    wish = turn.subscription
    if wish is None:
        return _say(turn, Intent.UNSUBSCRIBE, "unsubscribe.none")
    turn.talk.subscriptions[wish.id] = replace(wish, state="ended")
    return _say(turn, Intent.UNSUBSCRIBE, "unsubscribe.done", ("button.subscribe", "subscribe"))


def overview(turn: Turn) -> Reply:
    """What is open, what is done, when reminders come."""
    if turn.company is None or not turn.deadlines:
        return _say(turn, Intent.REMINDERS, "reminders.none", ("button.dates", "dates"))
    schedule = deadlines.compute(turn)
    wish = turn.subscription
    when = (
        turn.say.say("reminders.on", leads=wish.leads or turn.sources.leads)
        if wish
        else turn.say.say("reminders.off")
    )
    open_ones = [item for item in turn.deadlines if item.state == "open"]
    blocks: list[Block] = [
        Text(_open(turn, open_ones), "headline"),
        timeline(turn, deadlines.nearest(schedule.deadlines)),
        Text(when),
    ]
    return Reply(
        intent=Intent.REMINDERS,
        blocks=tuple(blocks),
        buttons=offered(
            *(_finish_button(turn, item) for item in open_ones[:3]),
            button(turn.say.say("button.unsubscribe"), "unsubscribe")
            if wish
            else button(turn.say.say("button.subscribe"), "subscribe"),
        ),
        citations=turn.cite(schedule.citations),
        schedule=schedule,
    )


def _open(turn: Turn, open_ones: list[Deadline]) -> str:
    """How many are still to do, and which comes next."""
    if not open_ones:
        return turn.say.say("reminders.none_open")
    first = open_ones[0]
    return turn.say.say(
        "reminders.open", count=len(open_ones), title=title(turn, first), day=day(turn, first.due)
    )


def done(turn: Turn) -> Reply:
    """Mark a deadline done: by the button under its reminder, by name, or by choice when several are open."""
    if turn.tap is not None and turn.tap.verb == "done":
        return taps.done(turn, partial(describe, turn.sources))
    open_ones = [item for item in turn.deadlines if item.state == "open"]
    wanted = turn.tap.argument if turn.tap is not None else turn.read.deadline
    chosen = [item for item in open_ones if item.key == wanted] if wanted else open_ones
    if len(chosen) == 1:
        return finish(turn, chosen[0])
    if not open_ones:
        return _say(turn, Intent.DONE, "done.none", ("button.dates", "dates"))
    return Reply(
        intent=Intent.DONE,
        blocks=(Text(turn.say.say("done.which"), "headline"),),
        buttons=offered(*(_finish_button(turn, item) for item in open_ones)),
        asks=("confirm",),
    )


def finish(turn: Turn, deadline: Deadline) -> Reply:
    """Settle a deadline for the whole company and stop its reminders."""
    taps.settle(turn.talk, deadline, at=turn.now)
    rest = [item for item in turn.deadlines if item.state == "open"]
    blocks: list[Block] = [Text(turn.say.say("done.one", title=title(turn, deadline)), "headline")]
    if rest:
        items = tuple(
            turn.say.say("done.next", day=day(turn, item.due), title=title(turn, item)) for item in rest
        )
        blocks.append(Bullets(items, turn.say.say("done.rest")))
    return Reply(
        intent=Intent.DONE,
        blocks=tuple(blocks),
        buttons=offered(
            taps.undo_button(turn, deadline), button(turn.say.say("button.reminders"), "reminders")
        ),
    )


def snooze(turn: Turn) -> Reply:
    """Ask again later, never past the deadline."""
    return taps.snooze(turn, partial(describe, turn.sources), length=_until(turn))


def _until(turn: Turn) -> str:
    """How long to wait, as said: 三天后, 下周一, 下个工作日; a day where nothing is said."""
    words = _REMINDING.sub(" ", _AFTER.sub(r"\1后", turn.read.text.lower()))
    if "next_workday" in hear(turn.read.text):
        return "work"
    found, _ = find_dates(words, turn.today)
    days = [settle(one, turn.today, "future").first for one in found]
    ahead = [(day - turn.today).days for day in days if day is not None and day > turn.today]
    return str(ahead[0]) if ahead else "1"


def heed_leads(turn: Turn) -> None:
    """In the middle of reminders 改成提前10天 asks for days before, though it does not say the word again;
    whatever follows 改成 is no company's name then."""
    if "提醒" in (turn.read.company or ""):
        turn.read = replace(turn.read, company=None)
    if turn.understood or "days_before" not in hear(turn.read.text):
        return
    if turn.read.question and not turn.read.leads:
        return
    wish = turn.subscription
    if wish is not None or turn.deadlines or turn.session.last_intent in _ABOUT_REMINDERS:
        leads = turn.read.leads or read_leads(f"{turn.read.text.lower()} 提醒")
        if leads and "one_more" in hear(turn.read.text) and wish is not None:
            leads = tuple(sorted({*leads, *(wish.leads or turn.sources.leads)}, reverse=True))
        turn.read = replace(turn.read, leads=leads, company=None if leads else turn.read.company)


def last_done(turn: Turn) -> Deadline | None:
    """The deadline that was marked done last, while that can still be taken back."""
    done = [item for item in turn.deadlines if item.state == "done" and item.settled_at is not None]
    named = [item for item in done if item.key == turn.read.deadline] or done
    recent = [item for item in named if item.settled_at and turn.now - item.settled_at <= UNDO_WITHIN]
    return max(recent, key=lambda item: item.settled_at or turn.now, default=None)


def undo(turn: Turn) -> Reply:
    """Said in words: it is not done after all."""
    deadline = last_done(turn)
    assert deadline is not None  # noqa: S101 - routed here by one that is
    return taps.reopen(turn, partial(describe, turn.sources), deadline_id=deadline.id)


def seen(turn: Turn) -> Reply:
    """A near reminder was seen: it goes on to nobody else."""
    return taps.seen(turn, partial(describe, turn.sources))


def reopen(turn: Turn) -> Reply:
    """Take a Done back."""
    return taps.reopen(turn, partial(describe, turn.sources))


def mute(turn: Turn) -> Reply:
    """No more reminders of this one deadline for this contact."""
    return taps.mute(turn, partial(describe, turn.sources))


def _unmute(turn: Turn) -> None:
    """Who asks to be reminded hears of each deadline again."""
    own = (wish for wish in turn.talk.subscriptions.values() if wish.contact_id == turn.talk.contact.id)
    for muted in [wish for wish in own if wish.scope == "deadline" and wish.state == "muted"]:
        turn.talk.subscriptions[muted.id] = replace(muted, state="ended")


def _wish(turn: Turn) -> Subscription:
    company = turn.ensure_company()
    leads = tuple(sorted(set(turn.read.leads), reverse=True)) or None
    held = turn.subscription
    if held is not None:
        return replace(held, leads=leads or held.leads)
    return Subscription(turn.new_id(), turn.talk.contact.id, company.id, leads=leads)


def _finish_button(turn: Turn, item: Deadline) -> Button | None:
    return button(turn.say.say("button.finished", title=title(turn, item)), "finish", item.key)


def _say(turn: Turn, intent: Intent, key: str, *steps: tuple[str, str]) -> Reply:
    buttons = offered(*(button(turn.say.say(label), verb) for label, verb in steps))
    return Reply(intent=intent, blocks=(Text(turn.say.say(key), "headline"),), buttons=buttons)

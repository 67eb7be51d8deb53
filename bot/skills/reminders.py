"""Reminders as a contact handles them: subscribe, list, done, snooze, mute, end."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.messages import Block, Bullets, Button, Intent, Reply, Text
from bot.reminders import taps
from bot.skills import deadlines
from bot.skills.asking import ask
from bot.skills.describing import describe
from bot.skills.showing import day, timeline
from bot.taps import button, offered
from bot.turn import Turn
from storage.records import Deadline, Subscription


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
    headline = (
        turn.say.say("reminders.on", leads=wish.leads or turn.sources.leads)
        if wish
        else turn.say.say("reminders.off")
    )
    open_ones = [item for item in turn.deadlines if item.state == "open"]
    return Reply(
        intent=Intent.REMINDERS,
        blocks=(Text(headline, "headline"), timeline(turn, deadlines.nearest(schedule.deadlines))),
        buttons=offered(
            *(_finish_button(turn, item) for item in open_ones[:3]),
            button(turn.say.say("button.unsubscribe"), "unsubscribe")
            if wish
            else button(turn.say.say("button.subscribe"), "subscribe"),
        ),
        citations=turn.cite(schedule.citations),
        schedule=schedule,
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
    blocks: list[Block] = [Text(turn.say.say("done.one", title=deadline.title), "headline")]
    if rest:
        items = tuple(turn.say.say("done.next", day=day(turn, item.due), title=item.title) for item in rest)
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
    return taps.snooze(turn, partial(describe, turn.sources))


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
    return button(turn.say.say("button.finished", title=item.title), "finish", item.key)


def _say(turn: Turn, intent: Intent, key: str, *steps: tuple[str, str]) -> Reply:
    buttons = offered(*(button(turn.say.say(label), verb) for label, verb in steps))
    return Reply(intent=intent, blocks=(Text(turn.say.say(key), "headline"),), buttons=buttons)

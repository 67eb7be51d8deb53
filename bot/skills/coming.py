"""When the next reminder comes, and where reminders go: asked by somebody who has them or may want them."""

from __future__ import annotations

from datetime import timedelta

from bot.messages import Intent, Reply, Text
from bot.skills import settings
from bot.skills.describing import title
from bot.skills.showing import day, of_whom
from bot.taps import Tap, button, offered
from bot.turn import Turn


def when(turn: Turn) -> Reply:
    """下次提醒是哪天: the nearest day on which one is wanted; that there are none, where they are off."""
    active = set(turn.reminders.active)
    leads = turn.reminders.leads
    days = [
        (item.due - timedelta(days=lead), item, lead)
        for item in turn.deadlines
        if item.key in active
        for lead in leads
    ]
    ahead = sorted((one for one in days if one[0] > turn.today), key=lambda one: one[0])
    if not ahead:
        said = turn.say.say("coming.none" if active else "reminders.off")
        step = button(turn.say.say("button.settings"), "settings") if active else None
        step = step or button(turn.say.say("button.subscribe"), "subscribe")
        return Reply(Intent.REMINDERS, (Text(said, "headline"),), offered(step))
    on, item, lead = ahead[0]
    said = turn.say.say(
        "coming.next", on=day(turn, on), title=title(turn, item), lead=lead, due=day(turn, item.due)
    )
    steps = offered(
        button(turn.say.say("button.reminders"), "reminders"),
        button(turn.say.say("button.settings"), "settings"),
    )
    return Reply(Intent.REMINDERS, (Text(of_whom(turn) + said, "headline"),), steps)


def where(turn: Turn) -> Reply:
    """提醒会发到哪, 能发短信吗: into this chat; whoever else wants them joins by an invitation."""
    invited = button(turn.say.say("invite.button"), "invite") if turn.company is not None else None
    wanted = button(turn.say.say("button.subscribe"), "subscribe") if turn.subscription is None else None
    first = Text(turn.say.say("coming.where"), "headline")
    return Reply(Intent.REMINDERS, (first,), offered(invited, wanted))


def how_often(turn: Turn) -> Reply:
    """提醒太频繁了: the days before, to choose others."""
    turn.tap = Tap("settings", ("leads",))
    return settings.answer(turn)


def which_day(turn: Turn) -> Reply:
    """过完年再提醒: put off to a day that was not told; it is asked for, and nothing changes."""
    return Reply(Intent.SNOOZE, (Text(turn.say.say("coming.which_day"), "headline"),), asks=("confirm",))

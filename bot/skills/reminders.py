"""Reminders as a contact handles them: subscribe, list, done, snooze, mute, end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.messages import Block, Bullets, Button, Intent, Reply, Text
from bot.reminders import acts, taps
from bot.reminders.acts import UNDO_WITHIN
from bot.skills import deadlines, finishing, portfolio, settings, wishes
from bot.skills.asking import ask
from bot.skills.cues import hear
from bot.skills.describing import describe, title
from bot.skills.showing import day, of_whom, timeline
from bot.taps import button, offered
from bot.turn import Turn
from bot.understanding.leads import days_alone, read_leads
from bot.understanding.notices import deadlines_in
from rules_engine.model import DeadlineResult, DeadlineStatus
from storage.records import Deadline

_ABOUT_REMINDERS = (Intent.SUBSCRIBE, Intent.REMINDERS)
_CLAUSE = re.compile("[,。;!?、\n]")


def subscribe(turn: Turn) -> Reply:
    """Remind this contact of the company's deadlines, or of all companies'; without any, ask for the day that
    they follow from."""
    if portfolio.of_all(turn):
        return portfolio.subscribe(turn)
    if turn.tap is None and _is_muted(turn, turn.read.deadline):
        return unmute(turn)
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
    before = turn.subscription
    wish = wishes.begin(turn, turn.ensure_company())
    leads = wish.leads or turn.sources.leads
    blocks: list[Block] = [Text(of_whom(turn) + turn.say.say("subscribe.done", leads=leads), "headline")]
    if before is None:  # whoever only changes the days has seen the dates
        blocks.append(timeline(turn, deadlines.nearest(_left(deadlines.compute(turn).deadlines))))
        blocks.append(Text(turn.say.say("subscribe.how", chosen=bool(turn.read.leads)), "note"))
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


def _is_muted(turn: Turn, key: str | None) -> bool:
    """Whether this contact hears nothing of a deadline, while there are reminders of the company."""
    muted = {wish.scope_id for wish in turn.talk.subscriptions.values() if wish.state == "muted"}
    named = [item for item in turn.deadlines if item.key == key and item.state == "open"]
    return turn.subscription is not None and any(item.id in muted for item in named)


def choose_leads(turn: Turn) -> Reply:
    """Days before, in words: for each deadline that is named, else for all of the company's."""
    own = [
        (named[0], leads)
        for clause in _CLAUSE.split(turn.read.text.lower())
        if len(named := deadlines_in(clause)) == 1 and (leads := read_leads(clause, wished=True))
    ]
    if len({key for key, _ in own}) > 1:
        return settings.for_each(turn, own)
    if not turn.read.deadline:
        return subscribe(turn)
    begins = turn.subscription is None and any(one.intent is Intent.SUBSCRIBE for one in turn.read.intents)
    changed = settings.answer(turn)
    return replace(changed, intent=Intent.SUBSCRIBE) if begins else changed


def meant(turn: Turn) -> Deadline | None:
    """The open deadline that is named, else the one spoken of last."""
    key = turn.read.deadline or turn.session.last_deadline
    return next((item for item in turn.deadlines if item.key == key and item.state == "open"), None)


def only(turn: Turn) -> Reply:
    """启动的只提醒我这一个: of this one deadline, and of no other of the company."""
    one = meant(turn)
    assert one is not None  # noqa: S101 - routed here by one that is
    wish = wishes.begin(turn, turn.ensure_company())
    others = [item for item in turn.deadlines if item != one and item.state == "open"]
    for other in others:
        acts.mute_deadline(turn.talk, other)
    return _say(
        turn,
        Intent.SUBSCRIBE,
        "subscribe.only",
        ("button.reminders", "reminders"),
        ("button.unsubscribe", "unsubscribe"),
        title=title(turn, one),
        day=day(turn, one.due),
        leads=wish.leads or turn.sources.leads,
        others=[title(turn, other) for other in others],
    )


def unsubscribe(turn: Turn) -> Reply:
    """End this contact's reminders for the company in play, or for all of them; says which go on."""
    if portfolio.of_all(turn):
        return portfolio.unsubscribe(turn)
    if turn.tap is None and turn.read.deadline and meant(turn) is not None:
        return mute(turn)
    company = turn.company
    ended = company is not None and wishes.end(turn, company)
    going_on = [one.name for one in portfolio.named(turn) if one.name and wishes.of(turn, one) is not None]
    said = turn.say.say(
        "unsubscribe.done" if ended else "unsubscribe.none",
        name=company.name if company is not None else "",
        going_on=going_on,
    )
    return Reply(
        Intent.UNSUBSCRIBE,
        (Text(said, "headline"),),
        offered(
            button(turn.say.say("button.subscribe"), "subscribe") if ended else None,
            button(turn.say.say("portfolio.unsubscribe"), "unsubscribe", "all") if going_on else None,
        ),
    )


def overview(turn: Turn) -> Reply:
    """What is open, what is done, when reminders come; a line for each other company."""
    if portfolio.several(turn) and not (turn.read.company or turn.deadlines):
        return portfolio.answer(turn)
    if turn.company is None or not turn.deadlines:
        return _say(turn, Intent.REMINDERS, "reminders.none", ("button.dates", "dates"))
    schedule = deadlines.compute(turn)
    wish, when = turn.subscription, _when(turn)
    open_ones = [item for item in turn.deadlines if item.state == "open"]
    blocks: list[Block] = [Text(_open(turn, open_ones), "headline")]
    if open_ones:
        blocks += [timeline(turn, deadlines.nearest(_left(schedule.deadlines))), Text(when)]
    blocks += _set_apart(turn)
    if not turn.read.company:
        blocks += portfolio.others(turn)
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
    first, company = open_ones[0], turn.company
    return (turn.say.say("of_whom", name=company.name) if company and company.name else "") + turn.say.say(
        "reminders.late" if first.due < turn.today else "reminders.open",
        count=len(open_ones),
        title=title(turn, first),
        day=day(turn, first.due),
        left=portfolio.left(turn, first),
    )


def done(turn: Turn) -> Reply:
    """Mark a deadline done: by the button under its reminder, by name, or by choice when several are open."""
    if turn.tap is not None and turn.tap.verb == "done":
        return taps.done(turn, partial(describe, turn.sources))
    if turn.tap is None and portfolio.of_all(turn) and finishing.told(turn):
        return portfolio.finish(turn, finishing.told(turn))
    open_ones = [item for item in turn.deadlines if item.state == "open"]
    spoken, told = turn.read.deadline, finishing.told(turn)
    if turn.tap is None and not told and "not_yet" in hear(turn.read.text):
        return overview(turn)
    wanted = told or ({spoken} if spoken else set())
    wanted = {turn.tap.argument} if turn.tap is not None else wanted
    chosen = [item for item in open_ones if item.key in wanted] if wanted else _lately(turn, open_ones)
    if turn.tap is None and chosen and finishing.unsure(turn):
        return _which_done(turn, chosen)
    if len(chosen) == 1 or (chosen and wanted):
        return finish(turn, chosen)
    if wanted and (held := [item for item in turn.deadlines if item.key in wanted]):
        return _say(turn, Intent.DONE, "done.already", title=title(turn, held[0]))
    if not open_ones:
        return _say(turn, Intent.DONE, "done.none", ("button.dates", "dates"))
    return _which_done(turn, open_ones)


def _which_done(turn: Turn, maybe: Sequence[Deadline]) -> Reply:
    """Ask which one is done, or whether the one only heard of is."""
    said = turn.say.say("done.which" if len(maybe) > 1 else "done.sure", title=title(turn, maybe[0]))
    turn.session.last_deadline = maybe[0].key if len(maybe) == 1 else ""
    return Reply(
        intent=Intent.DONE,
        blocks=(Text(said, "headline"),),
        buttons=offered(*(_finish_button(turn, item) for item in maybe)),
        asks=("confirm",),
    )


def not_done(turn: Turn) -> Reply:
    """其实报告还没交: the deadline named stays to do; one marked done is open again."""
    named = [item for item in turn.deadlines if item.key in finishing.denied(turn)]
    if not named:
        return overview(turn)
    return taps.reopen(turn, partial(describe, turn.sources), deadline_id=named[0].id)


def _lately(turn: Turn, open_ones: list[Deadline]) -> list[Deadline]:
    """办好了, to a reminder or where one deadline was just spoken of: that one."""
    sent = [
        item.deadline_id for item in turn.talk.sent.values() if item.deadline_id and item.kind != "notice"
    ]
    spoken = [item for item in open_ones if item.key == turn.session.last_deadline]
    told = [item for item in open_ones if sent and item.id == sent[-1]]
    return told or spoken or open_ones


def finish(turn: Turn, finished: Sequence[Deadline]) -> Reply:
    """Settle deadlines for the whole company and stop their reminders."""
    for deadline in finished:
        taps.settle(turn.talk, deadline, at=turn.now)
    turn.session.last_deadline, turn.session.finished = "", tuple(item.id for item in finished)
    rest = [item for item in turn.deadlines if item.state == "open"]
    titles = [title(turn, deadline) for deadline in finished]
    blocks: list[Block] = [Text(of_whom(turn) + turn.say.say("done.one", titles=titles), "headline")]
    if rest:
        items = tuple(
            turn.say.say("done.next", day=day(turn, item.due), title=title(turn, item)) for item in rest
        )
        blocks.append(Bullets(items, turn.say.say("done.rest")))
    return Reply(
        intent=Intent.DONE,
        blocks=tuple(blocks),
        buttons=offered(
            taps.undo_button(turn, finished[0]),
            button(turn.say.say("button.reminders"), "reminders"),
        ),
    )


def heed_leads(turn: Turn) -> None:
    """In the middle of reminders 改成提前10天 asks for days before, though it does not say the word again;
    whatever follows 改成 is no company's name then."""
    if "提醒" in (turn.read.company or ""):
        turn.read = replace(turn.read, company=None)
    if turn.understood:
        return
    if "days_alone" in hear(turn.read.text) and turn.session.last_intent in _ABOUT_REMINDERS:
        turn.read = replace(turn.read, leads=days_alone(turn.read.text), doubts=())
    if "days_before" not in hear(turn.read.text):
        return
    if turn.read.question and not turn.read.leads and "is_enough" not in hear(turn.read.text):
        return
    wish = turn.subscription
    if wish is not None or turn.deadlines or turn.session.last_intent in _ABOUT_REMINDERS:
        leads = turn.read.leads or read_leads(f"{turn.read.text.lower()} 提醒")
        if leads and "fewer" in hear(turn.read.text):
            held = (wish.leads if wish is not None else None) or turn.sources.leads
            leads = tuple(lead for lead in held if lead not in leads) or held
        elif leads and "one_more" in hear(turn.read.text) and wish is not None:
            leads = tuple(sorted({*leads, *(wish.leads or turn.sources.leads)}, reverse=True))
        turn.read = replace(turn.read, leads=leads, company=None if leads else turn.read.company)


def last_done(turn: Turn) -> Deadline | None:
    """The deadline that was marked done last: the one named whenever that was, else within a day; none where
    the message tells of another that is done."""
    done = [item for item in turn.deadlines if item.state == "done" and item.settled_at is not None]
    if finishing.told(turn):
        return None
    spoken = deadlines_in(turn.read.text.lower())
    named = [item for item in done if item.key in spoken]
    recent = [item for item in done if item.settled_at and turn.now - item.settled_at <= UNDO_WITHIN]
    recent = named or ([] if spoken else recent)
    last = turn.session.finished
    return max(recent, key=lambda item: (item.settled_at or turn.now, item.id in last), default=None)


def undo(turn: Turn) -> Reply:
    """Said in words: it is not done after all."""
    deadline = last_done(turn)
    assert deadline is not None  # noqa: S101 - routed here by one that is
    if deadline.key not in deadlines_in(turn.read.text.lower()):
        return _reopened_with_it(turn, deadline.id)
    return taps.reopen(turn, partial(describe, turn.sources), deadline_id=deadline.id)


def seen(turn: Turn) -> Reply:
    """A near reminder was seen: it goes on to nobody else."""
    return taps.seen(turn, partial(describe, turn.sources))


def reopen(turn: Turn) -> Reply:
    """Take a Done back."""
    assert turn.tap is not None  # noqa: S101 - routed here by a button
    return _reopened_with_it(turn, turn.tap.argument)


def _reopened_with_it(turn: Turn, deadline_id: str) -> Reply:
    """A deadline that was told to be done, and what was in the same message, is open again."""
    others = [
        item
        for item in turn.deadlines
        if deadline_id in turn.session.finished
        and item.id in turn.session.finished
        and item.id != deadline_id
        and item.state == "done"
    ]
    reply = taps.reopen(turn, partial(describe, turn.sources), deadline_id=deadline_id)
    turn.session.finished = ()
    for item in others:
        acts.reopen(turn.talk, item.id, at=turn.now, whenever=True)
    if not others:
        return reply
    items = tuple(
        turn.say.say("done.next", day=day(turn, item.due), title=title(turn, item)) for item in others
    )
    return replace(reply, blocks=(*reply.blocks, Bullets(items, turn.say.say("done.open_too"))))


def mute(turn: Turn) -> Reply:
    """No more reminders of this one deadline for this contact."""
    return taps.mute(turn, partial(describe, turn.sources))


def unmute(turn: Turn) -> Reply:
    """报告的提醒还是打开吧: of one deadline again; where there are none of the company, of all of it."""
    named = [item for item in turn.deadlines if item.key == turn.read.deadline and item.state == "open"]
    if turn.subscription is None or not named:
        return subscribe(turn)
    wishes.unmute(turn, named)
    return _say(
        turn,
        Intent.SUBSCRIBE,
        "subscribe.again",
        ("button.reminders", "reminders"),
        title=title(turn, named[0]),
    )


def whether_on(turn: Turn) -> Reply:
    """会提醒我吗: first of all whether reminders are on."""
    reply, when = overview(turn), _when(turn)
    rest = (block for block in reply.blocks if not (isinstance(block, Text) and block.text == when))
    return replace(reply, blocks=(Text(when, "headline"), *rest))


def _when(turn: Turn) -> str:
    wish = turn.subscription
    if wish is None:
        return turn.say.say("reminders.off")
    return turn.say.say("reminders.on", leads=wish.leads or turn.sources.leads)


def _finish_button(turn: Turn, item: Deadline) -> Button | None:
    return button(turn.say.say("button.finished", title=title(turn, item)), "finish", item.key)


def _left(schedule: tuple[DeadlineResult, ...]) -> tuple[DeadlineResult, ...]:
    """What is not done yet; all where nothing is left."""
    return tuple(item for item in schedule if item.status is not DeadlineStatus.DONE) or schedule


def _set_apart(turn: Turn) -> list[Block]:
    """What is done, and of which no reminders are wanted."""
    muted = {wish.scope_id for wish in turn.talk.subscriptions.values() if wish.state == "muted"}
    quiet = [title(turn, item) for item in turn.deadlines if item.id in muted and item.state == "open"]
    done = [title(turn, item) for item in turn.deadlines if item.state == "done"]
    return [
        Text(turn.say.say(key, titles=titles))
        for key, titles in (("reminders.muted", quiet), ("reminders.done", done))
        if titles
    ]


def _say(turn: Turn, intent: Intent, key: str, *steps: tuple[str, str], **fill: object) -> Reply:
    buttons = offered(*(button(turn.say.say(label), verb) for label, verb in steps))
    return Reply(intent=intent, blocks=(Text(turn.say.say(key, **fill), "headline"),), buttons=buttons)

"""Which dates follow from what happened, kept with the company so that reminders can follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.messages import Block, Bullets, Button, Intent, Reply, Text
from bot.reminders import moves
from bot.reminders.notices import side_by_side
from bot.reminders.reconciling import reconcile
from bot.skills import noticing, periods
from bot.skills.asking import ask
from bot.skills.clauses import compose, find, standing
from bot.skills.cues import hear
from bot.skills.dates_said import cycle, one_date
from bot.skills.describing import title
from bot.skills.heard import to_ask_again
from bot.skills.showing import day, label, of_whom, timeline, value
from bot.taps import button, offered
from bot.turn import Turn
from bot.understanding.dates import find_dates, settle
from rules_engine.model import DeadlineResult, DeadlineStatus, Schedule, ScheduleRequest
from rules_engine.rulebook import Rulebook
from storage.records import Deadline

SHOWN = 5  # dates in one reply
FEW_DATES = 3  # so many are always shown
FAR = 3 * 366  # days: rounds further away go without saying
INDUSTRY = "industry"  # the fact that decides how often rounds come back
READINGS = 1  # declared readings under them


def answer(turn: Turn) -> Reply:
    """The dates that follow from the company's events; asks for the event when none is known."""
    schedule = compute(turn)
    keep(turn, schedule)
    if not schedule.deadlines and turn.session.notices:
        return noticing.early(turn, triggers(turn)[:1])
    if not (schedule.deadlines or schedule.cycle or schedule.next_list):
        wanted = to_ask_again(turn) or schedule.asks or _behind_the_event(turn) or triggers(turn)
        return periods.before_the_day(turn, wanted)
    return _show(turn, schedule)


def _behind_the_event(turn: Turn) -> tuple[str, ...]:
    """The trade, where a day was told that gives no date without it: 上一轮2023年8月15日完成的."""
    told = any(name in turn.facts for name in triggers(turn))
    return (INDUSTRY,) if told and INDUSTRY not in turn.facts else ()


def _refused(turn: Turn) -> tuple[str, ...]:
    """A day that cannot be, beside dates counted from another: 名单2月30号发布的."""
    return tuple(name for name in triggers(turn) if name in turn.rejected and name not in turn.facts)


def ask_again(turn: Turn) -> Reply:
    """A day that rested on an assumption was wrong: ask for it."""
    return ask(turn, Intent.DEADLINES, turn.session.confirming)


def by_the_rules(turn: Turn) -> Reply:
    """启动还按细则算: the day that the rules give; one that a notice had set is given up."""
    turn.moved += noticing.take_back(turn, turn.read.deadline or "")
    turn.read = replace(turn.read, question=True)
    return answer(turn)


def cycle_unknown(turn: Turn) -> bool:
    """Whether the company has dates of its own, or is asked about as one's own, and nothing tells how often
    its rounds come back."""
    known = compute(turn).cycle
    own = turn.deadlines or "own_case" in hear(turn.read.text)
    return bool(own) and not (known and known.years)


def how_often(turn: Turn) -> Reply:
    """以后几年做一轮: what the law says of it, and what decides it for the company in play."""
    schedule = compute(turn)
    reply = compose(turn, find(turn, turn.say.say("deadlines.cycle_question")))
    wanted = schedule.asks if schedule.cycle is not None else (INDUSTRY,)
    asked = ask(turn, Intent.DEADLINES, wanted) if wanted else None
    if asked is None:
        return reply
    return replace(
        reply,
        intent=Intent.DEADLINES,
        blocks=(*reply.blocks[:1], *asked.blocks, *reply.blocks[1:]),
        buttons=offered(*asked.buttons, *reply.buttons),
        asks=asked.asks,
        schedule=schedule,
    )


def why(turn: Turn) -> Reply:
    """为什么是这天: the date that is meant, counted from which day, and the rule by which it is counted."""
    schedule = compute(turn)
    days = [settle(one, turn.today, "future").first for one in find_dates(turn.read.text, turn.today)[0]]
    meant = (item for item in schedule.deadlines if item.due in days or item.id == turn.read.deadline)
    asked = next(meant, None) or nearest(schedule.deadlines)[0]
    rounds = schedule.cycle is not None and asked.trigger != triggers(turn)[0]
    reply = compose(turn, find(turn, turn.say.say(f"deadlines.{'cycle' if rounds else 'why'}_question")))
    first = Text(one_date(turn, asked, alarming=False), "headline")
    return replace(reply, blocks=(first, *reply.blocks), schedule=schedule)


def from_publication(turn: Turn) -> Reply:
    """书面通知18号才收到: what the law says of the day from which the periods run; no date is changed."""
    return compose(turn, find(turn, turn.say.say("deadlines.received_question")))


def once_out(turn: Turn) -> Reply:
    """名单还没发: what will run from the day on which it is published."""
    reply = compose(turn, find(turn, turn.say.say("deadlines.once_out_question")))
    return replace(reply, buttons=offered(*reply.buttons, button(turn.say.say("button.dates"), "dates")))


def late(turn: Turn) -> bool:
    """Whether a date of the company in play was missed."""
    return any(item.state == "open" and item.due < turn.today for item in turn.deadlines)


def too_late(turn: Turn) -> Reply:
    """能补救吗, when a date was missed: what the law says of those who miss it."""
    return compose(turn, find(turn, turn.say.say("deadlines.late_question")))


def supposed(turn: Turn) -> dict[str, object]:
    """如果名单下个月15号公布: the days of events that the message only supposes."""
    known = set(triggers(turn))
    return {one.name: one.value for one in turn.read.hypothetical if one.name in known}


def what_if(turn: Turn) -> Reply:
    """The dates that would follow from a day only supposed; nothing of it is kept."""
    event, on = next(iter(supposed(turn).items()))
    schedule = compute(turn, supposed(turn))
    asked = tuple(item for item in schedule.deadlines if item.id == turn.read.deadline)
    first = turn.say.say("deadlines.supposed", event=label(turn, event), day=value(turn, event, on))
    blocks: list[Block] = [Text(first, "headline"), timeline(turn, asked or nearest(schedule.deadlines))]
    labels = [turn.clause_label(ref) for ref in basis(schedule)]
    blocks.append(Text(turn.say.say("deadlines.basis", labels=labels), "note"))
    blocks += standing(turn, turn.sources.library.provision(schedule.citations[0]).instrument)
    steps = offered(button(turn.say.say("button.clause"), "clause", schedule.citations[0]))
    citations = turn.cite(schedule.citations)
    return Reply(Intent.DEADLINES, tuple(blocks), steps, citations=citations, schedule=schedule)


def supposes(turn: Turn) -> bool:
    """Whether the message asks for the dates of a day that it only supposes."""
    return not turn.understood and bool(supposed(turn)) and bool(compute(turn, supposed(turn)).deadlines)


def compute(turn: Turn, supposed: Mapping[str, object] | None = None) -> Schedule:
    """The schedule from the facts of the company in play, and from what is ``supposed`` beside them. It is
    asked for by several parts of a message's work, and worked out once as long as nothing has changed."""
    held, wish = turn.deadlines, turn.subscription
    request = ScheduleRequest(
        facts={**turn.facts, **(supposed or {})},
        today=turn.today,
        done=tuple(item.key for item in held if item.state == "done"),
        leads=(wish.leads if wish else None) or turn.sources.leads,
        noticed=None if supposed else moves.noticed(held) or None,
    )
    if turn.scheduled is None or turn.scheduled[0] != request:
        turn.scheduled = (request, turn.sources.rulebook.schedule(request))
    return turn.scheduled[1]


def triggers(turn: Turn) -> tuple[str, ...]:
    """The events that dates follow from, the foremost first: asked for when nothing is known."""
    return events(turn.sources.rulebook)


def events(rulebook: Rulebook) -> tuple[str, ...]:
    """The events that a rulebook's dates follow from, the foremost first."""
    return tuple(dict.fromkeys(item.trigger for item in rulebook.rules.deadlines.values()))


def keep(turn: Turn, schedule: Schedule) -> tuple[moves.Pair, ...]:
    """Hold the dates with the company; colleagues hear of those that moved. Gives the (was, is) pairs."""
    company = turn.company
    if company is None:
        return ()
    held = [item for item in turn.talk.deadlines.values() if item.company_id == company.id]
    brought = reconcile(held, schedule, company.id, turn.new_id)
    turn.talk.deadlines.update({item.id: item for item in brought.deadlines})
    moves.moved(turn.talk, brought.pairs, "corrected", turn.now)
    pairs = (*brought.pairs, *noticing.take(turn))
    turn.moved += pairs
    return pairs


def noticed(turn: Turn) -> Reply:
    """The dates with the notice's own among them; asks which deadline it sets where that was not said."""
    unclear = [
        said
        for said in turn.read.noticed
        if not (said.deadline or turn.read.deadline or noticing.due_then(turn, said))
    ]
    open_ones = [item for item in turn.deadlines if item.state == "open"]
    if not unclear or not open_ones:
        return answer(turn)
    due = unclear[0].day
    return Reply(
        Intent.DEADLINES,
        (Text(turn.say.say("deadlines.noticed_which", day=day(turn, date.fromisoformat(due))), "headline"),),
        offered(*(button(title(turn, item), "notice", item.key, due) for item in open_ones)),
        asks=("confirm",),
    )


def nearest(deadlines: tuple[DeadlineResult, ...]) -> tuple[DeadlineResult, ...]:
    """The dates that matter now: of many, the last one missed and the next ones; none years away behind two
    that come before."""
    if len(deadlines) <= FEW_DATES:
        return deadlines
    ordered = sorted(deadlines, key=lambda item: item.due)
    behind = [item for item in ordered if item.days_left < 0 and item.status is not DeadlineStatus.DONE]
    ahead = [item for item in ordered if item.days_left >= 0]
    near = [item for at, item in enumerate(ahead) if at < FEW_DATES - 1 or item.days_left <= FAR]
    return tuple((behind[-1:] + near)[:SHOWN])


def _asked_about(turn: Turn, schedule: Schedule) -> tuple[DeadlineResult, ...] | None:
    """The one date that a question is about, where nothing was told that changes any; None: all of them."""
    if turn.understood or turn.moved:
        return None
    return tuple(item for item in schedule.deadlines if item.id == turn.read.deadline) or None


def basis(schedule: Schedule) -> tuple[str, ...]:
    """The provisions that the dates themselves rest on; all of the schedule's where there are none."""
    return (
        tuple(dict.fromkeys(ref for item in schedule.deadlines for ref in item.citations))
        or schedule.citations
    )


def _show(turn: Turn, schedule: Schedule) -> Reply:
    blocks: list[Block] = [Text(of_whom(turn) + _headline(turn, schedule), "headline")]
    shown = _asked_about(turn, schedule)
    if shown is not None:
        # One date stands in the first line already: only what there is to say of its day.
        blocks += [Text(turn.say.words(item.postponement)) for item in shown if item.postponement]
    elif schedule.deadlines:
        blocks.append(timeline(turn, nearest(schedule.deadlines)))
    if schedule.deadlines and schedule.cycle is not None:
        blocks.append(Text(cycle(turn, schedule)))
    if schedule.next_list is not None:
        blocks.append(Text(turn.say.say("deadlines.next_list", text=turn.say.words(schedule.next_list))))
    blocks += _moved(turn)
    readings = [note for note in schedule.notes if note not in schedule.standing]
    if turn.understood:
        blocks += [Text(turn.say.words(note), "note") for note in readings[:READINGS]]
    if schedule.citations:
        labels = [turn.clause_label(ref) for ref in basis(schedule)]
        blocks.append(Text(turn.say.say("deadlines.basis", labels=labels), "note"))
    if schedule.citations:
        blocks += standing(turn, turn.sources.library.provision(schedule.citations[0]).instrument)
    turn.session.last_refs = schedule.citations[:4] or turn.session.last_refs
    wanted = _refused(turn) or schedule.asks
    asked = ask(turn, Intent.DEADLINES, wanted) if wanted else None
    return Reply(
        intent=Intent.DEADLINES,
        blocks=tuple(blocks) + (asked.blocks if asked else ()),
        buttons=offered(*(asked.buttons if asked else ()), *_next_steps(turn, schedule)),
        citations=turn.cite(schedule.citations),
        asks=asked.asks if asked else (),
        schedule=schedule,
        rejected={name: turn.say.words(reason) for name, reason in schedule.rejected.items()},
    )


def _moved(turn: Turn) -> list[Block]:
    """What the message moved: one date with its reason, several a line each."""
    if len(turn.moved) > 1:
        shown = sorted(turn.moved, key=lambda pair: pair[1].due)[:FEW_DATES]
        items = tuple(
            turn.say.say(
                "deadlines.moved_one", title=title(turn, new), was=day(turn, old.due), now=day(turn, new.due)
            )
            for old, new in shown
        )
        return [Bullets(items, turn.say.say("deadlines.moved"))]
    return [
        block
        for old, new in turn.moved
        for block in side_by_side(title(turn, new), moves.told(old, new, _reason(old, new)), turn.say)
    ]


def _reason(old: Deadline, new: Deadline) -> moves.Reason:
    if new.trigger_on != old.trigger_on or new.origin == old.origin == "computed":
        return "corrected"
    return "notice" if new.origin == "notice" else "withdrawn"


def _headline(turn: Turn, schedule: Schedule) -> str:
    noticed = [new for old, new in turn.moved if _reason(old, new) == "notice"]
    if noticed:
        days = [
            turn.say.say("deadlines.noticed_day", title=title(turn, new), day=day(turn, new.due))
            for new in noticed
        ]
        return turn.say.say("deadlines.noticed", days=days)
    if schedule.deadlines:
        first = schedule.deadlines[0]
        asked = next((item for item in schedule.deadlines if item.id == turn.read.deadline), None)
        turn.session.last_deadline = asked.id if asked is not None else ""
        if turn.read.question and "overdue" in hear(turn.read.text):
            one = asked or nearest(schedule.deadlines)[0]
            said, late = one_date(turn, one), one.status is DeadlineStatus.OVERDUE
            return said if late else turn.say.say("deadlines.in_time", said=said)
        if asked is not None and (turn.read.question or not turn.understood):
            return one_date(turn, asked)
        key = "deadlines.assumed" if first.trigger in turn.confirm else "deadlines.from"
        assumed = turn.confirm.get(first.trigger)
        return turn.say.say(
            key, event=label(turn, first.trigger), day=day(turn, first.trigger_on), assumed=assumed
        )
    if schedule.cycle is not None:
        return cycle(turn, schedule)
    return turn.say.say("deadlines.failed")


def _next_steps(turn: Turn, schedule: Schedule) -> tuple[Button | None, ...]:
    if not schedule.deadlines:
        return (button(turn.say.say("button.dates"), "dates"),)
    subscribe = button(turn.say.say("button.subscribe"), "subscribe") if turn.subscription is None else None
    clause = schedule.citations[0] if schedule.citations else None
    given = next((new for old, new in turn.moved if _reason(old, new) == "notice"), None)
    return (
        button(turn.say.say("deadlines.take_back"), "notice", given.key) if given is not None else None,
        subscribe,
        button(turn.say.say("button.calendar"), "calendar"),
        button(turn.say.say("button.clause"), "clause", clause) if clause else None,
        button(turn.say.say("files.button"), "files"),
    )

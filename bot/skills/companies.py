"""Companies of a contact: name, switch, show what is noted of one. Never mixed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.messages import Block, Bullets, Button, Intent, Reply, Text
from bot.skills import deadlines, judged, portfolio
from bot.skills.cues import hear
from bot.skills.showing import brief, known_as, label, value, without_name
from bot.subjects import subject_of
from bot.taps import button, offered
from bot.turn import Turn
from storage.records import Company

COMMAND = "company"
LONGEST_NAME = 40  # characters


_ASKED = 3  # signs that ask something, behind a name
_HELD = 6  # facts that a switch recalls
_CHANGED = 8  # facts noted that a button each changes
OTHER = "other"  # what is waited for: another company's name


def answer(turn: Turn) -> Reply:
    """Switch to or name the company in play, or show what is noted about it."""
    if turn.tap is not None and turn.tap.verb == "company":
        chosen = turn.talk.companies.get(turn.tap.argument)
        return _switched(turn, chosen) if chosen else _which(turn)
    called = turn.read.company or _behind_the_command(turn)
    if not called:
        return noted(turn)
    chosen = name(turn, called)
    return deadlines.answer(turn) if _the_same_of_it(turn) else _switched(turn, chosen)


def _the_same_of_it(turn: Turn) -> bool:
    """鹏源呢, after a question about the dates of another: the same is asked of this one."""
    turn.read = replace(turn.read, deadline=turn.read.deadline or turn.session.last_deadline or None)
    about_dates = turn.session.last_intent in (Intent.DEADLINES, Intent.REMINDERS, Intent.DONE)
    return about_dates and bool(turn.deadlines) and "follow_up" in hear(turn.read.text)


def _behind_the_command(turn: Turn) -> str:
    """/company 甲电镀: what follows the command is a name, unless it asks, tells a fact or is too long."""
    said = turn.read.argument if turn.read.command == COMMAND and turn.tap is None else ""
    return said if len(said) <= LONGEST_NAME and not turn.read.question and not turn.read.facts else ""


def renamed(turn: Turn) -> Reply:
    """公司名写错了，是…: the company in play by its right name; a new one where none is in play."""
    called, company = turn.read.renamed, turn.company
    if company is None:
        return _switched(turn, name(turn, called))
    turn.talk.companies[company.id] = replace(company, name=called)
    said = turn.say.say("company.renamed", old=company.name, new=called)
    return Reply(Intent.COMPANY, (Text(said, "headline"),), _starts(turn))


def one_at_a_time(turn: Turn) -> Reply:
    """A message spoke of several companies, so that whose figure is which stays open: ask which one."""
    named = [name for doubt in turn.read.doubts if doubt.kind == "company" for name in doubt.options if name]
    known = {item.name: item for item in turn.talk.companies.values() if item.name}
    buttons = [
        button(name, "company", known[name].id) if name in known else button(name, "call", name)
        for name in dict.fromkeys((*named, *known))
    ]
    return Reply(
        Intent.COMPANY,
        (Text(turn.say.say("company.one_at_a_time"), "headline"),),
        offered(*buttons),
        asks=("company",),
    )


def announces_clients(turn: Turn) -> bool:
    """Whether an adviser says how many clients they have, and names none yet."""
    return not (turn.read.company or turn.read.question or turn.session.asked)


def each_by_name(turn: Turn) -> Reply:
    """How several clients are told of and switched between."""
    turn.session.client = True
    return Reply(
        Intent.COMPANY,
        (Text(turn.say.say("company.each"), "headline"),),
        offered(*_others(turn)),
        asks=("company",),
    )


def named_at_last(turn: Turn) -> bool:
    """Whether the message is the other company's name that was asked for, said alone: 联创电子."""
    free = not turn.read.company and not hear(turn.read.text).cues
    return bool(turn.read.bare_name) and free and _awaited(turn)


def take_up(turn: Turn) -> Reply:
    """Go to the other company by the name just said."""
    turn.read = replace(turn.read, company=turn.read.bare_name)
    turn_to(turn)
    return answer(turn)


def other_unnamed(turn: Turn) -> bool:
    """Whether the message tells of another company than the one in play without naming it, or goes on to tell
    when its name was asked for."""
    named = turn.read.company or any(doubt.kind == "company" for doubt in turn.read.doubts)
    telling = bool(turn.read.facts or turn.read.audit_kind) and not turn.read.question
    another = _awaited(turn) or "another" in hear(turn.read.text)
    return telling and not named and bool(turn.facts) and another


def _awaited(turn: Turn) -> bool:
    """Whether another company's name was asked for just before."""
    return turn.session.pending == OTHER and turn.session.last_intent is Intent.COMPANY


def name_other(turn: Turn) -> Reply:
    """Ask for the other company's name; nothing is kept with the one in play."""
    turn.session.pending = OTHER
    return Reply(
        Intent.COMPANY,
        (Text(turn.say.say("company.which_other"), "headline"),),
        offered(*_others(turn)),
        asks=("company",),
    )


def call(turn: Turn) -> Reply:
    """A company chosen by a name that is new: ``call:<name>``."""
    called = turn.tap.argument if turn.tap is not None else ""
    return _switched(turn, name(turn, called)) if called else _which(turn)


def turn_to(turn: Turn) -> None:
    """Put the company in play that the message names. What was asked of the one before is not asked of it."""
    before = turn.company
    if not turn.read.company:
        turn.session.client = turn.session.client or turn.read.client
        return
    turn.session.client = turn.read.client or "client" in hear(turn.read.text)
    known = any(item.name == turn.read.company for item in turn.talk.companies.values())
    called = turn.read.company
    name(turn, called)
    if known:
        _leave_the_name_out(turn, called)
    if before is not None and turn.company is not None and turn.company.id != before.id:
        _leave_the_check_of(turn, turn.session.goals)
        turn.before = turn.facts
        turn.session.goals = tuple(turn.session.checks.get(turn.company.id, turn.session.goals))
        turn.session.asked = turn.session.unknown = turn.session.trail = ()
        turn.session.kind = ""
        turn.session.notices.clear()


def _leave_the_check_of(turn: Turn, held: Iterable[str]) -> None:
    """宝利还差什么: the check in play for the company before speaks for none of this one's."""
    others = {goal for one in held if (subject := subject_of(one)) for goal in subject.goals}
    meant = (goal for goal in turn.read.goals if goal not in others or goal in turn.read.goals_named)
    turn.read = replace(turn.read, goals=tuple(meant))


def _leave_the_name_out(turn: Turn, called: str) -> None:
    """恒信达那家启动审核是哪天: a known company is asked about without its name, which no law holds."""
    rest = without_name(turn.read.text, called)
    if rest != turn.read.text and len(rest) >= _ASKED:
        turn.read = replace(turn.read, text=rest, original=rest)


def enrol(turn: Turn) -> None:
    """Hold the companies named in a row, each with what is told of all; the first is in play."""
    if not turn.read.row:
        return
    turn.session.client = True
    for called in turn.read.row:
        name(turn, called)
        turn.record(turn.read.facts)
        if turn.understood:
            deadlines.keep(turn, deadlines.compute(turn))
        turn.session.leave_check()
    name(turn, turn.read.row[0])


def name(turn: Turn, called: str) -> Company:
    """The company called so, put in play: one already known, the unnamed one in play, or a new one."""
    known = next((item for item in turn.talk.companies.values() if item.name == called), None)
    if known is not None:
        turn.play(known)
        return known
    current = turn.company
    if current is not None and not current.name and not (turn.facts and _another(turn, called)):
        named = replace(current, name=called)
        turn.talk.companies[current.id] = named
        return named
    return turn.add_company(called)


def _another(turn: Turn, called: str) -> bool:
    """Whether the name is another company's than that of the unnamed one in play: 再来一家 before it says so,
    whatever words the name itself holds."""
    asked = _awaited(turn)
    turn.session.pending = None if asked else turn.session.pending
    before = turn.read.text.partition(called)[0]
    return asked or "another" in hear(before or turn.read.text)


def noted(turn: Turn) -> Reply:
    """What is kept about the company in play, each with the user's own words."""
    company = turn.company
    if company is None:
        nothing = Text(turn.say.say("company.nothing"), "headline")
        return Reply(Intent.COMPANY, (nothing, Text(turn.say.say("company.how_to_name"))), asks=("company",))
    facts = [fact for fact in turn.talk.facts.values() if fact.company_id == company.id]
    if not facts:
        nothing = Text(turn.say.say("company.nothing_noted", name=company.name), "headline")
        return Reply(Intent.COMPANY, (nothing, *_all(turn)), offered(*_others(turn), *_colleagues(turn)))
    lines = tuple(
        turn.say.say(
            "company.fact",
            name=label(turn, fact.name),
            value=value(turn, fact.name, fact.value),
            words=fact.words,
            day=fact.said_at.astimezone(turn.now.tzinfo).date().isoformat(),
        )
        for fact in facts
    )
    blocks: list[Block] = [Text(turn.say.say("company.noted", name=company.name), "headline"), Bullets(lines)]
    return Reply(
        Intent.COMPANY,
        (*blocks, *_all(turn)),
        offered(
            *(_to_change(turn, fact.name) for fact in facts[:_CHANGED]),
            *_others(turn),
            *_colleagues(turn),
            button(turn.say.say("button.forget"), "forget"),
        ),
    )


def _to_change(turn: Turn, name: str) -> Button | None:
    return button(turn.say.say("company.change", name=brief(turn, name)), "change", name)


def _colleagues(turn: Turn) -> list[Button | None]:
    """Bring a colleague in, or stop speaking for the company in play."""
    company = turn.company
    if company is None:
        return []
    return [
        button(turn.say.say("invite.button"), "invite"),
        button(turn.say.say("leave.start"), "leave", company.id),
    ]


def _switched(turn: Turn, company: Company) -> Reply:
    turn.play(company)
    turn.session.leave_check()
    turn.session.goals = tuple(turn.session.checks.get(company.id, ()))
    turn.session.notices.clear()
    called = known_as(turn, company)
    blocks: list[Block] = [Text(turn.say.say("company.in_play", name=called), "headline")]
    if facts := turn.facts:
        held = [f"{brief(turn, fact)} {value(turn, fact, facts[fact])}" for fact in facts]
        more = len(held) - _HELD
        blocks.append(Text(turn.say.say("company.held", facts=held[:_HELD], more=max(more, 0))))
    result = judged.of(turn, company)
    if result is not None:
        blocks.append(Text(judged.line(turn, company, result)))
    if turn.deadlines:
        blocks.append(Text(portfolio.line(turn, company)))
    refs = (result.failing or result.citations[:1]) if result is not None else ()
    return Reply(Intent.COMPANY, tuple(blocks), _starts(turn), check=result, citations=turn.cite(refs))


def _starts(turn: Turn) -> tuple[Button, ...]:
    return offered(
        button(turn.say.say("button.check"), "check"),
        button(turn.say.say("button.dates"), "dates"),
        *_others(turn),
    )


def _which(turn: Turn) -> Reply:
    return Reply(
        Intent.COMPANY,
        (Text(turn.say.say("company.which"), "headline"),),
        offered(*_others(turn)),
        asks=("company",),
    )


def _all(turn: Turn) -> list[Block]:
    names = [item.name for item in turn.talk.companies.values() if item.name]
    return [Text(turn.say.say("company.all", names=names))] if names else []


def _others(turn: Turn) -> list[Button | None]:
    told = {fact.company_id for fact in turn.talk.facts.values()}
    return [
        button(known_as(turn, item), "company", item.id)
        for item in turn.talk.companies.values()
        if item != turn.company and (item.name or item.id in told)
    ]

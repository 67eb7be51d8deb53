"""From what was read to the skill that answers: tables, with the evidence weighed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.errors import UserError
from bot.messages import Intent, Reply, Text
from bot.skills import (
    calendars,
    checks,
    clauses,
    companies,
    deadlines,
    heard,
    lists,
    privacy,
    reminders,
    settings,
)
from bot.skills import help as guidance
from bot.turn import Turn

Skill = Callable[[Turn], Reply]

SKILLS: Mapping[Intent, Skill] = {
    Intent.LOOKUP: clauses.answer,
    Intent.CHECK: checks.answer,
    Intent.DEADLINES: deadlines.answer,
    Intent.SUBSCRIBE: reminders.subscribe,
    Intent.UNSUBSCRIBE: reminders.unsubscribe,
    Intent.REMINDERS: reminders.overview,
    Intent.DONE: reminders.done,
    Intent.SNOOZE: reminders.snooze,
    Intent.COMPANY: companies.answer,
    Intent.HELP: guidance.answer,
    Intent.SMALLTALK: guidance.smalltalk,
    Intent.ABSTAIN: clauses.answer,
    Intent.CANCEL: guidance.cancel,
    Intent.EXPORT: privacy.export,
    Intent.FORGET: privacy.forget,
}

TAPS: Mapping[str, Skill] = {
    "clause": clauses.answer,
    "topic": clauses.answer,
    "ask": clauses.answer,
    "goal": checks.answer,
    "check": checks.answer,
    "dates": deadlines.answer,
    "calendar": calendars.answer,
    "subscribe": reminders.subscribe,
    "unsubscribe": reminders.unsubscribe,
    "reminders": reminders.overview,
    "done": reminders.done,
    "finish": reminders.done,
    "snooze": reminders.snooze,
    "mute": reminders.mute,
    "seen": reminders.seen,
    "reopen": reminders.reopen,
    "listed": lists.answer,
    "settings": settings.answer,
    "company": companies.answer,
    "noted": companies.noted,
    "forget": privacy.forget,
    "confirm": privacy.forget,
    "cancel": guidance.cancel,
    "help": guidance.answer,
    "lang": guidance.language,
}

COMMANDS: Mapping[str, Skill] = {
    "start": guidance.answer,
    "help": guidance.answer,
    "article": clauses.answer,
    "check": checks.answer,
    "deadlines": deadlines.answer,
    "reminders": reminders.overview,
    "subscribe": reminders.subscribe,
    "unsubscribe": reminders.unsubscribe,
    "done": reminders.done,
    "company": companies.answer,
    "facts": companies.noted,
    "export": privacy.export,
    "forget": privacy.forget,
    "cancel": guidance.cancel,
    "back": guidance.cancel,
    "restart": guidance.restart,
    "language": guidance.language,
    "settings": settings.answer,
}

# Intents that change things need clear words; below this they are not acted upon.
CLEAR = 0.5
IN_PLAY = 0.9  # facts of the check in play
WELL_ANSWERED = 0.6  # a finding as sure as this is an answer
ANSWERED_BY_LAW_TOO = {Intent.CHECK, Intent.DEADLINES}  # what people also ask about in general
EVENT = 0.92  # the day that dates are counted from
SELECTING = {"audit_kind", "route"}  # facts that choose a check rather than decide it


def reply(turn: Turn) -> Reply:
    """Record what was said and let the right skill answer."""
    try:
        return _answer(turn)
    except UserError as error:
        return Reply(Intent.HELP, (Text(turn.say.say(error.phrase, **error.fill), "headline"),))


def _answer(turn: Turn) -> Reply:
    if turn.read.company:
        companies.name(turn, turn.read.company)
    turn.record(turn.read.facts)
    if set(turn.understood) & turn.sources.rulebook.schedule_facts:
        # Whichever skill answers: what is reminded of follows what was told.
        deadlines.keep(turn, deadlines.compute(turn))
    turn.session.unknown = tuple(dict.fromkeys((*turn.session.unknown, *turn.read.unknown)))
    for refused in turn.read.rejected:
        turn.rejected[refused.name] = turn.say.say(refused.reason, words=refused.words)
    return choose(turn)(turn)


def choose(turn: Turn) -> Skill:
    """The skill for this turn: a tap, a command, an answer to what was asked, else the strongest evidence."""
    if turn.incoming.file is not None:
        return guidance.unread_file
    if turn.tap is not None:
        return TAPS.get(turn.tap.verb) or _answered(turn) or guidance.stale
    if turn.read.command is not None:
        return COMMANDS.get(turn.read.command, guidance.unclear)
    if turn.read.answer is not None and not turn.understood:
        if turn.session.pending == "forget" and turn.session.last_intent is Intent.FORGET:
            return privacy.forget if turn.read.answer else guidance.cancel
        if turn.session.confirming:
            return deadlines.answer if turn.read.answer else deadlines.ask_again
    if checks.supposes(turn):
        return checks.what_if
    if set(turn.session.asked) & {*turn.understood, *turn.read.unknown, *turn.rejected}:
        return _going_on(turn)
    return _weighed(turn)


def _answered(turn: Turn) -> Skill | None:
    """The skill that a button with a value answers: the one that dates belong to, or the one that asked."""
    if turn.tap is None or turn.tap.verb not in ("set", "unknown"):
        return None
    return deadlines.answer if _about_dates(turn, {turn.tap.argument}) else _going_on(turn)


def _going_on(turn: Turn) -> Skill:
    """The skill that asked, when a tap or message answers it."""
    if turn.session.wanted == "subscribe":
        return reminders.subscribe
    return SKILLS[turn.session.asking] if turn.session.asking else checks.answer


def _weighed(turn: Turn) -> Skill:
    """The strongest evidence wins; a question that the law answers well goes before weak evidence."""
    if _law_is_silent(turn):
        return clauses.answer
    evidence = _evidence(turn)
    asked = evidence.pop(Intent.LOOKUP, 0.0)
    if turn.understood and evidence.get(Intent.DEADLINES, 0.0) >= CLEAR and set(turn.understood) <= SELECTING:
        # Whoever says what kind of audit it is and asks about dates asks for one's own.
        return deadlines.answer
    best = max(evidence, key=evidence.__getitem__, default=Intent.LOOKUP)
    weight = evidence.get(best, 0.0)
    if best is Intent.CHECK and turn.read.question and checks.decides_nothing(turn):
        return _from_law(turn, best, weight)
    if best not in ANSWERED_BY_LAW_TOO or turn.understood or turn.rejected:
        return SKILLS[best] if weight >= max(asked, CLEAR) else _from_law(turn, best, weight)
    return _from_law(turn, best, weight, general=_asks_in_general(turn, best))


def _law_is_silent(turn: Turn) -> bool:
    """Whether a question that tells nothing asks for what the law is known not to say."""
    if not turn.read.question or turn.understood or turn.read.doubts:
        return False
    finding = clauses.find(turn, turn.read.text)
    return bool(finding.abstain and finding.topics) and finding.confidence >= WELL_ANSWERED


def _from_law(turn: Turn, best: Intent, weight: float, *, general: bool = True) -> Skill:
    """The law's answer where it has one, or knows that it has none; else what the evidence speaks for."""
    finding = clauses.find(turn, turn.read.text)
    sure = finding.confidence >= (WELL_ANSWERED if finding.abstain else min(weight, WELL_ANSWERED))
    if sure and (general or finding.abstain):
        return clauses.answer
    if weight >= CLEAR or (finding.abstain and best is Intent.SMALLTALK):
        return SKILLS[best]
    return checks.answer if finding.abstain and turn.read.goals and not turn.read.question else clauses.answer


def _asks_in_general(turn: Turn, intent: Intent) -> bool:
    """Whether a question about conditions or dates could as well be answered from the law: nothing was
    told with it, and nothing that it needs is known of a company."""
    if turn.understood or turn.rejected or turn.read.doubts or not turn.read.question:
        return False
    held = set(turn.facts)
    if intent is Intent.CHECK:
        return not turn.session.goals and not held
    return intent is Intent.DEADLINES and not held & set(deadlines.triggers(turn))


def _evidence(turn: Turn) -> dict[Intent, float]:
    """What the words say, in the light of what is known."""
    evidence = {item.intent: item.weight for item in turn.read.intents}
    if turn.understood:
        # A name told together with facts says whom they are about, not that the company is the matter.
        evidence.pop(Intent.COMPANY, None)
    if not any(item.state == "open" for item in turn.deadlines):
        # Nothing is open that could be done or put off.
        evidence.pop(Intent.DONE, None)
        evidence.pop(Intent.SNOOZE, None)
    spoken = {*turn.understood, *heard.to_ask_again(turn)}
    if _about_dates(turn, spoken):
        evidence[Intent.DEADLINES] = max(evidence.get(Intent.DEADLINES, 0.0), EVENT)
    if turn.session.goals and (spoken & _facts_of(turn, turn.session.goals) or _turns_to(turn)):
        evidence[Intent.CHECK] = max(evidence.get(Intent.CHECK, 0.0), IN_PLAY)
    return evidence


def _about_dates(turn: Turn, spoken: set[str]) -> bool:
    """Whether what was spoken of decides dates: an event they are counted from, or all of it what sets how
    often rounds come back. A question about something else that the same facts decide is left alone."""
    if turn.read.question and turn.read.goals and spoken <= _facts_of(turn, turn.read.goals[:1]):
        return False
    telling = spoken - SELECTING
    return bool(telling & set(deadlines.triggers(turn))) or (
        bool(telling) and telling <= turn.sources.rulebook.schedule_facts
    )


def _turns_to(turn: Turn) -> bool:
    """那强制的呢, in the middle of a check: the same for another kind or route."""
    about = turn.read.audit_kind or turn.read.route
    return bool(about) and turn.session.last_intent is Intent.CHECK and not set(turn.understood) - SELECTING


def _facts_of(turn: Turn, goals: tuple[str, ...]) -> set[str]:
    known = turn.sources.rulebook.goals
    return {name for goal in goals if goal in known for name in known[goal].facts}

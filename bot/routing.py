"""From what was read to the skill that answers: tables, with the evidence weighed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.errors import UserError
from bot.messages import Intent, Reply, Text
from bot.skills import (
    asking,
    calendars,
    checks,
    clauses,
    companies,
    cues,
    deadlines,
    documents,
    feedback,
    feeds,
    groups,
    heard,
    inviting,
    lists,
    menu,
    privacy,
    reminders,
    rosters,
    settings,
)
from bot.skills import help as guidance
from bot.turn import Turn
from knowledge.model import Abstain

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
    Intent.EXPORT: documents.export,
    Intent.FORGET: privacy.forget,
}

TAPS: Mapping[str, Skill] = {
    "clause": clauses.answer,
    "topic": clauses.answer,
    "ask": clauses.answer,
    "goal": checks.answer,
    "check": checks.answer,
    "suppose": checks.suppose,
    "resume": checks.resume,
    "dates": deadlines.answer,
    "notice": deadlines.answer,
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
    "roster": rosters.answer,
    "document": documents.answer,
    "files": documents.menu,
    "feed": feeds.answer,
    "export": privacy.export,
    "settings": settings.answer,
    "company": companies.answer,
    "call": companies.call,
    "invite": inviting.invite,
    "leave": inviting.leave,
    "liked": feedback.answer,
    "disliked": feedback.answer,
    "noted": companies.noted,
    "forget": privacy.forget,
    "confirm": privacy.forget,
    "cancel": guidance.cancel,
    "help": guidance.answer,
    "lang": guidance.language,
}

COMMANDS: Mapping[str, Skill] = {
    "start": inviting.start,
    "help": menu.answer,
    "article": clauses.answer,
    "check": checks.answer,
    "deadlines": deadlines.answer,
    "reminders": reminders.overview,
    "subscribe": reminders.subscribe,
    "unsubscribe": reminders.unsubscribe,
    "done": reminders.done,
    "company": companies.answer,
    "facts": companies.noted,
    "export": documents.export,
    "files": documents.menu,
    "roster": rosters.explain,
    "template": documents.make_template,
    "feed": feeds.answer,
    "report": documents.make_report,
    "proof": documents.make_proof,
    "timeline": documents.make_timeline,
    "spreadsheet": documents.make_spreadsheet,
    "forget": privacy.forget,
    "cancel": guidance.cancel,
    "back": asking.back,
    "restart": guidance.restart,
    "language": guidance.language,
    "settings": settings.answer,
}


def _in_check(turn: Turn) -> bool:
    return turn.session.last_intent is Intent.CHECK


def _which(turn: Turn) -> Reply:
    return guidance.which(turn, ("button.check", "check"), ("button.dates", "dates"))


# What steers the talk (``cues.toml``), where the state of the talk lets it: cue, when, who answers.
Fits = Callable[[Turn], bool]
STEERED: tuple[tuple[str, Fits, Skill], ...] = (
    ("keep", privacy.just_asked, guidance.cancel),
    ("leave", lambda turn: not cues.hear(turn.read.text).rest, guidance.cancel),
    ("restart", lambda turn: not cues.hear(turn.read.text).rest, guidance.restart),
    (
        "resume",
        lambda turn: bool(turn.session.goals or turn.session.asked or turn.session.left),
        checks.resume,
    ),
    ("undone", lambda turn: reminders.last_done(turn) is not None, reminders.undo),
    ("back", lambda turn: bool(turn.session.trail), asking.back),
    ("forget", lambda _: True, privacy.forget),
    ("days_before", lambda turn: bool(turn.deadlines and turn.read.leads), reminders.choose_leads),
    ("on_a_day", lambda turn: any(item.state == "open" for item in turn.deadlines), reminders.snooze),
    ("mute", lambda turn: any(item.state == "open" for item in turn.deadlines), reminders.mute),
    ("outstanding", lambda turn: bool(turn.session.asked) and _in_check(turn), checks.resume),
    ("outstanding", lambda turn: bool(turn.deadlines), reminders.overview),
    ("dates", lambda turn: bool(turn.deadlines), deadlines.answer),
    ("both", lambda turn: not (turn.deadlines or turn.session.goals), _which),
    ("moving", lambda turn: bool(turn.deadlines and turn.read.deadline), deadlines.answer),
    ("lost", lambda turn: not turn.session.asked, guidance.answer),
)

# Intents that change things need clear words; below this they are not acted upon.
CLEAR = 0.5
IN_PLAY = 0.9  # facts of the check in play
WELL_ANSWERED = 0.6  # a finding as sure as this is an answer
SURE = 0.8  # and as this, even to somebody who asks for a check
ANSWERED_BY_LAW_TOO = {Intent.CHECK, Intent.DEADLINES}  # what people also ask about in general
NEAR = 0.11  # evidence that close is no decision
BARE = 8  # characters of a word or two
SHORT = 60  # characters of a message that only asks for another language
ABOUT_US = (Intent.COMPANY, Intent.FORGET, Intent.EXPORT, Intent.HELP)  # no matter of the law
EVENT = 0.92  # the day that dates are counted from
SELECTING = {"audit_kind", "route"}  # facts that choose a check rather than decide it


def reply(turn: Turn) -> Reply:
    """Record what was said and let the right skill answer."""
    if (refusal := groups.refused(turn)) is not None:
        return refusal
    try:
        answered = groups.signed(turn, _answer(turn))
    except UserError as error:
        answered = Reply(Intent.HELP, (Text(turn.say.say(error.phrase, **error.fill), "headline"),))
    # No reply without a next step.
    return answered if answered.buttons else replace(answered, buttons=guidance.starts(turn))


def _answer(turn: Turn) -> Reply:
    rest = cues.hear(turn.read.text).rest
    if rest:
        # 算了，第二十一条讲什么: what was begun is left, and the rest is answered; 算了，还是自己做 goes on.
        if turn.read.question or not (turn.read.route or turn.read.audit_kind or cues.hear(rest).trade):
            turn.session.leave_check()
        turn.read = replace(turn.read, text=rest)
    reminders.heed_leads(turn)
    companies.turn_to(turn)
    turn.record(turn.read.facts)
    if {*turn.understood, *turn.withdrawn} & turn.sources.rulebook.schedule_facts:
        # Whichever skill answers: what is reminded of follows what was told.
        deadlines.keep(turn, deadlines.compute(turn))
    deadlines.notice(turn)
    asking.note(turn)
    for refused in turn.read.rejected:
        turn.rejected[refused.name] = turn.say.say(refused.reason, words=refused.words)
    return choose(turn)(turn)


def choose(turn: Turn) -> Skill:
    """The skill for this turn: a tap, a command, an answer to what was asked, else the strongest evidence."""
    if turn.incoming.file is not None:
        return rosters.read
    if turn.tap is not None:
        return TAPS.get(turn.tap.verb) or _answered(turn) or guidance.stale
    if turn.read.command is not None:
        return COMMANDS.get(turn.read.command, menu.unknown)
    if turn.read.answer is not None and not turn.understood:
        if rosters.just_asked(turn):
            return rosters.said
        if turn.session.pending == "forget" and turn.session.last_intent is Intent.FORGET:
            return privacy.forget if turn.read.answer else guidance.cancel
        if turn.session.confirming:
            return deadlines.answer if turn.read.answer else deadlines.ask_again
    return _steered(turn) or _told(turn) or _weighed(turn)


def _steered(turn: Turn) -> Skill | None:
    """Who answers words that steer the talk rather than tell or ask something."""
    if turn.understood:
        return None
    if cues.says_nothing(turn.read.text) and not turn.read.intents:
        return asking.unclear
    heard_cues = cues.hear(turn.read.text)
    if heard_cues.language and len(turn.read.text) <= SHORT:
        return guidance.language
    if turn.deadlines and settings.said(turn):
        return settings.by_words
    return next((skill for cue, fits, skill in STEERED if cue in heard_cues and fits(turn)), None)


def _told(turn: Turn) -> Skill | None:
    """Who answers what the message tells: dates of a notice, a supposition, what was asked."""
    if any(doubt.kind == "company" for doubt in turn.read.doubts):
        return companies.one_at_a_time
    if asking.unclear_which(turn) and not turn.understood:
        return asking.which_fact
    if turn.read.noticed:
        return deadlines.noticed
    if checks.supposes(turn):
        return checks.what_if
    if set(turn.session.asked) & {*turn.understood, *turn.read.unknown, *turn.rejected}:
        return _going_on(turn)
    if turn.session.asking is Intent.CHECK and turn.session.asked and _chooses(turn):
        return checks.answer
    return checks.answer if _asks_to_be_judged(turn) else None


def _asks_to_be_judged(turn: Turn) -> bool:
    """Whether somebody asks if they themselves are good enough, and not for what the law does not say."""
    heard_cues = cues.hear(turn.read.text)
    if "judge" not in heard_cues:
        return False
    finding = clauses.find(turn, turn.read.text)
    return not (finding.abstain and finding.confidence >= SURE)


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
    evidence = _evidence(turn)
    if _law_is_silent(turn) and max(evidence.get(intent, 0.0) for intent in ABOUT_US) < IN_PLAY:
        return clauses.answer
    asked = evidence.pop(Intent.LOOKUP, 0.0)
    if turn.understood and evidence.get(Intent.DEADLINES, 0.0) >= CLEAR and set(turn.understood) <= SELECTING:
        # Whoever says what kind of audit it is and asks about dates asks for one's own.
        return deadlines.answer
    if "consequence" in cues.hear(turn.read.text) and not turn.understood:
        return _from_law(turn, Intent.LOOKUP, asked)
    best = max(evidence, key=evidence.__getitem__, default=Intent.LOOKUP)
    weight = evidence.get(best, 0.0)
    if weight > asked and not turn.session.goals and _torn(turn, evidence):
        return _which
    if best is Intent.CHECK and turn.read.question and checks.decides_nothing(turn):
        return _from_law(turn, best, weight)
    if best not in ANSWERED_BY_LAW_TOO or turn.understood or turn.rejected:
        return SKILLS[best] if weight >= max(asked, CLEAR) else _from_law(turn, best, weight)
    return _from_law(turn, best, weight, general=_asks_in_general(turn, best))


def _torn(turn: Turn, evidence: Mapping[Intent, float]) -> bool:
    """Whether a check and the dates are equally likely meant, and nothing was told that decides."""
    check, dates = evidence.get(Intent.CHECK, 0.0), evidence.get(Intent.DEADLINES, 0.0)
    return min(check, dates) >= CLEAR and abs(check - dates) < NEAR and set(turn.understood) <= SELECTING


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
    if finding.abstain and turn.deadlines and turn.read.deadline:
        return deadlines.answer
    if finding.abstain is Abstain.OUT_OF_SCOPE and "cross" in cues.hear(turn.read.text):
        return guidance.cross
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
    if turn.deadlines and turn.session.last_intent is Intent.DEADLINES and _says_kind_alone(turn):
        evidence[Intent.DEADLINES] = max(evidence.get(Intent.DEADLINES, 0.0), IN_PLAY)
    if turn.session.goals and (spoken & _facts_of(turn, turn.session.goals) or _turns_to(turn)):
        evidence[Intent.CHECK] = max(evidence.get(Intent.CHECK, 0.0), IN_PLAY)
    return evidence


def _about_dates(turn: Turn, spoken: set[str]) -> bool:
    """Whether what was spoken of decides dates: an event they are counted from, or all of it what sets how
    often rounds come back. A question about something else that the same facts decide is left alone."""
    if turn.read.question and turn.read.goals and spoken <= _facts_of(turn, turn.read.goals[:1]):
        return False
    telling = spoken - SELECTING
    if telling & set(deadlines.triggers(turn)):
        return True
    return bool(telling) and telling <= turn.sources.rulebook.schedule_facts and not turn.read.goals


def _turns_to(turn: Turn) -> bool:
    """那强制的呢, in the middle of a check: the same for another kind or route."""
    about = turn.read.audit_kind or turn.read.route or cues.hear(turn.read.text).trade
    return bool(about) and turn.session.last_intent is Intent.CHECK and not set(turn.understood) - SELECTING


def _chooses(turn: Turn) -> bool:
    """请机构的, 自愿, where a check is open: which one is meant, and nothing else."""
    return _says_kind_alone(turn) or (not turn.read.question and cues.hear(turn.read.text).trade is not None)


def _says_kind_alone(turn: Turn) -> bool:
    """强制, after the dates: the kind of audit that they are for."""
    return bool(turn.read.audit_kind) and not turn.read.question and len(turn.read.text) <= BARE


def _facts_of(turn: Turn, goals: tuple[str, ...]) -> set[str]:
    known = turn.sources.rulebook.goals
    return {name for goal in goals if goal in known for name in known[goal].facts}

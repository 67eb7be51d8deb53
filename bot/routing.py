"""From what was read to the skill that answers: tables, tried in order, then the evidence (``weighing``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from bot import questioning, steering, weighing
from bot.errors import UserError
from bot.messages import Intent, Reply, Text
from bot.skills import (
    articles,
    asking,
    calendars,
    chatting,
    checks,
    choosing,
    clauses,
    companies,
    cues,
    deadlines,
    documents,
    feedback,
    feeds,
    following,
    groups,
    inviting,
    leading,
    lists,
    menu,
    noticing,
    pointing,
    portfolio,
    postponing,
    privacy,
    reminders,
    rosters,
    settings,
    several,
    undoing,
    whose,
)
from bot.skills import help as guidance
from bot.turn import Turn

Skill = Callable[[Turn], Reply]

SKILLS: Mapping[Intent, Skill] = {
    Intent.LOOKUP: several.answer,
    Intent.CHECK: checks.answer,
    Intent.DEADLINES: deadlines.answer,
    Intent.SUBSCRIBE: reminders.subscribe,
    Intent.UNSUBSCRIBE: reminders.unsubscribe,
    Intent.REMINDERS: reminders.overview,
    Intent.DONE: reminders.done,
    Intent.SNOOZE: postponing.snooze,
    Intent.COMPANY: companies.answer,
    Intent.HELP: guidance.answer,
    Intent.SMALLTALK: chatting.smalltalk,
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
    "snooze": postponing.snooze,
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
    "change": asking.change,
    "forget": privacy.forget,
    "confirm": privacy.forget,
    "cancel": guidance.cancel,
    "help": guidance.answer,
    "lang": guidance.language,
}

COMMANDS: Mapping[str, Skill] = {
    "start": inviting.start,
    "help": menu.answer,
    "article": articles.answer,
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


OTHERWISE: Mapping[weighing.Wanted, Skill] = {
    "which": steering.which,
    "cross": chatting.cross,
    "unclear": asking.unclear,
}

A_YES = 3  # characters of a yes or no alone: 好，我回头告诉他 is none
SHORT = 60  # characters of a message that only asks for another language


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
        turn.read = replace(turn.read, text=rest, original=rest)
    reminders.heed_leads(turn)
    if companies.named_at_last(turn):
        return companies.take_up(turn)
    if companies.other_unnamed(turn):
        return companies.name_other(turn)
    companies.enrol(turn)
    companies.turn_to(turn)
    choosing.heed(turn)
    turn.session.kind = turn.read.audit_kind or turn.session.kind
    turn.record(turn.read.facts)
    undoing.remember(turn)
    if {*turn.understood, *turn.withdrawn} & turn.sources.rulebook.schedule_facts:
        # Whichever skill answers: what is reminded of follows what was told.
        deadlines.keep(turn, deadlines.compute(turn))
    noticing.note(turn)
    asking.note(turn)
    for refused in turn.read.rejected:
        turn.rejected[refused.name] = turn.say.say(refused.reason, words=refused.words)
    answered = leading.law_first(turn, choose(turn))
    asking.close(turn, answered)
    whose.note(turn)
    return answered


def choose(turn: Turn) -> Skill:
    """The skill for this turn: a tap, a command, an answer to what was asked, else the strongest evidence."""
    if turn.incoming.file is not None:
        return rosters.read
    if turn.tap is not None:
        return TAPS.get(turn.tap.verb) or _answered(turn) or guidance.stale
    if turn.read.command is not None:
        return COMMANDS.get(turn.read.command, menu.unknown)
    if articles.just_asked(turn) and not turn.understood:
        return articles.by_number
    if turn.read.answer is not None and not turn.understood:
        if rosters.just_asked(turn):
            return rosters.said
        if turn.session.pending == "forget" and turn.session.last_intent is Intent.FORGET:
            return privacy.forget if turn.read.answer else guidance.cancel
        if turn.session.last_intent is Intent.DONE and turn.session.last_deadline:
            return reminders.done if turn.read.answer else reminders.overview
        if inviting.just_asked(turn):
            return inviting.leave if turn.read.answer else guidance.cancel
        if turn.session.confirming and _settles(turn):
            return _confirmed(turn)
    if turn.read.row and not turn.read.doubts:
        return portfolio.enrolled
    return _steered(turn) or _told(turn) or _weighed(turn)


def _settles(turn: Turn) -> bool:
    """Whether a yes or no is about what was assumed: 全部删除 is not, nor is 好，我回头告诉他."""
    remark = len(turn.read.text) > A_YES and chatting.is_remark(turn)
    return not remark and "forget" not in cues.hear(turn.read.text)


def _confirmed(turn: Turn) -> Skill:
    """是 or 不是 to what was taken on an assumption: a day, or that all are insured for long enough."""
    definitions = turn.sources.rulebook.facts
    dated = any(definitions[name].type == "date" for name in turn.session.confirming if name in definitions)
    if dated or not turn.session.goals:
        return deadlines.answer if turn.read.answer else deadlines.ask_again
    return checks.answer if turn.read.answer else checks.ask_again


def _weighed(turn: Turn) -> Skill:
    wanted = weighing.weigh(turn)
    if wanted is Intent.LOOKUP and questioning.said_before(turn):
        return asking.unclear
    if wanted in (Intent.LOOKUP, "unclear") and (meant := steering.loosely(turn)) is not None:
        return meant
    return SKILLS[wanted] if isinstance(wanted, Intent) else OTHERWISE[wanted]


def _steered(turn: Turn) -> Skill | None:
    """Who answers words that steer the talk rather than tell or ask something."""
    if turn.understood:
        return None
    if cues.says_nothing(turn.read.text) and not turn.read.intents:
        return asking.unclear
    heard_cues = cues.hear(turn.read.text)
    if heard_cues.language and len(turn.read.text) <= SHORT:
        return guidance.language
    if settings.said(turn) and (turn.deadlines or settings.names_one(turn)):
        return settings.by_words
    if turn.read.renamed:
        return companies.renamed
    if portfolio.asked_of(turn):
        return portfolio.side_by_side
    own = {"ours", "next_round", "round_after"} & heard_cues.cues
    own_dates = "follow_up" in heard_cues and pointing.asks_that_one(turn)
    if following.can(turn) and not (own_dates or (own and turn.deadlines)):
        return following.answer
    return steering.steered(turn)


def _told(turn: Turn) -> Skill | None:
    """Who answers what the message tells: dates of a notice, a supposition, what was asked."""
    return _unclear(turn) or _named(turn) or _questioned(turn) or _case_told(turn)


def _unclear(turn: Turn) -> Skill | None:
    if any(doubt.kind == "company" for doubt in turn.read.doubts):
        return companies.one_at_a_time
    if asking.unclear_which(turn) and not turn.understood:
        return asking.which_fact
    return None


def _named(turn: Turn) -> Skill | None:
    """Who answers what says itself whose it is: a notice's day, days before, a check, another trade."""
    if turn.read.noticed:
        return deadlines.noticed
    if turn.read.leads and turn.subscription is not None and "is_enough" in cues.hear(turn.read.text):
        return reminders.subscribe  # 不用那么多次，提前7天和1天就行
    if weighing.names_a_check(turn) or weighing.asks_what_to_do(turn):
        return checks.answer
    if trade := weighing.cycle_of_another(turn):
        return partial(clauses.answer_words, words=turn.say.say("deadlines.cycle_of", trade=trade))
    return None


def _questioned(turn: Turn) -> Skill | None:
    if deadlines.supposes(turn) and weighing.wants_dates(turn):
        return deadlines.what_if
    if questioning.several(turn):
        return several.answer
    if question := questioning.of_its_own(turn):
        return partial(clauses.answer_words, words=question)
    return checks.what_if if checks.supposes(turn) else None


def _case_told(turn: Turn) -> Skill | None:
    """Who goes on with the case that is told of."""
    if set(turn.session.asked) & {*turn.understood, *turn.read.unknown, *turn.rejected}:
        return _going_on(turn)
    decided = "decided" in cues.hear(turn.read.text)
    if weighing.chooses(turn) and (_asked_by_check(turn) or decided):
        return checks.answer
    if decided and cues.hear(turn.read.text).trade and clauses.find(turn, turn.read.text).abstain:
        return checks.answer  # 那按请咨询公司来做，帮我查查那边要什么
    return checks.answer if _asks_to_be_judged(turn) else None


def _asked_by_check(turn: Turn) -> bool:
    return turn.session.asking is Intent.CHECK and bool(turn.session.asked)


def _asks_to_be_judged(turn: Turn) -> bool:
    """Whether somebody asks if they themselves are good enough, and not for what the law does not say."""
    heard_cues = cues.hear(turn.read.text)
    if "judge" not in heard_cues:
        return False
    if weighing.wants_dates(turn) and set(turn.understood) & set(deadlines.triggers(turn)):
        return False  # 10月16日的名单里有我们，请列出时间要求
    # 审核师3个，够吗 is asked of these three.
    own = "own_case" in heard_cues or bool(set(turn.understood) - weighing.SELECTING)
    finding = clauses.find(turn, turn.read.text)
    if finding.confidence < weighing.SURE:
        return own or not turn.read.question
    # 国家办法和草案在人员要求上差哪: what holds for everybody, and the law answers it.
    return not finding.abstain and (own or bool(turn.session.goals))


def _answered(turn: Turn) -> Skill | None:
    """The skill that a button with a value answers: the one that dates belong to, or the one that asked."""
    if turn.tap is None or turn.tap.verb not in ("set", "unknown"):
        return None
    return deadlines.answer if weighing.about_dates(turn, {turn.tap.argument}) else _going_on(turn)


def _going_on(turn: Turn) -> Skill:
    """The skill that asked, when a tap or message answers it."""
    if turn.session.wanted == "subscribe":
        return reminders.subscribe
    return SKILLS[turn.session.asking] if turn.session.asking else checks.answer

"""Words that steer the talk rather than tell or ask anything, and who answers them where it stands."""

from __future__ import annotations

from collections.abc import Callable

from bot.messages import Intent, Reply
from bot.skills import (
    again,
    asking,
    chatting,
    checks,
    clauses,
    coming,
    companies,
    comparing,
    cues,
    deadlines,
    finishing,
    goals,
    grounds,
    inviting,
    menu,
    pointing,
    portfolio,
    postponing,
    privacy,
    reminders,
    settings,
    striking,
    undoing,
    wondering,
)
from bot.skills import help as guidance
from bot.turn import Turn
from knowledge.model import Abstain

Skill = Callable[[Turn], Reply]
Fits = Callable[[Turn], bool]


def _in_check(turn: Turn) -> bool:
    return turn.session.last_intent is Intent.CHECK


def _only_dates(turn: Turn) -> bool:
    """Whether the talk is about dates and no check was begun."""
    return bool(turn.deadlines) and not (turn.session.goals or turn.session.left)


def _in_reminders(turn: Turn) -> bool:
    """Whether the last reply was about reminders, or there are some; no check waits for an answer."""
    if turn.session.asked and _in_check(turn):
        return False
    return turn.session.last_intent in _REMINDING or turn.subscription is not None


def _hands_over(turn: Turn) -> bool:
    """让小陈来管; but 别提醒了，我让小陈记着 only wants no more reminders."""
    ends = any(item.intent is Intent.UNSUBSCRIBE and item.words for item in turn.read.intents[:1])
    kept = ends and "kept_in_mind" in cues.hear(turn.read.text)
    return turn.company is not None and _in_reminders(turn) and not kept


def _all_at_once(turn: Turn) -> Skill:
    """What is wanted for all companies: reminders, none any more, or to see how they stand."""
    strongest = turn.read.intents[0].intent if turn.read.intents else None
    wanted = turn.read.leads or strongest is Intent.SUBSCRIBE
    if strongest is Intent.UNSUBSCRIBE or "unwatch" in cues.hear(turn.read.text):
        return portfolio.unsubscribe
    return portfolio.subscribe if wanted else portfolio.answer


def _in_a_check(turn: Turn) -> bool:
    return bool(turn.session.goals) and bool(goals.in_play(turn))


def _can_be_doubted(turn: Turn) -> bool:
    """Whether the last reply rests on clauses that can be shown to whoever does not believe it."""
    return bool(turn.session.last_refs) and not _about_dates(turn) and chatting.tells_nothing(turn)


def _says_nothing_by_itself(turn: Turn) -> bool:
    """Whether neither the law nor what was spoken of makes anything of a question word alone."""
    if turn.session.offered and any(item.intent is Intent.CHECK for item in turn.read.intents):
        return False  # 够吗, behind the law's answer: the check that it leads on to
    finding = clauses.find(turn, turn.read.text)
    spoken_of = turn.session.goals or turn.session.asked or turn.session.last_topics or turn.deadlines
    known = spoken_of and finding.abstain is not Abstain.OUT_OF_SCOPE
    return not known and chatting.tells_nothing(turn)


def _asked_for_more(turn: Turn) -> bool:
    return bool(turn.session.asked) and chatting.tells_nothing(turn)


def _in_a_check_now(turn: Turn) -> bool:
    return _in_check(turn) and _in_a_check(turn) and chatting.tells_nothing(turn)


def _only_dates_now(turn: Turn) -> bool:
    return bool(turn.deadlines) and _about_dates(turn) and chatting.tells_nothing(turn)


def _about_dates(turn: Turn) -> bool:
    """Whether the last reply was about dates or reminders."""
    return turn.session.last_intent in (Intent.DEADLINES, Intent.DONE, *_REMINDING)


def _no_check(turn: Turn) -> bool:
    """Whether no check is in play that the words could be about, or dates were spoken of since."""
    return not turn.session.goals or turn.session.last_intent in pointing.OF_DATES


def _tells_done(turn: Turn) -> bool:
    """Whether a date of the company is told to be done, and no check waits for an answer."""
    return not (turn.session.asked and _in_check(turn)) and finishing.tells(turn)


def _tells_not_done(turn: Turn) -> bool:
    """Whether a date of the company is told, not asked, to be still to do."""
    kinds = {item.key for item in turn.deadlines}
    about_law = {"consequence", "helpless"} & cues.hear(turn.read.text).cues
    put_off = turn.read.intents[:1] and turn.read.intents[0].intent is Intent.SNOOZE and _in_reminders(turn)
    return not (turn.read.question or about_law or put_off) and bool(finishing.denied(turn) & kinds)


def which(turn: Turn) -> Reply:
    return guidance.which(turn, ("button.check", "check"), ("button.dates", "dates"))


def _nothing_begun(turn: Turn) -> bool:
    session = turn.session
    return not (session.goals or session.asked or session.pending) and chatting.is_remark(turn)


A_FEW = 24  # characters of a remark, twice as many in Latin letters

_REMINDING = (Intent.SUBSCRIBE, Intent.REMINDERS, Intent.SNOOZE, Intent.UNSUBSCRIBE)

# What steers the talk (``cue_words``), where the state of the talk lets it: cue, when, who answers.
STEERED: tuple[tuple[str, Fits, Skill], ...] = (
    ("keep", privacy.just_asked, guidance.cancel),
    ("strike_all", striking.can_all, striking.strike_all),
    ("bye", _nothing_begun, chatting.smalltalk),
    ("leave", lambda turn: not cues.hear(turn.read.text).rest, guidance.cancel),
    ("restart", lambda turn: not cues.hear(turn.read.text).rest, guidance.restart),
    ("resume", _only_dates, reminders.overview),
    (
        "resume",
        lambda turn: bool(turn.session.goals or turn.session.asked or turn.session.left),
        checks.resume,
    ),
    ("undo", undoing.can, undoing.undo),
    ("undone", lambda turn: reminders.last_done(turn) is not None, reminders.undo),
    ("finished", _tells_done, reminders.done),
    ("not_yet", _tells_not_done, reminders.not_done),
    ("back", lambda turn: bool(turn.session.trail), asking.back),
    ("strike", striking.can, striking.strike),
    ("amend", striking.can_amend, striking.amend),
    ("forget", lambda _: True, privacy.forget),
    ("clients_to_come", companies.announces_clients, companies.each_by_name),
    ("compared", comparing.can, comparing.answer),
    ("everyone", portfolio.several, lambda turn: _all_at_once(turn)(turn)),
    ("urgent", lambda turn: portfolio.several(turn) and not turn.read.company, portfolio.answer),
    ("urgent", lambda turn: bool(turn.deadlines), reminders.overview),
    ("drop", lambda turn: portfolio.several(turn) and turn.company is not None, inviting.leave),
    ("stop_all", _in_reminders, reminders.unsubscribe),
    ("done_so", _in_reminders, reminders.overview),
    ("again", _in_reminders, reminders.subscribe),
    ("some_day", lambda turn: bool(turn.deadlines), coming.which_day),
    ("next_reminder", lambda turn: bool(turn.deadlines), coming.when),
    ("where_sent", lambda turn: bool(turn.deadlines), coming.where),
    ("too_often", _in_reminders, coming.how_often),
    ("only_one", lambda turn: bool(reminders.meant(turn)), reminders.only),
    ("unmute", lambda turn: bool(turn.read.deadline and turn.deadlines), reminders.unmute),
    ("as_set", _in_reminders, settings.show),
    ("as_ruled", lambda turn: bool(turn.read.deadline and turn.deadlines), deadlines.by_the_rules),
    ("not_out", lambda turn: not turn.deadlines and not turn.read.hypothetical, deadlines.once_out),
    ("received", lambda turn: bool(turn.deadlines), deadlines.from_publication),
    ("next_round", pointing.rounds, pointing.next_round),
    ("round_after", pointing.rounds, pointing.next_round),
    ("ours", lambda turn: bool(turn.deadlines) and _no_check(turn), deadlines.answer),
    ("rest_day", pointing.named_or_by_day, pointing.rest_day),
    ("of_a_day", pointing.by_day, pointing.answer),
    ("days_left", pointing.one, pointing.answer),
    ("overdue", lambda turn: bool(turn.deadlines) and _no_check(turn), pointing.overdue),
    ("by_order", pointing.unnamed, pointing.by_order),
    ("in_period", pointing.spans, pointing.within),
    ("by_its_end", lambda turn: bool(turn.deadlines) and _no_check(turn), reminders.overview),
    ("when", pointing.named_alone, pointing.answer),
    ("pressing", lambda turn: bool(turn.deadlines) and _no_check(turn), reminders.overview),
    ("how_often", lambda turn: deadlines.cycle_unknown(turn) and not turn.read.trades, deadlines.how_often),
    ("put_off", _in_reminders, postponing.snooze),
    ("days_before", lambda turn: bool(turn.deadlines and turn.read.leads), reminders.choose_leads),
    ("days_alone", lambda turn: bool(turn.deadlines and turn.read.leads), reminders.choose_leads),
    ("on_a_day", lambda turn: any(item.state == "open" for item in turn.deadlines), postponing.snooze),
    ("mute", lambda turn: any(item.state == "open" for item in turn.deadlines), reminders.mute),
    ("translated", clauses.can_translate, clauses.translated),
    ("nth", again.has_nth, again.nth),
    *((cue, wondering.fails, wondering.answer) for cue in ("verdict", "entitled")),
    ("shorter", again.can, again.shorter),
    ("longer", again.can, again.longer),
    ("example", again.can, again.example),
    ("meaning", again.can, again.meaning),
    ("repeated", again.can, again.repeated),
    ("basis", lambda turn: bool(turn.session.last_refs), grounds.basis),
    ("doubted", _can_be_doubted, grounds.basis),
    ("why_asked", grounds.asked_of_check, grounds.why_asked),
    ("why_asked", lambda turn: _in_check(turn) and bool(turn.session.last_refs), grounds.basis),
    ("demanded", lambda turn: _in_a_check(turn) and turn.read.route is None, grounds.demanded),
    ("elsewhere", clauses.answers_elsewhere, clauses.answer_elsewhere),
    ("mended", lambda turn: not turn.read.hypothetical and checks.failing(turn) is not None, checks.mended),
    ("likewise", lambda turn: _in_a_check(turn), checks.answer),
    ("helpless", lambda turn: checks.failing(turn) is not None, checks.remedy),
    ("why_that_day", lambda turn: bool(turn.deadlines), deadlines.why),
    ("helpless", deadlines.late, deadlines.too_late),
    ("helpless", lambda turn: _in_a_check(turn) and not _about_dates(turn), checks.answer),
    ("verdict", lambda turn: _in_a_check(turn) or turn.session.asked[:1] == ("route",), checks.answer),
    ("may_we", lambda turn: _in_a_check(turn) and bool(turn.facts), checks.answer),
    ("meaning", lambda turn: _in_a_check_now(turn) and grounds.asked_of_check(turn), grounds.why_asked),
    *((cue, _in_a_check_now, checks.answer) for cue in ("shorter", "repeated", "meaning")),
    *((cue, _only_dates_now, deadlines.why) for cue in ("meaning", "doubted")),
    *((cue, _only_dates_now, deadlines.answer) for cue in ("shorter", "longer", "repeated")),
    ("hedged", _asked_for_more, chatting.hedged),
    ("menu", lambda _: True, menu.answer),
    ("bare_question", lambda turn: _in_a_check_now(turn) and grounds.asked_of_check(turn), grounds.why_asked),
    ("when_due", _only_dates_now, deadlines.answer),
    ("bare_question", _says_nothing_by_itself, asking.unclear),
    *((cue, chatting.asks_about_us, chatting.about) for cue in chatting.ABOUT),
    *((cue, chatting.is_remark, chatting.smalltalk) for cue in chatting.REMARKS),
    ("happened", lambda turn: checks.failing(turn) is not None, checks.found),
    ("noted", lambda _: True, companies.noted),
    ("prevails", _about_dates, deadlines.answer),
    ("weekday", lambda turn: bool(turn.deadlines), pointing.weekday),
    ("booked", lambda _: True, reminders.overview),
    ("unwatch", lambda _: True, reminders.unsubscribe),
    ("hand_over", _hands_over, inviting.invite),
    ("rhythm", lambda turn: turn.subscription is not None, settings.show),
    ("rhythm", lambda turn: bool(turn.deadlines), reminders.subscribe),
    ("wished", lambda _: True, reminders.subscribe),
    ("promised", lambda turn: bool(turn.deadlines), reminders.whether_on),
    ("watch", lambda _: True, reminders.subscribe),
    ("companies", portfolio.several, portfolio.answer),
    ("companies", lambda turn: bool(turn.talk.companies), companies.answer),
    ("outstanding", lambda turn: _in_a_check(turn) and not _about_dates(turn), checks.resume),
    ("outstanding", lambda turn: bool(turn.deadlines), reminders.overview),
    ("dates", lambda turn: bool(turn.deadlines), deadlines.answer),
    ("both", lambda turn: not (turn.deadlines or turn.session.goals), which),
    ("follow_up", pointing.asks_that_one, pointing.answer),
    ("moving", lambda turn: bool(turn.deadlines and turn.read.deadline), deadlines.answer),
    (
        "lost",
        lambda turn: (
            not turn.session.asked
            and not any(cue in cues.hear(turn.read.text) for cue in ("judge", "listed"))
            and not clauses.knows(turn)
        ),
        guidance.answer,
    ),
)


def steered(turn: Turn) -> Skill | None:
    """The first whom a cue of the message leads to where the talk stands."""
    heard = set(cues.hear(turn.read.text).cues)
    if finishing.tells(turn):
        heard.add("finished")  # in a clause of its own: 注册补上了，启动会定在下周二
    return next((skill for cue, fits, skill in STEERED if cue in heard and fits(turn)), None)


def _around_a_check(turn: Turn) -> bool:
    return bool(turn.session.asked) or _in_check(turn)


# What is made of words of which nothing else makes anything, behind the law's answer: cue, when, who answers.
LOOSELY: tuple[tuple[str, Fits, Skill], ...] = (
    ("loosely_noted", lambda turn: bool(turn.facts), companies.noted),
    ("loosely_example", again.can, again.example),
    ("loosely_quoted", again.can, grounds.basis),
    ("loosely_why", again.can, again.why),
    ("loosely_shorter", again.can, again.shorter),
    ("loosely_longer", again.can, again.longer),
    ("loosely_meaning", again.can, again.meaning),
    ("loosely_doubted", again.can, grounds.basis),
)


def loosely(turn: Turn) -> Skill | None:
    """Who answers a few words of which neither the law nor anything else makes anything, if anybody does."""
    words = turn.read.text
    known = turn.session.last_intent is not None and chatting.tells_nothing(turn)
    if not known or _around_a_check(turn) or len(words) > (2 * A_FEW if words.isascii() else A_FEW):
        return None
    finding = clauses.find(turn, words)
    if finding.topics or finding.resolved or finding.abstain is not Abstain.OUT_OF_SCOPE:
        return None
    heard = cues.hear(words)
    meant = next((skill for cue, fits, skill in LOOSELY if cue in heard and fits(turn)), None)
    remark = not (turn.read.question or "wanted" in heard or turn.read.intents)
    return meant or (chatting.smalltalk if remark else None)

"""What a message is taken to want: all that speaks for an intent weighed once, against what the law answers.

Taps, commands and words that steer the talk have had their turn before (``routing``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.messages import Intent
from bot.skills import checks, clauses, cues, deadlines, goals, heard
from bot.skills.choosing import kind_alone
from bot.turn import Turn
from knowledge.model import Abstain, Finding

Wanted = Intent | Literal["which", "cross", "unclear"]

# Intents that change things need clear words; below this they are not acted upon.
CLEAR = 0.5
IN_PLAY = 0.9  # facts of the check in play
WELL_ANSWERED = 0.6  # a finding as sure as this is an answer
SURE = 0.8  # and as this, even to somebody who asks for a check
ANSWERED_BY_LAW_TOO = {Intent.CHECK, Intent.DEADLINES}  # what people also ask about in general
SAYS_NOTHING = 0.05  # words that by themselves ask for nothing: 那没戏了
NEAR = 0.11  # evidence that close is no decision
A_LINE = 24  # characters of a short answer
ABOUT_US = (Intent.COMPANY, Intent.FORGET, Intent.EXPORT, Intent.HELP)  # no matter of the law
OF_A_COMPANY = {
    Intent.DEADLINES,
    Intent.DONE,
    Intent.SNOOZE,
    Intent.SUBSCRIBE,
    Intent.UNSUBSCRIBE,
    Intent.REMINDERS,
    Intent.EXPORT,
}  # what a company's name stands beside
NOT_NOW = (Intent.UNSUBSCRIBE, Intent.SNOOZE, Intent.REMINDERS)  # 提醒 in another sense than 提醒我
EVENT = 0.92  # the day that dates are counted from
LISTED = 0.75  # 上了名单: what comes next are dates
WATCHED = 0.99  # 帮我盯着
_OF_THE_CHECK = {
    "judge",
    "verdict",
    "checked",
    "enough",
    "turned",
    "mended",
    "helpless",
}  # cues that ask how it stands
SELECTING = {"audit_kind", "route"}  # facts that choose a check rather than decide it


def weigh(turn: Turn) -> Wanted:
    """The strongest evidence wins; a question that the law answers well goes before weak evidence."""
    evidence = _evidence(turn)
    if _only_turns(turn):
        return Intent.CHECK
    if _beside_the_check(turn):
        return Intent.LOOKUP
    if _is_on_the_list(turn):
        return Intent.DEADLINES
    if _law_is_silent(turn) and max(evidence.get(intent, 0.0) for intent in ABOUT_US) < IN_PLAY:
        return Intent.LOOKUP
    asked = evidence.pop(Intent.LOOKUP, 0.0)
    if turn.understood and evidence.get(Intent.DEADLINES, 0.0) >= CLEAR and set(turn.understood) <= SELECTING:
        # Whoever says what kind of audit it is and asks about dates asks for one's own.
        return Intent.DEADLINES
    if turn.understood and kind_alone(turn) and not (turn.session.goals or turn.session.asked):
        return Intent.DEADLINES if turn.session.last_intent is Intent.DEADLINES else Intent.COMPANY
    if "consequence" in cues.hear(turn.read.text) and not turn.understood:
        return _from_law(turn, Intent.LOOKUP, asked)
    if told := _of_who_they_are(turn):
        return told
    best = max(evidence, key=evidence.__getitem__, default=Intent.LOOKUP)
    weight = evidence.get(best, 0.0)
    if weight > asked and not turn.session.goals and _torn(turn, evidence):
        return "which"
    if best is Intent.CHECK and turn.read.question and checks.decides_nothing(turn):
        return _from_law(turn, best, weight)
    if best not in ANSWERED_BY_LAW_TOO or turn.understood or turn.rejected:
        return best if weight >= max(asked, CLEAR) else _from_law(turn, best, weight)
    named = asked >= IN_PLAY and asked > weight  # a clause by its number: the words ask for the law
    return _from_law(turn, best, weight, general=named or _asks_in_general(turn, best))


def _is_on_the_list(turn: Turn) -> bool:
    """我们进名单了，怎么办: told, and nothing asked that the law may be silent on."""
    heard_cues = cues.hear(turn.read.text).cues
    at_a_loss = not turn.read.question or "what_to_do" in heard_cues
    return "listed" in heard_cues and at_a_loss and not turn.understood


def _of_who_they_are(turn: Turn) -> Intent | None:
    """What is wanted where a message tells who they are, and what else it asks."""
    if introduces(turn):
        return Intent.COMPANY
    if deadlines.INDUSTRY in turn.understood and "cycle_asked" in cues.hear(turn.read.text):
        return Intent.DEADLINES  # 我们是电镀厂，2022年通过验收的，多久要再做
    return Intent.LOOKUP if _asks_beside_the_trade(turn) else None


def _asks_beside_the_trade(turn: Turn) -> bool:
    """我们是电镀厂，第一步做什么: who they are, and a question that the law answers; how often rounds come
    back is not asked."""
    told = set(turn.understood) - SELECTING
    of_rounds = turn.sources.rulebook.schedule_facts - set(deadlines.triggers(turn))
    if not (deadlines.INDUSTRY in told <= of_rounds and turn.read.question) or turn.session.goals:
        return False
    return not {"cycle_asked", "next_round"} & cues.hear(turn.read.text).cues and clauses.knows(turn)


def about_dates(turn: Turn, spoken: set[str]) -> bool:
    """Whether what was spoken of decides dates: an event they are counted from, or all of it what sets how
    often rounds come back. A question about something else that the same facts decide is left alone."""
    if turn.read.question and turn.read.goals and spoken <= _facts_of(turn, turn.read.goals[:1]):
        return False
    telling = spoken - SELECTING
    if telling & set(deadlines.triggers(turn)):
        return True
    return bool(telling) and telling <= turn.sources.rulebook.schedule_facts and not turn.read.goals


def chooses(turn: Turn) -> bool:
    """请机构的, 自愿, where a check is open: which one is meant, and nothing else."""
    return kind_alone(turn) or (not turn.read.question and cues.hear(turn.read.text).trade is not None)


def wants_dates(turn: Turn) -> bool:
    """Whether words speak for dates, or only follow up what was said: 要是12月1号公布呢."""
    said = max((item.weight for item in turn.read.intents if item.intent is Intent.DEADLINES), default=0.0)
    return said >= CLEAR or turn.read.deadline is not None or "follow_up" in cues.hear(turn.read.text)


def introduces(turn: Turn) -> bool:
    """一家叫甲公司，强制的，请的我们做: a client, and what kind of case it is; nothing is asked yet."""
    told = set(turn.understood)
    about_them = bool(turn.read.company) and turn.session.client and bool(told) and told <= SELECTING
    return about_them and not turn.read.question and "judge" not in cues.hear(turn.read.text)


def known_not_to_say(finding: Finding) -> bool:
    """Whether the law is known not to give what was asked for, as opposed to nothing having been found."""
    return bool(finding.abstain and finding.topics) and finding.confidence >= WELL_ANSWERED


def _torn(turn: Turn, evidence: Mapping[Intent, float]) -> bool:
    """Whether a check and the dates are equally likely meant, and nothing was told that decides."""
    check, dates = evidence.get(Intent.CHECK, 0.0), evidence.get(Intent.DEADLINES, 0.0)
    return min(check, dates) >= CLEAR and abs(check - dates) < NEAR and set(turn.understood) <= SELECTING


def _law_is_silent(turn: Turn) -> bool:
    """Whether a question asks for what the law is known not to say. Where it also tells something, that is
    kept; the library must be surer then, and no word may speak of a check or of dates."""
    if not turn.read.question or turn.read.doubts:
        return False
    if turn.understood and any(
        item.words for item in turn.read.intents if item.intent in ANSWERED_BY_LAW_TOO
    ):
        return False
    finding = clauses.find(turn, turn.read.text)
    return known_not_to_say(finding) and (not turn.understood or finding.confidence >= SURE)


def _beside_the_check(turn: Turn) -> bool:
    """请个外面的专家行不行, in the middle of a check: a question with a matter of its own, which the law
    answers; 我们行不行 and 高工够吗 ask how the check stands."""
    if not (turn.session.goals and turn.read.question) or turn.understood or turn.read.hypothetical:
        return False
    if turn.rejected or turn.read.doubts or _OF_THE_CHECK & cues.hear(turn.read.text).cues:
        return False
    finding = clauses.find(turn, turn.read.text)
    return bool(finding.topics) and not finding.abstain and finding.confidence >= IN_PLAY


def _law_answers(turn: Turn) -> bool:
    """Whether what is asked is answered by the law, whatever is told beside it with half a heart."""
    if not turn.read.question or turn.understood or not turn.read.doubts:
        return False
    finding = clauses.find(turn, turn.read.text)
    return bool(finding.topics) and not finding.abstain and finding.confidence >= SURE


def _from_law(turn: Turn, best: Intent, weight: float, *, general: bool = True) -> Wanted:
    """The law's answer where it has one, or knows that it has none; else what the evidence speaks for."""
    finding = clauses.find(turn, turn.read.text)
    sure = finding.confidence >= (WELL_ANSWERED if finding.abstain else min(weight, WELL_ANSWERED))
    if sure and (general or finding.abstain):
        return Intent.LOOKUP
    dated = finding.abstain and turn.deadlines and turn.read.deadline
    if dated and "whereabouts" not in cues.hear(turn.read.text):
        return Intent.DEADLINES
    if finding.abstain is Abstain.OUT_OF_SCOPE and _done_already(turn):
        return Intent.DONE
    if finding.abstain is Abstain.OUT_OF_SCOPE and "cross" in cues.hear(turn.read.text):
        return "cross"
    if weight >= CLEAR or (finding.abstain and best is Intent.SMALLTALK):
        return best
    if not (turn.read.intents or _turns_to(turn)) and _an_answer_not_understood(turn, finding):
        return "unclear"  # 哦豁, lkjh: nothing speaks for anything
    if finding.abstain and turn.read.goals and not turn.read.question and _speaks_of_a_check(turn):
        return Intent.CHECK
    if _only_about_the_check(turn, finding):
        return Intent.CHECK
    return "unclear" if _an_answer_not_understood(turn, finding) else Intent.LOOKUP


def _speaks_of_a_check(turn: Turn) -> bool:
    """Whether anything in the words is of a check: 有点多 behind the law's answer is of none."""
    read = turn.read
    said = read.named or read.route or read.audit_kind or read.facts or read.hypothetical or read.doubts
    return bool(said) or any(item.words for item in read.intents if item.intent is Intent.CHECK)


def _done_already(turn: Turn) -> bool:
    """注册好了, where nothing is open: that there is nothing to mark is a better answer than none."""
    told = (item.weight for item in turn.read.intents if item.intent is Intent.DONE and item.words)
    return max(told, default=0.0) >= CLEAR and not turn.read.question


def _only_about_the_check(turn: Turn, finding: Finding) -> bool:
    """那是不是就没希望了, in a check: words that ask for nothing by themselves ask how it stands."""
    says_nothing = finding.abstain is Abstain.OUT_OF_SCOPE and finding.confidence <= SAYS_NOTHING
    short = len(turn.read.text) <= A_LINE
    return says_nothing and short and turn.read.question and bool(turn.session.goals)


def _an_answer_not_understood(turn: Turn, finding: Finding) -> bool:
    """A few words, after a question of ours, of which nothing could be read: no question about the law."""
    return (
        bool(turn.session.asked)
        and (not turn.read.question or "decided" in cues.hear(turn.read.text))
        and len(turn.read.text) <= A_LINE
        and finding.abstain is Abstain.OUT_OF_SCOPE
    )


def _asks_in_general(turn: Turn, intent: Intent) -> bool:
    """Whether a question about conditions or dates could as well be answered from the law: nothing was
    told with it, and nothing that it needs is known of a company."""
    if turn.understood or turn.rejected or turn.read.doubts or not turn.read.question:
        return False
    held = set(turn.facts)
    if intent is Intent.DEADLINES and _of_another_trade(turn):
        return True
    if intent is Intent.CHECK:
        return not turn.session.goals and not held
    decisive = {*deadlines.triggers(turn), *turn.sources.rulebook.schedule_facts} - SELECTING
    return intent is Intent.DEADLINES and not held & decisive


def cycle_of_another(turn: Turn) -> str:
    """那电镀的呢, right behind one's own dates: the other trade of which the cycle is asked, or nothing."""
    after = turn.session.last_intent is Intent.DEADLINES and deadlines.INDUSTRY in turn.facts
    alone = "follow_up" in cues.hear(turn.read.text) and len(turn.read.text) <= A_LINE and not turn.read.facts
    supposed = (str(one.value) for one in turn.read.hypothetical if one.name == deadlines.INDUSTRY)
    asked = next(supposed, turn.read.trades[0] if _of_another_trade(turn) else "")  # 假如我们是造船的呢
    return asked if after and alone else ""


def _of_another_trade(turn: Turn) -> bool:
    """顺便问下，钢铁厂多久一轮: asked of a trade that is not the company's."""
    own = str(turn.facts.get(deadlines.INDUSTRY, ""))
    return any(trade not in own for trade in turn.read.trades)


def _evidence(turn: Turn) -> dict[Intent, float]:
    """What the words say, in the light of what is known."""
    evidence = {item.intent: item.weight for item in turn.read.intents}
    if turn.understood:
        # A name told together with facts says whom they are about, not that the company is the matter.
        evidence.pop(Intent.COMPANY, None)
    elif turn.read.company and _wants_more_than_a_name(turn):
        evidence.pop(Intent.COMPANY, None)
    if not any(item.state == "open" for item in turn.deadlines):
        # Nothing is open that could be done or put off.
        evidence.pop(Intent.DONE, None)
        evidence.pop(Intent.SNOOZE, None)
    spoken = {*turn.understood, *(() if _law_answers(turn) else heard.to_ask_again(turn))}
    if about_dates(turn, spoken):
        _raise(evidence, Intent.DEADLINES, EVENT)
    if turn.deadlines and turn.session.last_intent is Intent.DEADLINES and kind_alone(turn):
        _raise(evidence, Intent.DEADLINES, IN_PLAY)
    if turn.session.goals and (spoken & _facts_of(turn, turn.session.goals) or _turns_to(turn)):
        _raise(evidence, Intent.CHECK, IN_PLAY)
    if turn.read.company and turn.read.deadline and turn.deadlines and Intent.DONE not in evidence:
        _raise(evidence, Intent.DEADLINES, IN_PLAY)  # 鹏源呢，注册过期没有
    if set(turn.understood) - SELECTING and not evidence:
        evidence[Intent.CHECK] = IN_PLAY  # 明珠3个: what is told is never nothing
    heard_cues = cues.hear(turn.read.text)
    if "listed" in heard_cues:
        _raise(evidence, Intent.DEADLINES, LISTED)
    otherwise = max(evidence.get(intent, 0.0) for intent in NOT_NOW)
    wished = evidence.get(Intent.SUBSCRIBE, 0.0) >= max(CLEAR, otherwise) and not turn.read.question
    if "watch" in heard_cues or wished:
        _raise(evidence, Intent.SUBSCRIBE, WATCHED)
    return evidence


def _wants_more_than_a_name(turn: Turn) -> bool:
    """恒信达那家注册做完了: words that want something of the company named, none that only switch to it."""
    words = {item.intent for item in turn.read.intents if item.words and item.weight >= CLEAR}
    about = turn.read.audit_kind or turn.read.route or cues.hear(turn.read.text).trade
    if Intent.COMPANY in words:
        return False
    if about and turn.session.goals:
        return True  # 顺达请机构的话呢
    asked = turn.read.question and Intent.LOOKUP in words
    answered = asked and clauses.find(turn, turn.read.text).confidence >= SURE
    return answered or bool(words & OF_A_COMPANY) or turn.read.deadline is not None


def _raise(evidence: dict[Intent, float], intent: Intent, weight: float) -> None:
    evidence[intent] = max(evidence.get(intent, 0.0), weight)


def _turns_to(turn: Turn) -> bool:
    """那强制的呢, in the middle of a check: the same for another kind or route."""
    about = turn.read.audit_kind or turn.read.route or cues.hear(turn.read.text).trade
    return bool(about) and turn.session.last_intent is Intent.CHECK and not set(turn.understood) - SELECTING


def _only_turns(turn: Turn) -> bool:
    """那自愿的呢, and for voluntary audits?, in the middle of a check: a few words that only turn it."""
    text = turn.read.text
    short = len(text) <= (2 * A_LINE if text.isascii() else A_LINE)
    open_route = turn.session.asked[:1] == (checks.ROUTE,)  # 自己做呢, where the verdict held for each way
    in_play = open_route or (bool(turn.session.goals) and turn.session.last_intent is Intent.CHECK)
    in_play = in_play or bool(turn.session.goals and turn.session.asked)
    heard_cues = cues.hear(text)
    about = turn.read.audit_kind or turn.read.route or heard_cues.trade
    if not short or not in_play or turn.understood:
        return False
    if goals.named_other(turn) and {"turned", "judge"} & heard_cues.cues:
        return True
    return bool(about) and bool({"turned", "follow_up"} & heard_cues.cues)


def asks_what_to_do(turn: Turn) -> bool:
    """审核师只有3个，怎么办: what is told of their own falls short, or may."""
    told = set(turn.understood) - SELECTING - turn.sources.rulebook.schedule_facts
    return bool(told) and "what_to_do" in cues.hear(turn.read.text)


def names_a_check(turn: Turn) -> bool:
    """第十六条加第二十一条，一起看够不够: what is to be checked is named, and asked to be; or 验收打了75分，
    能不能申省级: what was told decides it."""
    if turn.rejected or not goals.named_other(turn):
        return False
    heard_cues = cues.hear(turn.read.text)
    told = (set(turn.understood) - SELECTING) & _facts_of(turn, turn.read.goals_named)
    if "enough" in heard_cues:
        sure = clauses.find(turn, turn.read.text).confidence >= SURE
        return "turned" in heard_cues or bool(told) or not sure
    decided = bool(told) and "entitled" in heard_cues and not checks.decides_nothing(turn)
    return "checked" in heard_cues or decided


def _facts_of(turn: Turn, goals: tuple[str, ...]) -> set[str]:
    known = turn.sources.rulebook.goals
    return {name for goal in goals if goal in known for name in known[goal].facts}

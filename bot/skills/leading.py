"""What the law says in general goes before the one question, where nothing is known yet to go by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.messages import Block, Intent, Reply, Text
from bot.skills import checks, goals
from bot.skills.asking import answers, question
from bot.skills.clauses import find, in_words, standing
from bot.skills.cues import hear
from bot.skills.verdicts import would_be
from bot.taps import button, offered
from bot.turn import Turn
from knowledge.model import Finding
from rules_engine.model import Outcome

STATEMENTS = 3  # of the law, before a question
SURE = 0.6  # a finding as sure as this is an answer
REQUESTED = 0.75  # evidence of a check that was asked for in so many words
CHOOSING = {"audit_kind", "route"}
_PIECES = re.compile(r"[,，。.?!？！;；\n]")


def law_first(turn: Turn, skill: Callable[[Turn], Reply]) -> Reply:
    """The skill's reply. Where it could only ask back and the law has an answer in general, that is said
    first; where the law's answer is all, and somebody's own case was begun, its question follows."""
    begun = bool(turn.session.goals or turn.session.asked) or turn.tap is not None or bool(turn.read.command)
    reply = _with_kept(turn, skill(turn))
    if (finding := _asked_beside_dates(turn, reply)) is not None:
        return _before_dates(turn, finding, reply)
    if begun:
        return reply
    if reply.intent is Intent.LOOKUP:
        return _own_case(turn, reply)
    if not _only_asks(reply) or not _in_general(turn, reply):
        return reply
    finding = find(turn, turn.read.text)
    if finding.abstain or finding.confidence < SURE or not finding.topics:
        return reply
    return _after(turn, finding, reply)


def _asked_beside_dates(turn: Turn, reply: Reply) -> Finding | None:
    """The law's answer to a question that stands beside the day that dates are counted from, where it asks
    for something else than dates: 名单11月2号，审核师要几个."""
    told = set(turn.understood) & turn.sources.rulebook.schedule_facts
    if reply.intent is not Intent.DEADLINES or reply.schedule is None or not told or not turn.read.question:
        return None
    asked = [piece for piece in _PIECES.split(turn.read.text) if piece.strip()][-1:]
    if not asked or len(asked[0]) == len(turn.read.text):
        return None
    finding = find(turn, asked[0])
    leads_on = any(step.action == "dates" for step in finding.steps)
    refs = {ref for statement in finding.statements for ref in statement.refs}
    of_dates = refs & {one.ref for one in reply.citations}
    sure = bool(finding.topics) and finding.confidence >= REQUESTED
    return finding if sure and not (finding.abstain or leads_on or of_dates) else None


def _before_dates(turn: Turn, finding: Finding, reply: Reply) -> Reply:
    said = _statements(turn, finding)
    refs = [ref for statement in finding.statements[:STATEMENTS] for ref in statement.refs]
    first, *rest = reply.blocks
    head = replace(first, role="body") if isinstance(first, Text) else first
    turn.session.last_topics = finding.topics
    return replace(
        reply,
        intent=Intent.LOOKUP,
        blocks=(*said, head, *rest),
        citations=turn.cite((*refs, *(one.ref for one in reply.citations))),
    )


def _statements(turn: Turn, finding: Finding) -> list[Block]:
    return [
        Text(in_words(turn, statement), "headline" if number == 0 else "body")
        for number, statement in enumerate(finding.statements[:STATEMENTS])
    ]


def _with_kept(turn: Turn, reply: Reply) -> Reply:
    """An answer from the law to a message that also told something says that this was noted."""
    counted = {item.trigger for item in reply.schedule.deadlines} if reply.schedule is not None else set()
    told = [name for name in turn.understood if name not in CHOOSING | counted]
    if not told or reply.intent not in (Intent.LOOKUP, Intent.ABSTAIN):
        return reply
    facts = [would_be(turn, name, turn.understood[name]) for name in told]
    kept = Text(turn.say.say("asking.kept", facts=facts), "note")
    return replace(reply, blocks=(*reply.blocks[:1], kept, *reply.blocks[1:]))


def _only_asks(reply: Reply) -> bool:
    """Whether a reply decides nothing on what is known, and asks."""
    if reply.intent not in (Intent.CHECK, Intent.DEADLINES) or len(reply.asks) != 1 or reply.schedule:
        return False
    rows = reply.check.requirements if reply.check is not None else ()
    return all(row.outcome is Outcome.UNKNOWN for row in rows)


def _in_general(turn: Turn, reply: Reply) -> bool:
    """Whether the words ask what holds, or tell of what befell, rather than ask to be checked. Where no check
    is known yet that could be shown, what holds in general is said to those too."""
    judged = "judge" in hear(turn.read.text) and reply.check is not None
    # 我们被列入强制名单了: the periods are said already, and nothing else is asked.
    said = reply.intent is Intent.DEADLINES and bool(reply.citations) and not turn.read.question
    if judged or said or turn.rejected or turn.read.doubts:
        return False
    wanted = {item.intent: item.weight for item in turn.read.intents}
    return turn.read.question or (bool(turn.understood) and wanted.get(Intent.CHECK, 0.0) < REQUESTED)


def _after(turn: Turn, finding: Finding, reply: Reply) -> Reply:
    said = _statements(turn, finding)
    turn.session.last_topics = finding.topics
    refs = [ref for statement in finding.statements[:STATEMENTS] for ref in statement.refs]
    clauses = (button(turn.clause_label(ref), "clause", ref) for ref in finding.quotes[:1])
    name = reply.asks[0]
    return replace(
        reply,
        blocks=(*said, Text(question(turn, name)), *standing(turn, finding.standing_of)),
        buttons=offered(*answers(turn, name), *clauses),
        citations=turn.cite((*refs, *(one.ref for one in reply.citations))),
    )


def _own_case(turn: Turn, reply: Reply) -> Reply:
    """我们想自己做，要什么条件: after the law, the first question of the check for them."""
    told = set(turn.understood)
    if not told or not told <= CHOOSING or not turn.read.goals or reply.asks:
        return reply
    goal = next(iter(goals.in_play(turn)), None)
    if goal is None:
        return reply
    turn.session.goals = goals.in_play(turn)
    missing = checks.judge(turn, goal, turn.facts).missing
    if not missing:
        return reply
    turn.session.asked, turn.session.asking = missing, Intent.CHECK
    return replace(
        reply,
        blocks=(*reply.blocks, Text(turn.say.say("asking.own_case", question=question(turn, missing[0])))),
        buttons=offered(*answers(turn, missing[0]), *reply.buttons)[:6],
        asks=missing[:1],
    )

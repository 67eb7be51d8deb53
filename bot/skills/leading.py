"""What the law says in general goes before the one question, where nothing is known yet to go by."""

from __future__ import annotations

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


def law_first(turn: Turn, skill: Callable[[Turn], Reply]) -> Reply:
    """The skill's reply. Where it could only ask back and the law has an answer in general, that is said
    first; where the law's answer is all, and somebody's own case was begun, its question follows."""
    begun = bool(turn.session.goals or turn.session.asked) or turn.tap is not None or bool(turn.read.command)
    reply = _with_kept(turn, skill(turn))
    if begun:
        return reply
    if reply.intent is Intent.LOOKUP:
        return _own_case(turn, reply)
    if not _only_asks(reply) or not _in_general(turn):
        return reply
    finding = find(turn, turn.read.text)
    if finding.abstain or finding.confidence < SURE or not finding.topics:
        return reply
    return _after(turn, finding, reply)


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


def _in_general(turn: Turn) -> bool:
    """Whether the words ask what holds, or tell of what befell, rather than ask to be checked."""
    if "judge" in hear(turn.read.text) or turn.rejected or turn.read.doubts:
        return False
    wanted = {item.intent: item.weight for item in turn.read.intents}
    return turn.read.question or (bool(turn.understood) and wanted.get(Intent.CHECK, 0.0) < REQUESTED)


def _after(turn: Turn, finding: Finding, reply: Reply) -> Reply:
    said: list[Block] = [
        Text(in_words(turn, statement), "headline" if number == 0 else "body")
        for number, statement in enumerate(finding.statements[:STATEMENTS])
    ]
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

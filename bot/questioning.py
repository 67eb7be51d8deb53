"""What of a message is a question that the law answers: several in one, one beside what is told, the last one
once more."""

from __future__ import annotations

import re

from bot import weighing
from bot.messages import Intent
from bot.skills import checks, clauses, cues, heard
from bot.turn import Turn

ASKED = 0.75  # a finding as sure as this answers a question of its own beside what was told
_PIECES = re.compile(r"[,，。.?？!！;；\n]")


def several(turn: Turn) -> bool:
    """Whether the message holds several questions that the law answers, each for itself."""
    if set(turn.session.asked) & {*turn.understood, *turn.rejected}:
        return False  # it answers what was asked
    if set(turn.understood) - weighing.SELECTING and not turn.read.question:
        return False  # a client, its route and its numbers: told, not asked
    return heard.asks_several(turn.read.facts, clauses.find(turn, turn.read.text).parts)


def of_its_own(turn: Turn) -> str | None:
    """没有高工，外聘专家行不行: the words that ask, where they have a matter of their own that the law knows
    and what is told beside them decides nothing yet."""
    told = set(turn.understood) - weighing.SELECTING
    if not turn.read.question or turn.rejected or turn.read.doubts or turn.session.goals:
        return None
    if not (told or turn.read.hypothetical) or told & turn.sources.rulebook.schedule_facts:
        return None
    asking = [piece for piece in _PIECES.split(turn.read.text) if piece.strip()][-1:]
    if not asking or any(asking[0] in fact.words or fact.words in asking[0] for fact in turn.read.facts):
        return None
    if told and not checks.decides_nothing(turn):
        return None
    if any(
        isinstance(fact.value, str) and asking[0].lower() in fact.words for fact in turn.read.hypothetical
    ):
        return None  # can we reapply on 20 December: the day asked about decides it
    finding = clauses.find(turn, asking[0])
    answered = bool(finding.topics) and not finding.abstain and finding.confidence >= ASKED
    return asking[0] if answered else None


def said_before(turn: Turn) -> bool:
    """Whether the law's answer would be the last one once more, to a few words that ask nothing."""
    heard_cues = cues.hear(turn.read.text).cues
    asking = turn.read.question or bool(heard_cues & {"again_please", "follow_up"})
    if asking or len(turn.read.text) > weighing.A_LINE:
        return False
    finding = clauses.find(turn, turn.read.text)
    same = bool(finding.topics) and finding.topics == turn.session.last_topics
    if finding.abstain and finding.confidence >= weighing.SURE:
        return False  # 你推荐一家机构吧, after 多少钱: another question that the law is silent on
    return same and turn.session.last_intent in (Intent.LOOKUP, Intent.ABSTAIN, Intent.HELP)

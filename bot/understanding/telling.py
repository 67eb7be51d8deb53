"""When a day planned, or told before a question, is a fact all the same."""

from __future__ import annotations

from dataclasses import replace

from bot.understanding.clause import Clause


def willed(clause: Clause) -> Clause:
    """What is planned is a fact where the fact is a plan: 打算12月再申请."""
    if clause.mood == "plan":
        return replace(clause, mood="tell", before_question=False)
    if clause.before_question and clause.has("plan"):
        return replace(clause, before_question=False)
    return clause


def dated(clause: Clause) -> Clause:
    """名单3月15号发布的，什么时候注册: a past day before a question is told."""
    return (
        replace(clause, before_question=False) if clause.before_question and _tells_past(clause) else clause
    )


def _tells_past(clause: Clause) -> bool:
    return clause.has("date", "near_miss") and not clause.has("plan", "require", "ask", "hypothetical")

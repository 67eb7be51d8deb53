"""到底行不行, behind 3个审核师行不行: the verdict on what was only asked about."""

from __future__ import annotations

from bot.messages import Intent, Reply
from bot.skills import checks
from bot.skills.asking import numbers_in
from bot.skills.chatting import tells_nothing
from bot.subjects import subjects
from bot.turn import Turn
from rules_engine.model import Verdict


def fails(turn: Turn) -> bool:
    """Whether what the law was just asked about falls short on every route, and the answer is wanted."""
    session = turn.session
    held = bool(session.wondered) and session.last_intent is Intent.LOOKUP and not session.goals
    other = turn.read.named or any(number > 1 for number in numbers_in(turn.read.text))  # 4个呢
    if not held or other or turn.read.hypothetical or not tells_nothing(turn):
        return False
    results = [checks.judge(turn, goal, {**turn.facts, **session.wondered}) for goal in _goals()]
    return all(result.verdict is Verdict.FAIL for result in results)


def answer(turn: Turn) -> Reply:
    """The verdict first, of the first route: it comes to the same on each."""
    return checks.supposed(turn, next(iter(_goals())), turn.session.wondered)


def _goals() -> tuple[str, ...]:
    """The checks of which one applies whoever audits."""
    return tuple(goal for item in subjects() if item.principal and item.route for goal in item.goals)

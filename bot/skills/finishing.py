"""Which deadlines a message tells to be done: 注册和启动早都弄完了, 报告还没."""

from __future__ import annotations

import re

from bot.skills.cues import hear
from bot.turn import Turn
from bot.understanding.notices import deadlines_in

_CLAUSE = re.compile(r"[,。;!?\n]| but ")


def told(turn: Turn) -> set[str]:
    """The keys of the deadlines told to be done; those of which the same message says that they are not, left
    out. Empty where none is named."""
    done: set[str] = set()
    for clause in _CLAUSE.split(turn.read.text.lower()):
        if "not_yet" in hear(clause) and not deadlines_in(clause) and done:
            return set()  # 只是注册了账号，先别算完成
        named = set(deadlines_in(clause))
        done = done - named if "not_yet" in hear(clause) else done | named
    return done

"""Which deadlines a message tells to be done: 注册和启动早都弄完了, 报告还没."""

from __future__ import annotations

import re

from bot.skills.cues import hear
from bot.turn import Turn
from bot.understanding.notices import deadlines_in

_CLAUSE = re.compile(r"[,。;!?\n]| but ")
_ENDED = re.compile("了|好|完|过|掉|咗|done|finished|registered|submitted|started|handed in")


def told(turn: Turn) -> set[str]:
    """The keys of the deadlines told to be done; those of which the same message says that they are not, left
    out. Empty where none is named."""
    done: set[str] = set()
    for clause in _CLAUSE.split(turn.read.text.lower()):
        named = set(deadlines_in(clause))
        if "not_yet" not in hear(clause):
            done |= named if _ENDED.search(clause) else set()
        elif named or not done:
            done -= named
        else:
            return set()  # 只是注册了账号，先别算完成
    return done

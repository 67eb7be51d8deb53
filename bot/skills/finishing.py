"""Which deadlines a message tells to be done: 注册和启动早都弄完了，报告还没; 前两项做完了; 都办好了."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.skills.cues import hear
from bot.turn import Turn
from bot.understanding.dialect import mandarin
from bot.understanding.notices import deadlines_in

_CLAUSE = re.compile(r"(?P<words>(?:(?! but )[^,。;!?\n])+)(?P<sign>[?]?)")
_ENDED = re.compile("了|好|完|过|掉|咗|√|✓|✅|已|ok|done|finished|registered|submitted|started|handed in")
_ASKED = re.compile(
    "(?:吗|么|嘛|没有?|未|呢)$|还是|是指|是不是|什么|啥|哪[个些天里一种]|几[天个号项步]|怎|谁|多久|多少|如何|"
    r"\b(?:what|which|when|how|or)\b"
)
_FIRST_OF = re.compile("前(?:面|头)?(?:的|这|那)?(?P<many>[一两二俩三2-3])(?:个|项|件|步)")
_PLACE = re.compile("第(?P<place>[一二三四1-4])(?:个|项|件|步)|头一?(?:个|项|件)|最后(?:一)?(?:个|项|件)?")
_NUMBERS = {"一": 1, "两": 2, "二": 2, "俩": 2, "三": 3, "四": 4}


def told(turn: Turn) -> set[str]:
    """The keys of the deadlines told to be done; those of which the same message says that they are not, left
    out. Empty where none is meant."""
    done: set[str] = set()
    for clause, asked in _clauses(turn):
        named = set(deadlines_in(clause)) or _by_order(turn, clause)
        if asked:
            continue
        if "not_yet" not in hear(clause):
            done |= named if _ENDED.search(clause) else set()
        elif named or not done:
            done -= named
        else:
            return set()  # 只是注册了账号，先别算完成
    return done


def tells(turn: Turn) -> bool:
    """Whether the words tell in so many words that a deadline of the company is done."""
    clauses = list(_clauses(turn))
    if not turn.deadlines or (turn.read.question and len(clauses) == 1):
        return False
    return any(
        "finished" in hear(clause) and "not_yet" not in hear(clause) and not asked
        for clause, asked in clauses
        if deadlines_in(clause) or _by_order(turn, clause)
    )


def unsure(turn: Turn) -> bool:
    """注册好像弄完了吧, 听说报告交了: whether what is told to be done is only heard or guessed."""
    return any("half_done" in hear(clause) for clause, _ in _clauses(turn) if _ENDED.search(clause))


def denied(turn: Turn) -> set[str]:
    """其实报告还没交: the deadlines of which it is told that they are not done."""
    return {
        key
        for clause, asked in _clauses(turn)
        if not asked and "not_yet" in hear(clause)
        for key in deadlines_in(clause)
    }


def _clauses(turn: Turn) -> Iterator[tuple[str, bool]]:
    """The clauses of the message, and whether each asks."""
    for found in _CLAUSE.finditer(mandarin(turn.read.text.lower())):
        words = found["words"].strip()
        yield words, bool(found["sign"] or _ASKED.search(words))


def _by_order(turn: Turn, clause: str) -> set[str]:
    """第一项, 前两个, 都: the open deadlines meant by their place, those that come back left out."""
    rules = turn.sources.rulebook.rules.deadlines
    first = next((rule.trigger for rule in rules.values()), "")
    once = [item for item in turn.deadlines if item.key in rules and rules[item.key].trigger == first]
    if many := _FIRST_OF.search(clause):
        return {item.key for item in once[: _number(many["many"])]}
    if place := _PLACE.search(clause):
        at = -1 if place[0].startswith("最后") else _number(place["place"] or "1") - 1
        return {item.key for item in once[at:][:1]}
    if "all_done" in hear(clause):
        return {item.key for item in once if item.state == "open"}
    return set()


def _number(sign: str) -> int:
    return _NUMBERS.get(sign) or int(sign)

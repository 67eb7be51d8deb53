"""Where a message is cut into clauses, and the clauses with what was found in each stretch."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from bot.understanding.clause import FILLER, MORE, Clause
from bot.understanding.lexicon import Token

_BREAK = re.compile(
    r"[。!?;\n]+|(?<=[个名位人]):|"
    r"(?<=[a-z]):(?= (?:we|i|our|my|there|the|it)\b)|"
    r"(?<![\d.])\.(?=\s|$)|(?<=\d)\.(?=\s[a-z]|$)|[,、()“”\"「」|]+"
)
# 强制 自己做 审核师4 够不够: a line whose only stops are blanks.
_BLANK_LINE = re.compile(r"^[^,、。!?;:()\n]+$", re.MULTILINE)
_BLANK = re.compile(r"(?<=[\u3400-\u9fff\d]) +(?=[\u3400-\u9fff])")
_ASKED_FOR = re.compile(
    r"[看睇查核算对捋](?:一?下|一看|一遍|看|睇|对)(?:吧|呗|呀|啊|哈)?:(?=[\u3400-\u9fff])"
)
_BY_THE_LAW = re.compile(
    r"(?:按照?|照着?|对照?着?|根据|依照?)[^。!?;\n:]{2,20}?(?:理|对|核|捋|过|准备|收集|凑|查|点|数|统计|汇总)(?:了(?:一?[遍下])?|一[遍下]|过|好了?):"
)
_SHEET: Final = re.compile(
    r"(?:给|发|拿|报|列|做|出|统计|整理)(?:来|出|了|过来)*(?:一?[张份个])?(?:表格?|清单|数据|数字|名册|台账|花名册|情况)(?:如下)?:(?=[\u3400-\u9fff])"
)
_HEADING: Final = re.compile(
    r"[ ,]?(?=(?:各个?|几个|三个|所有)?(?:期限|截止日?期?|时间节?点|时间表|节点|时限|deadlines?)[?!。]*$)"
)
FILLING: Final = " |:/'\"~-=*·•×→>\0"
_SAYING: Final = frozenset({"affirm", "not", "topic", "noun", "history", "event", "person"})
_TOLD: Final = _SAYING | {
    "date",
    "choice",
    "score",
    "claim",
    "denial",
    "industry",
    "plan",
    "near_miss",
    "published",
}
_TOLD_OF_US: Final = frozenset({"event", "choice"})
_MAY_WE: Final = ("能不能", "可不可以", "要不要", "用不用", "需不需要", "可否", "能否")
_PARTICLES: Final = ("了", "的", "过", "呢", "啊", "吧", "嘛")
_DATED: Final = ("list_published", "last_round_completed")
_PAUSES: Final = ("呢", "啊", "吧", "嘛")
_QUALIFYING: Final = "就是"  # 咨询公司也找好了就是费用还在谈
_NOW: Final = ("现在", "目前")
_CLOSING: Final = {
    "published": {"event"},
    "finished": {"event"},
    "affirm": {"topic"},
    "engage": {"agency"},
    "noun": {"person"},
    "date": {"event"},
}
_ENDING: Final = frozenset({"event", "choice", "history", "denial", "claim", "near_miss"})
_OPENING: Final = frozenset(
    {"self", "agency", "topic", "event", "person", "history", "claim", "denial", "choice"}
)
_ANEW: Final = _OPENING | {"noun", "tail", "ask", "inquire", "plan", "not"}
_ENDS: Final = "。!?;\n."
_ASKED_BEFORE: Final = "?:"  # the sign behind a head that asks
_ADDING: Final = frozenset({"另外", "此外", "另有", "外加", "加上", "再加上", "besides", "plus"})
_TOPIC: Final = "的话"
_WHO: Final = ("other", "self", "agency")
_SLIP: Final = "slip"
_SIGHS: Final = ("啊", "呀", "吧", "了", "嘞")
_WRONG: Final = (_SLIP, "miscount")
_CHANGING: Final = frozenset({"gain", "loss", "self"})


def cut(text: str, tokens: Sequence[Token], written: str = "") -> Iterator[Clause]:
    """Clauses at punctuation outside tokens, and before 但, 而且, 另外. ``written``: the text, of the same
    length, before sighs and the like were blanked, if they were."""
    held = bytearray(len(text))
    for token in tokens:
        if token.role != "soft":
            held[token.start : token.end] = b"1" * (token.end - token.start)
    cuts = [
        (match.start(), match.end(), match[0])
        for match in _BREAK.finditer(text)
        if not any(held[match.start() : match.end()])
    ]
    cuts += [
        (token.start, token.end, MORE if token.text in _ADDING else "")
        for token in tokens
        if token.role == "conj" and token.value == "break"
    ]
    cuts += [(*blank, ",") for blank in _stops(written or text, tokens) if not any(held[slice(*blank)])]
    cuts += [(at, at + 1, ":") for at in (*_gone_through(text), *_headings(tokens, text))]
    cuts += [(at, at + 1, _ASKED_BEFORE) for at in _behind_asking(text, tokens)]
    cuts += [(at, at, _ASKED_BEFORE) for at in _behind_judging(tokens)]
    cuts += [(at, at, "") for at in (*_topics(tokens), *_ended(tokens))]
    cuts += [(at, at, ",") for at in _said_anew(tokens)]
    cuts += [(at, at, "") for at in (*_kinds(tokens), *_left_open(tokens), *_set_apart(text, tokens))]
    cuts += [(at, at, ",") for at in _asked_of_us(text, tokens)]
    runs = (*_run_on(tokens), *_further(tokens), *_before_heading(text, tokens))
    cuts += [(at, at, "") for at in runs]
    cuts.sort()
    starts = [token.start for token in tokens]
    start, sentence, before = 0, 0, ""
    for cut_start, cut_end, sign in [*cuts, (len(text), len(text), "")]:
        if start < cut_start:
            inside = tokens[bisect_left(starts, start) : bisect_left(starts, cut_start)]
            yield _clause(text, inside, start, cut_start, sentence, before, sign)
        if any(mark in _ENDS for mark in sign):
            sentence += 1
        start, before = cut_end, sign or before


def _stops(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Blanks that stand for commas: between words, and between a figure and what begins anew; 4 名 is one."""
    opening = {token.start for token in tokens if token.role in _ANEW}
    for line in _BLANK_LINE.finditer(text):
        for blank in _BLANK.finditer(text, line.start(), line.end()):
            if not text[blank.start() - 1].isdigit() or blank.end() in opening:
                yield blank.span()


def _further(tokens: Sequence[Token]) -> Iterator[int]:
    """审核师5个走了2个, 5个还差1个: where what is told of further ones begins."""
    for before, token, after in zip(tokens, tokens[1:], (*tokens[2:], None), strict=False):
        gone = token.role == "loss" and after is not None and after.role == "count"
        if before.role == "count" and (token.role == "lack" or token.text == "还有" or gone):
            yield token.start


def _gone_through(text: str) -> Iterator[int]:
    """材料我按第十条理了一遍:大专6个, 麻烦帮看下:自己做: the colon behind what was done by the law or is
    to be done; what follows is told."""
    return (match.end() - 1 for form in (_BY_THE_LAW, _ASKED_FOR, _SHEET) for match in form.finditer(text))


def _headings(tokens: Sequence[Token], text: str) -> Iterator[int]:
    """自己做审核的话:4个审核师: the colon behind the case that is spoken of."""
    return (token.end for token in tokens if token.text == _TOPIC and text[token.end : token.end + 1] == ":")


def _before_heading(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    """名单11.18强制 期限?: what is told in a few words, before the word for what is wanted."""
    heading = _HEADING.search(text)
    told = {token.role for token in tokens if heading and token.end <= heading.start() + 1}
    if heading is not None and {"event", "date"} <= told:
        yield heading.start()


def _behind_asking(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    """对照一下能不能延期:有特殊原因: the colon behind what asks; what follows it is told."""
    asking = [token.end for token in tokens if token.role in ("tail", "ask", "request")]
    for at in (match.start() for match in re.finditer(":", text)):
        began = max(text.rfind(sign, 0, at) for sign in _ENDS)
        if any(began < end <= at for end in asking) and not any(
            token.start <= at < token.end for token in tokens if token.role != "soft"
        ):
            yield at


def _behind_judging(tokens: Sequence[Token]) -> Iterator[int]:
    """你看看他们够不够格啊他们说有五个大专生, run together: what is told of them behind what is asked."""
    for before, sigh, token in zip(tokens, tokens[1:], tokens[2:], strict=False):
        told = any(one.role == "count" for one in tokens if one.start > token.start)
        if before.role == "tail" and sigh.text in (*_PAUSES, *_SIGHS) and token.role in _WHO and told:
            yield token.start


def _topics(tokens: Sequence[Token]) -> Iterator[int]:
    """Where the next topic begins in words run together: 高工的话没有大专的话有七个."""
    named = False
    noun: Token | None = None
    for token, after in pairwise(tokens):
        if token.role == "noun":
            noun = token
        elif token.role not in ("duration", "soft"):
            noun = None
        if noun is not None and after.text == _TOPIC and after.start == token.end:
            if named:
                yield noun.start
            named = True
        named = named or token.role == "choice"


def _ended(tokens: Sequence[Token]) -> Iterator[int]:
    """审核师五个吧高工一个, run together: 吧 ends what is told before it."""
    told = [token for token in tokens if token.role != FILLER]
    for before, end, token in zip(told, told[1:], told[2:], strict=False):
        if before.role == "count" and end.text == "吧" and token.role in ("noun", "count"):
            yield token.start


def _said_anew(tokens: Sequence[Token]) -> Iterator[int]:
    """四个 不对五个, 五个 上个月新来了一个, as spoken: a slip, or a change behind a blank, begins anew."""
    told = [token for token in tokens if token.role != FILLER]
    for before, token, after in zip(told, told[1:], [*told[2:], None], strict=False):
        changed = token if token.role != "date" or after is None else after
        apart = before.end < token.start and changed.role in _CHANGING
        if before.role == "count" and (token.value == _SLIP or apart):
            yield token.start
        elif before.role == "count" and token.text in _SIGHS and after and after.value == _SLIP:
            yield after.start
        elif before.value in _WRONG and token.role == "have" and after and after.role == "count":
            yield token.start  # 报错了是四个
    for at, (before, token) in enumerate(pairwise(told), 1):
        named = {one.value for one in told[:at] if one.role == "noun"}
        if before.role == "unknown" and token.role == "noun" and named - {token.value}:
            yield token.start  # 审核师几个我记不清了高级职称的有一个


def _kinds(tokens: Sequence[Token]) -> Iterator[int]:
    """做五金电镀的强制的去年六月完成的: about a kind of audit run together with what stands beside it."""
    for before, of, token in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.role == "industry" and of.text in ("的", "厂") and token.role == "choice":
            yield token.start
        if of.role == "choice" and of.text.endswith("的") and token.role in ("date", "noun"):
            yield token.start
        if before.role == "not" and of.role == "choice" and token.role == "noun" and of.end == token.start:
            yield token.start  # 不请外面公司审核师现在是四个人
        if of.role in ("published", "finished") and token.role == "self" and of.end == token.start:
            yield token.start  # 名单上个月15号出的我们是强制的


def _set_apart(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    """名单9月1号出 强制 委托: a choice between blanks stands apart from what else is told beside it."""
    telling = [token for token in tokens if token.role != "soft"]
    for before, token in pairwise(telling):
        chosen = any(one.role == "choice" and not one.text.isascii() for one in (before, token))
        blank = text.find(" ", before.end, token.start + 1)
        if chosen and blank >= 0 and before.role in _TOLD and token.role in _TOLD:
            yield token.start if token.role == "choice" else before.end


def _run_on(tokens: Sequence[Token]) -> Iterator[int]:
    """我们强制的名单10月8号出的咨询公司也请了现在…: where the next thing begins in words run together, behind
    one that was told to its end."""
    said: set[str] = set()
    closed, paused, dated, end = False, False, False, -1
    for token, after in zip(tokens, (*tokens[1:], None), strict=False):
        if closed and token.start == end and (paused or _opens(token, after, dated)):
            yield token.start
            said.clear()
        if token.start == end and (
            token.role == FILLER or (token.role == "soft" and token.text in _PARTICLES)
        ):
            paused, end = token.role == FILLER or token.text in _PAUSES, token.end
            continue
        if token.end < end:
            continue  # a day within 验收三月六号没过
        said.add(token.role)
        closed, paused, end = _closes(token, said), False, token.end
        dated = token.role == "date"


def _opens(token: Token, after: Token | None, dated: bool) -> bool:
    """Whether something new begins with ``token`` right behind what was told to its end; behind a mere day
    only what takes one: 名单2026-09-18上轮完成2024-06-30."""
    if dated:
        return token.role == "event" and token.value in _DATED
    qualified = after is not None and token.text + after.text[:1] == _QUALIFYING
    return token.role in _OPENING or token.text in _NOW or qualified


def _closes(token: Token, said: set[str]) -> bool:
    """Whether a thing is told to its end with ``token``, ``said`` being what was told before it."""
    needed = _CLOSING.get(token.role)
    if needed is not None:
        return not needed.isdisjoint(said)
    return token.role in _ENDING and token.text.endswith(_PARTICLES)


def _asked_of_us(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    """我们在强制名单里了能不能延期, run together: where what they ask begins, behind what they told of
    themselves to its end."""
    for at, (before, token) in enumerate(pairwise(tokens), 1):
        if token.role != "ask" or token.text not in _MAY_WE or before.end != token.start:
            continue
        began = max(text.rfind(sign, 0, token.start) for sign in ",;。!?\n")
        head = [one for one in tokens[:at] if one.start > began]
        roles = {one.role for one in head}
        if before.text.endswith(_PARTICLES) and "self" in roles and not roles.isdisjoint(_TOLD_OF_US):
            yield token.start


def _left_open(tokens: Sequence[Token]) -> Iterator[int]:
    """特殊原因有的批没批还不知道: what is told before what is left open."""
    for at, (asked, behind) in enumerate(pairwise(tokens)):
        if asked.role == "ask" and behind.role == "unknown":
            last = next((one.role for one in tokens[at - 1 :: -1] if one.role in _SAYING), "") if at else ""
            if last in ("affirm", "not"):
                yield asked.start


def _clause(
    text: str, inside: Sequence[Token], start: int, end: int, sentence: int, before: str, after: str
) -> Clause:
    filled = tuple(_with_gaps(text, inside, start, end))
    if telling := tuple(token for token in filled if token.role != FILLER):
        # What is said around a fact goes; 嗯 alone may be an answer.
        start, filled = (start if telling[0] is filled[0] else telling[0].start), telling
    return Clause(
        filled,
        text[start:end].strip(),
        sentence,
        before,
        after,
        roles=frozenset(token.role for token in filled),
    )


def _with_gaps(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Token]:
    """The tokens, and between them a gap token for words that nobody knows."""
    at = start
    for token in tokens:
        if text[at : token.start].strip(FILLING):
            yield Token("gap", "", at, token.start, text[at : token.start])
        yield token
        at = max(at, token.end)  # a date may lie within the words of a choice
    if text[at:end].strip(FILLING):
        yield Token("gap", "", at, end, text[at:end])

"""Whether a clause tells, asks, supposes, plans or lays down: only what is told can be a fact."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.understanding.clause import CLIENT, Clause, Mood, asks
from bot.understanding.lexicon import Token
from bot.understanding.pairing import pair

_THEY: Final = ("他们", "they", "their", "对方", "你们", "人家", "那家", "那间", "这家", "乙方")
_OF_NO_ONE: Final = ("other", "rule")  # moods of what is asked of others, or of the law
_ENGAGED: Final = ("请的", "找的", "委托的", "合作的", "聘请的", "签的")
_HERE: Final = ("这家", "这边", "现在这", "如今这", "目前这")  # behind 我上一家公司
_BYGONE: Final = re.compile(
    "以前|之前|原来|从前|早前|上[一个家份]|[旧老前](?:公司|东家|单位)|old|previous|former|last"
)
_ANY_FIRM: Final = ("单位", "公司", "厂里")  # with no 我们 to say whose
_VISITOR: Final = "visitor"  # 验收小组6人，高级职称3人
_SUPPOSED: Final = frozenset(
    {"have", "plan", "gain", "not", "count", "choice", "event", "gap", "claim", "denial", "affirm", "history"}
)
_CHOSEN: Final = frozenset({"choice", "soft"})
_LISTS: Final = ("名单", "强制名单", "审核名单")  # named, and not said to be upon: 名单的话是15号出的
_OF_WHOM: Final = ("count", "noun", "event", "topic", "choice", "claim", "history", "gap", "self")
_THEN: Final = ("就", "才", "方可", "即可")
_OR_ELSE: Final = ("还是", "抑或", "或者是")
_TOPIC: Final = "的话"
_ITEM: Final = frozenset({"count", "noun", "soft", "duration", "fit"})
_BY_THE_RULE: Final = re.compile("(?:根据|依据|按照?|依照)[^,。]{0,12}|according to .{0,24}")
_SLIPS: Final = frozenset({"strong", "slip"})  # corrections that say that something was wrong
_SHOULD: Final = "should"
_ROW: Final = 3  # figures that nobody names but of their own
_WHERE_READ: Final = re.compile("网|文件|公告|公众号|公示|通告|online|website")  # what a day is read off
_SAYING: Final = ("说", "讲", "传")
_THAT: Final = ("那", "这", "that", "those", "these")
_ONE: Final = ("有一家", "有一个", "有家", "有个")  # 还有一家客户叫…: the company that the message names


def with_moods(
    clauses: list[Clause], engaging: frozenset[str], *, agency: bool, named: bool, people: bool
) -> list[Clause]:
    """Moods in order: a supposition holds to the end of its sentence, hearsay until 我们."""
    done: list[Clause] = []
    supposed_in, headed, own, hearsay, person, bygone = -1, False, False, False, False, False
    for clause in _corrected(clauses):
        agency = (
            agency
            or clause.has("agency")
            or any(token.value in engaging for token in clause.of("choice"))
            or any(token.value == CLIENT for token in clause.of("self"))
        )
        heads = _heads(clause)
        if supposes(clause):
            supposed_in = -1 if heads and clause.after == ":" else clause.sentence
            headed, own = heads, clause.has("self")
        elif headed and _of_own(clause, own=own) and not clause.has("hypothetical", "plan", "require"):
            supposed_in = -1  # 自己做的话，我们有4个审核师
        anew = clause.sentence != (done[-1].sentence if done else 0)
        if clause.has("self", "agency") or anew:
            same = not done or clause.sentence == done[-1].sentence
            back = clause.has("correct") or any(_comes_back(token, same=same) for token in clause.tokens)
            hearsay = hearsay and not back
        hearsay = hearsay and not (bygone and clause.text.startswith(_HERE))
        known = _THEY if agency or named or person or (people and _of_all(clause)) else ()
        counted = clause.has("count") and not clause.has("scoring")
        visitors = counted and any(token.value == _VISITOR for token in clause.of("decoy"))
        if visitors or _speaks_of_others(clause, (*known, *_ONE) if named else known):
            hearsay = True
            bygone = any(_BYGONE.search(token.text) for token in clause.of("other"))
        elif clause.has("other") and anew:
            hearsay = False  # 对方报了三家的案例。对方有审核师4人: of those whom the talk knows, anew
        people = people or clause.has("count")
        person = person or clause.has("person")
        supposed = supposed_in == clause.sentence or supposes(clause)
        mood = _mood(clause, supposed=supposed, hearsay=hearsay)
        if mood == "tell" and done and _goes_on(clause, done[-1]):
            mood = done[-1].mood
        hedged = clause.has("hedge")
        done.append(replace(clause, mood=mood, hedged=hedged) if hedged or mood != "tell" else clause)
    return _conditions(done)


def _corrected(clauses: list[Clause]) -> list[Clause]:
    """Typo: auditors should be 5: in a correction what a figure should be is what it is."""
    slips = {token.value for clause in clauses for token in clause.of("correct")} & _SLIPS
    return [_as_it_is(clause) for clause in clauses] if slips else clauses


def _as_it_is(clause: Clause) -> Clause:
    if not clause.has("count", "score", "date") or not clause.has("require"):
        return clause
    tokens = tuple(
        replace(token, role="have") if token.role == "require" and token.text.startswith(_SHOULD) else token
        for token in clause.tokens
    )
    return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))


def _comes_back(token: Token, *, same: bool) -> bool:
    """Whether the talk is of the speaker's side again; behind 前年我在惠州上班的时候 the 单位里 and
    请的机构 of the same sentence are still theirs."""
    if token.role == "agency":
        return not (same and token.text.startswith(_ENGAGED))
    return token.role == "self" and not (same and token.text.startswith(_ANY_FIRM))


def _of_all(clause: Clause) -> bool:
    """他们都, 他们一点都没有, 他们里面."""
    return clause.has("all", "among") or any("都" in token.text for token in clause.of("not"))


def _conditions(clauses: list[Clause]) -> list[Clause]:
    """评分八十分以上且无超标，就能推荐: what leads to 就能, in a sentence of nobody, is the rule's."""
    led = {
        clause.sentence for before, clause in pairwise(clauses) if _follows(clause) and _same(before, clause)
    }
    own = {clause.sentence for clause in clauses if clause.has("self", "agency", "only", "ask", "tail")}
    if not led - own:
        return clauses
    ruled = led - own
    return [
        replace(clause, mood="rule") if clause.sentence in ruled and clause.mood == "tell" else clause
        for clause in clauses
    ]


def _follows(clause: Clause) -> bool:
    head = next((token for token in clause.tokens if token.role != "soft"), None)
    return head is not None and head.role == "require" and head.text.startswith(_THEN)


def _same(before: Clause, clause: Clause) -> bool:
    return before.sentence == clause.sentence


def supposes(clause: Clause) -> bool:
    """如果…, 再招一个审核师呢; but 社保的话 only names the topic."""
    marks = clause.of("hypothetical")
    if clause.has("plan") and clause.has("count") and clause.tokens[-1].role == "wonder":
        return True
    if not marks or any(token.text != "的话" for token in marks):
        return bool(marks)
    before = [token for token in clause.tokens if token.start < marks[0].start]
    if before and before[-1].role == "noun" and len(before) - 1 not in pair(before).values():
        last = max((at for at, token in enumerate(before) if token.role == "count"), default=-1)
        before = before[last + 1 :]  # 高工有一个社保的话四个: a new topic behind what was told
    own = max((at for at, token in enumerate(before) if token.role == "self"), default=-1)
    if before and (before[-1].role == "noun" or before[-1].text in _LISTS):
        before = before[own + 1 : -1]  # 我跟你说啊我们审核师的话
    head = [token.role for token in before if token.text != "是"]
    return not _SUPPOSED.isdisjoint(head)


def _heads(clause: Clause) -> bool:
    """自己做审核的话: which case is spoken of, and no more."""
    said = [token for token in clause.tokens if token.role not in ("soft", "self")]
    return (
        len(said) > 1
        and said[-1].text == _TOPIC
        and all(token.role in ("choice", "agency") for token in said[:-1])
    )


def _of_own(clause: Clause, *, own: bool) -> bool:
    """Whether a clause behind 自己做的话 tells of the speaker's side; 我们自己做的话 named it before."""
    return clause.has("self", "agency") or (own and clause.has("count") and clause.has("noun"))


def _goes_on(clause: Clause, before: Clause) -> bool:
    """需要4个审核师、1个高工: what was laid down or asked goes on through the list."""
    if before.sentence != clause.sentence or clause.before == ":":
        return False
    if _next_item(clause, before) and before.mood != "tell":
        return True
    if before.mood == "plan":
        led = clause.before == "、" or not before.has(*_OF_WHOM)  # 再过两个月，那三位就满一年了
        return led and not clause.has("self", "have", "agency", "not")
    if before.mood not in ("rule", "ask"):
        return False
    if before.mood == "rule" and _BY_THE_RULE.fullmatch(before.text):
        return not clause.has("self", "agency", "correct", "only")  # 根据细则，有4个审核师就行
    if clause.text.startswith(_OR_ELSE):
        return True
    if before.mood == "rule" and clause.has("among") and not clause.has("self"):
        return True  # 拥有4名以上，其中至少1名
    if clause.roles <= _CHOSEN and before.has("self") and not before.has("choice"):
        return False  # 我们能不能申请，自愿审核的: told behind what is asked
    asked = any(token.value == "whether" for token in before.of("ask"))
    if before.mood == "rule" and clause.before == "、":
        return not clause.has("self", "agency", "correct", "only")  # 要有检测设备、有经验
    led = asked or (before.mood == "rule" and not before.quoted)
    return led and not clause.has("self", "have", "agency", "correct", "not", "event")


def _next_item(clause: Clause, before: Clause) -> bool:
    """希望有审核师4人，高工1人: what has no verb of its own goes on in the list before it."""
    return {"count", "noun"} <= clause.roles <= _ITEM and {"count", "noun"} <= before.roles


@dataclass(frozen=True, slots=True)
class Questions:
    """How questions are worded: that sum up what stands before them, that are about counting people and so
    about nobody's, or about borrowing others', that take what was told as it is (这样行吗), that ask
    for a time, and words by which something only depends on the answer."""

    concluding: re.Pattern[str]
    arithmetic: re.Pattern[str]
    lending: re.Pattern[str]
    as_told: re.Pattern[str]
    when: re.Pattern[str]
    depends: re.Pattern[str]


def with_questions(clauses: list[Clause], forms: Questions) -> list[Clause]:
    """Mark what a question of the same sentence is about; a list with a bare ? behind it is all asked.
    What follows the speaker's telling of the own side is told, not supposed."""
    done: list[Clause] = []
    telling = min(
        (at for at, clause in enumerate(clauses) if _of_ourselves(clause)),
        default=None,
    )
    asked_in, listed, reckoned, lent, so, when = -1, False, False, False, False, False
    for at, clause in reversed(list(enumerate(clauses))):
        concludes = forms.concluding.match(clause.text) is not None and asks(clause)
        asked = clause.mood == "ask" and not _left_open(clause, forms.depends)
        if asked or concludes or (clause.mood in _OF_NO_ONE and asks(clause)):
            same = clause.sentence == asked_in
            reckoned = forms.arithmetic.search(clause.text) is not None or (reckoned and same)
            lent = forms.lending.search(clause.text) is not None or (lent and same)
            so = forms.as_told.match(clause.text) is not None or (so and same)
            when = forms.when.search(clause.text) is not None and (when or not same)
            asked_in, listed = clause.sentence, concludes
            listed = listed or (not clause.has("ask", "tail") and "?" in clause.after)
        elif clause.sentence == asked_in and clause.mood == "tell":
            so = so or clause.so
            item = listed and not clause.has("self", "have", "agency", "only", "event", "gap")
            row = not reckoned and _row_of_figures(clauses, at)
            own = so or (telling is not None and at > telling) or row or _beside_a_score(clauses, at)
            figured = clause.before_question and own and not reckoned and _has_its_figure(clause)
            clause = replace(clause, before_question=False) if row or figured else clause
            mood: Mood = "ask" if item else "tell"
            if not own and not clause.owned and (lent or _of_nobody(clause, reckoned=reckoned)):
                mood = "suppose"
            if mood != "tell" or not own:
                clause = replace(clause, questioned=not own, mood=mood, asked_when=when)
        done.append(clause)
    return done[::-1]


def _of_ourselves(clause: Clause) -> bool:
    """我们自己做, 我们打算自己做, 问一下啊我们厂自愿的; but 我们想问下 only leads to what is asked."""
    told = clause.mood == "tell" or (clause.mood == "plan" and clause.has("choice"))
    asking = max((token.start for token in clause.of("inquire")), default=-1)
    behind = clause.has("choice") and any(token.start > asking for token in clause.of("self"))
    return told and clause.has("self") and (asking < 0 or behind)


def _beside_a_score(clauses: list[Clause], at: int) -> bool:
    """市级验收通过，86分，能报省级吗: with the score that it got, it is told."""
    beside = [clauses[next_] for next_ in (at - 1, at + 1) if 0 <= next_ < len(clauses)]
    got = [one for one in beside if one.mood == "tell" and _same(one, clauses[at]) and one.roles == {"score"}]
    exact = any(token.value.quantity.exact is not None for one in got for token in one.tokens)
    return exact and clauses[at].has("event", "claim", "municipal")


def _has_its_figure(clause: Clause) -> bool:
    """我们自己做，审核师3个够不够: a noun with its figure, behind what was told of the own side."""
    kinds = [token.role for token in clause.tokens if token.role in ("count", "noun")]
    figured = kinds[:1] == ["noun"] and "count" in kinds
    return figured and not clause.has("require", "rule", "hypothetical")


def _left_open(clause: Clause, depends: re.Pattern[str]) -> bool:
    """名录里有没有我不知道, 得看老李算不算我们的人: told to be unknown, not asked."""
    if "?" in clause.after or not clause.tokens:
        return False
    return clause.tokens[-1].role == "unknown" or depends.match(clause.text) is not None


def _row_of_figures(clauses: list[Clause], at: int) -> bool:
    """4个审核师2个高工5个大专够不够, 大专5/审核师4/高工1够没: so many figures are nobody's but one's own."""
    first = at
    while first and clauses[first].before == "、" and _same(clauses[first - 1], clauses[first]):
        first -= 1
    row = clauses[first : at + 1]
    told = [token.value.exact for clause in row for token in clause.of("count")]
    return sum(len(clause.of("noun")) for clause in row) >= _ROW <= len(told) and len(set(told)) > 1


def _of_nobody(clause: Clause, *, reckoned: bool) -> bool:
    """4个大专的 in a question of how they count, or 那1名高级职称的: the number is the rule's, or one told
    before; 大专4个 tells of the speaker's own."""
    first = next((token.role for token in clause.tokens if token.role in ("count", "noun")), "")
    spoken_of = any(
        before.text.startswith(_THAT) and token.role == "count" and before.role == "soft"
        for before, token in pairwise(clause.tokens)
    )
    return first == "count" and (reckoned or spoken_of)


def _speaks_of_others(clause: Clause, known: tuple[str, ...]) -> bool:
    """他们 are the agency or client where one was named before, or the people just counted. ``known``: how
    words begin that mean these."""
    others = [
        token
        for token in clause.of("other")
        if not (token.text.startswith(known) or _read_off(clause, token))
    ]
    if not others:
        return False
    own = [token.start for token in clause.of("self")]
    return any(not own or token.start > max(own) or token.start < min(own) for token in others)


def _read_off(clause: Clause, token: Token) -> bool:
    """官网写的是11月20号发布的; but 网上说名单是10月发的 is what somebody says, and 发布过一批名单 of any."""
    if not clause.has("date") or clause.has("count", "noun") or not _WHERE_READ.search(token.text):
        return False
    return not clause.has("event") or (clause.has("have") and not token.text.endswith(_SAYING))


def _mood(clause: Clause, *, supposed: bool, hearsay: bool) -> Mood:
    if hearsay or clause.has("wish"):
        return "other"
    if clause.quoted or (_lays_down(clause) and not clause.has("request")):
        return "rule"
    if supposed:
        return "suppose"
    if asks(clause):
        return "ask"
    return "plan" if clause.has("plan") else "tell"


def _lays_down(clause: Clause) -> bool:
    """规定要4名, 第十条说要4个: a requirement word before the count, or the law as the one who speaks."""
    counted = [token.start for token in clause.of("count", "score", "duration", "noun", "topic")]
    required = [token.start for token in clause.of("require")]
    if required and counted and (min(required) < max(counted) or not clause.possessive):
        return True
    if clause.has("claim") and any(token.text.startswith(_THEN) for token in clause.of("require")):
        return True  # 要效果显著才推荐
    return clause.has("rule", "reference") and not clause.has("self", "correct")

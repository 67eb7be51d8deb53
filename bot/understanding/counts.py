"""Counts of people as facts: clause by clause, each number and noun to the reader that fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import Final

from bot.understanding.bare import LIGHT, Bare
from bot.understanding.clause import Clause
from bot.understanding.counted import Counted
from bot.understanding.counting import NONE, Counting
from bot.understanding.halves import Halves
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.model import ReadingContext
from bot.understanding.numbers import Quantity
from bot.understanding.pairing import pair
from bot.understanding.partitive import of_those_before, parts_of_wholes, whole_and_part
from bot.understanding.tally import AUDITORS, FULLTIME, FULLTIME_LOWER, TITLED, TITLED_AUDITORS, Said
from bot.understanding.uncounted import Uncounted

_BEFORE_NONE: Final = frozenset({"soft", "only", "all", "self"})
_COUNTING: Final = ("count", "noun", "unfit", "former", "date")
_BEFORE_THOSE: Final = frozenset({"soft", "only", "conj", "gap"})  # 可惜这4个人
_SAID_OF: Final = frozenset({"soft", "have", "not", "all", "only", "among"})
_THAT: Final = ("那", "这")
_NOW: Final = ("现在", "目前", "如今", "当前")
_GETTING: Final = frozenset({"engage", "gain", "loss", "plan", "have"})


class CountReader:
    """Reads the counts of one message; make one for each."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger, context: ReadingContext, route: str | None) -> None:
        self._ledger = ledger
        self._year = context.now.year
        self._today = context.now.date()
        self._counting = Counting(lexicon, ledger, context, route)
        self._tally = self._counting.tally
        self._counted = Counted(self._counting)
        self._uncounted = Uncounted(self._counting)
        self._bare = Bare(self._counting)
        self._halves = Halves(context)
        self._stands_for: Mapping[int, Sequence[Clause]] = {}
        self._before: Clause | None = None
        self._agency = "consultant" in (route, context.facts.get("route"))

    @property
    def bare(self) -> list[tuple[Clause, Quantity]]:
        """Numbers whose noun is not in the message."""
        return self._counting.bare

    def expect(self, clauses: Sequence[Clause], stands_for: Mapping[int, Sequence[Clause]]) -> None:
        """专职…高级职称2名，中级职称5名: full-time people of both titles are counted. ``stands_for``: what to
        read in the stead of clauses, by their ``id``."""
        self._stands_for = {**parts_of_wholes(clauses), **stands_for}
        self._counting.staffed = any(clause.has("noun", "self") for clause in clauses)
        named = {token.value for clause in clauses for token in clause.of("decoy", "noun")}
        marked = any(clause.has("fulltime") for clause in clauses) or named & {FULLTIME, FULLTIME_LOWER}
        if marked and named & {"intermediate", FULLTIME_LOWER}:
            self._tally.fulltime = True

    def read(self, clause: Clause) -> None:
        """Take the counts of the next clause."""
        before, self._before = self._before, clause
        for told in self._stands_for.get(id(clause), (of_those_before(clause, before),)):
            for stretch in whole_and_part(told):
                for half in self._halves.read(stretch):
                    for part in _whole_and_part(half):
                        for time in _then_and_now(part):
                            self._take(time)
        self._counting.duration_before = clause.has("duration")

    def _take(self, clause: Clause) -> None:
        counting = self._counting
        if clause.has("self", "conj") or "。" in clause.before:
            self._tally.person = False
        if clause.has("person"):
            self._tally.person = True
        clause = self._titled_auditors(_said_once(self._of_holders(clause)))
        if counting.contrast.none(clause, NONE) or counting.exams.take(clause):
            return
        if counting.demotions.take(clause) or counting.leaving_out.take(clause):
            return
        if self._tally.fulltime and counting.trained.search(clause.text):
            return  # what all the full-time people have counts none of them
        if not self._to_come(clause) and counting.changes.all_gone(clause):
            return
        counting.contrast.hear(clause)
        self._uncounted.begin(clause)
        counting.timed = counting.timed or self._marked(clause)
        if not clause.has(*_COUNTING):
            counting.parted = counting.parted or clause.has("gain", "loss", "among")
            return
        if clause.mood == "tell" and clause.has("date") and self._to_come(clause):
            clause = replace(clause, mood="plan")
        if counting.changes.joined(clause) or counting.changes.the_only(clause):
            return
        clause = self._without_denied(_unfilled(_nobody(_supposed_one(clause))))
        if clause.mood == "tell" and self._is_past(clause):
            counting.open = next((token for token in clause.tokens if token.role == "noun"), counting.open)
            counting.changes.remember(clause, counting.open)
            counting.parted = True
            return
        timed = (token for token in clause.of("noun") if self._tally.timed(token))
        counting.timed = next(timed, counting.timed)
        self._read(clause)
        counting.left = counting.remaining.search(clause.text) is not None
        counting.parted = counting.parted or clause.has("gain", "loss", "unfit", "among")

    def _of_holders(self, clause: Clause) -> Clause:
        """审核师培训合格证书，持证人员共5名: holders of the certificate that waits for its number."""
        waiting, tokens = self._counting.open, list(clause.tokens)
        if not self._counting.holders.search(clause.text):
            return clause
        for at, token in enumerate(tokens):
            if token.role == "count":
                waiting = None  # 审核师4名持证人员5名
            if token.role != "noun":
                continue
            form = self._counting.held_by.get(str(waiting.value)) if waiting is not None else None
            if waiting is not None and form is not None and form.fullmatch(token.text):
                tokens[at] = replace(token, value=waiting.value)
            waiting = token
        return replace(clause, tokens=tuple(tokens))

    def _marked(self, clause: Clause) -> Token | None:
        """载有社保局公章、缴满1年的8名: a mark of the people whom it is about names them too."""
        marks = (claim for claim in clause.of("claim") if claim.value in self._counting.marks)
        claim = next(marks, None)
        return claim and replace(claim, role="noun", value=self._counting.marks[claim.value])

    def _read(self, clause: Clause) -> None:
        heads = pair(clause.tokens)
        if len(heads) == 1 < len(clause.of("count")) and self._by_kind_behind(clause, min(heads.values())):
            return
        used = set(heads.values())
        for index, head in heads.items():
            used.update(self._counted.take(clause, index, head))
            if clause.tokens[head].value == "thing" and clause.mood == "tell":
                self._tally.apart(clause.tokens[index].value)  # 办公室2个
        alone = [at for at, token in enumerate(clause.tokens) if token.role == "count" and at not in heads]
        if len(alone) > 1 and self._counting.open is not None and self._bare.by_kind(clause, alone):
            return
        light = all(token.role in LIGHT for token in clause.tokens)
        for index in alone:
            self._bare.take(clause, index, light=light)
        for index, token in enumerate(clause.tokens[: min(alone, default=None)]):
            if index in used:
                continue  # 3个人没有大专学历 says nothing of the others
            if token.role == "noun":
                self._uncounted.take(clause, index, heads)
            elif token.role == "unfit" and not any(
                clause.tokens[head].role == "unfit" for head in heads.values()
            ):
                self._counting.shares.unfit(clause, token)

    def _by_kind_behind(self, clause: Clause, head: int) -> bool:
        noun = clause.tokens[head]
        return noun.role == "noun" and not clause.has("among") and self._bare.by_kind_behind(clause, noun)

    def _titled_auditors(self, clause: Clause) -> Clause:
        """审核人员里有1个高级职称: the titled among the auditors, of whom the number may be told before.
        Of an agency's it is the titled that count."""
        tokens = clause.tokens
        if (counted := self._who_are_titled(clause)) is not None:
            return counted
        clause = self._of_those_named(self._none_of_those(clause))
        if self._agency or self._tally.fulltime or not clause.has("among"):
            return clause
        for (at, noun), (_, inside) in pairwise(enumerate(tokens)):
            if noun.value != AUDITORS or inside.role != "among":
                continue
            if any(token.value == TITLED for token in tokens[at + 2 :]):
                self._tally.person = False
                if at and tokens[at - 1].role == "count":
                    self._tally.take(clause, noun, tokens[at - 1].value)
                inner = tokens[at + 2 :]
                rest = (replace(t, value=TITLED_AUDITORS) if t.value == TITLED else t for t in inner)
                return replace(clause, tokens=(*tokens[: max(at - 1, 0)], *rest))
        return clause

    def _none_of_those(self, clause: Clause) -> Clause:
        """5个里面高工一个都没有, of the five auditors told before: their number is no other's."""
        head = [token for token in clause.tokens if token.role != "soft"][:2]
        whole = [token.role for token in head] == ["count", "among"]
        titled = any(token.value == TITLED for token in clause.of("noun"))
        if not (whole and titled and clause.has("not") and self._tally.after_auditors()):
            return clause
        return replace(clause, tokens=tuple(token for token in clause.tokens if token != head[0]))

    def _of_those_named(self, clause: Clause) -> Clause:
        """All our auditors have experience and one is a senior engineer; 审核师4名，4个人里没有高工."""
        waiting, tokens = self._counting.open, _those(clause.tokens, self._tally.last_named())
        of_these = tokens is not clause.tokens
        if not of_these and tokens[:1] and tokens[0].role == "among":
            of_these = waiting is not None and waiting.value == AUDITORS
        if self._agency or self._tally.fulltime or not of_these:
            return clause
        kept = tuple(replace(t, value=TITLED_AUDITORS) if t.value == TITLED else t for t in tokens)
        return replace(clause, tokens=kept, roles=frozenset(token.role for token in kept))

    def _who_are_titled(self, clause: Clause) -> Clause | None:
        """两个审核师是高工, 审核师没有一个有高级职称: how many of the auditors are titled, and nothing of how
        many auditors there are."""
        at = next((at for at, token in enumerate(clause.tokens) if token.value == AUDITORS), None)
        if at is None or any(token.role == "not" for token in clause.tokens[:at]):
            return None
        if not (titled := _titled_behind(clause.tokens, at)):
            return None
        counted = at > 0 and clause.tokens[at - 1].role == "count"
        denied = clause.tokens[at + 1].role in ("not", "all") or clause.tokens[at + 1].text.endswith("没有")
        between = clause.tokens[at + 1 : titled]
        if counted and any(token.role not in ("soft", "have") for token in between):
            return None
        if counted == denied or (denied and (self._agency or self._tally.fulltime)):
            return None
        name = TITLED if self._agency or self._tally.fulltime else TITLED_AUDITORS
        before = (*clause.tokens[:at], *between)
        noun = replace(clause.tokens[titled], value=name)
        kept = (*(one for one in before if one.role != "among"), *_none_among(before), noun)
        return replace(clause, tokens=kept, roles=frozenset(token.role for token in kept))

    def _to_come(self, clause: Clause) -> bool:
        """下个月走一个, 下周才来2个: how many there will be, or will be fewer."""
        ahead = any(token.value.first and token.value.first > self._today for token in clause.of("date"))
        moving = clause.has("gain", "loss") or self._counting.arriving.search(clause.text) is not None
        return ahead and moving

    def _is_past(self, clause: Clause) -> bool:
        """去年有5个, 原来有5个: how it was, not how it is."""
        if clause.has("gain", "loss", "duration"):
            return False
        if clause.has("former"):
            return True
        old = any(token.value.last and token.value.last.year < self._year for token in clause.of("date"))
        still = old and self._counting.gained.search(clause.text)  # 去年评上高工的有1人
        return old and not still and not clause.has("event")

    def _without_denied(self, clause: Clause) -> Clause:
        """Leave out 不是3个, and marks that only say of a noun what it means anyway: 相关专业的大专."""
        tokens = list(clause.tokens)
        for before, token in pairwise(clause.tokens):
            denied_count = before.role == "not" and before.value == "be"
            if token.role == "count" and (denied_count or before.role == "from"):
                self._ledger.correcting = True
                tokens = [kept for kept in tokens if kept not in (before, token)]
        nouns = {token.value for token in tokens if token.role == "noun"}
        around = zip_longest((clause.tokens[0], *tokens), tokens, tokens[1:])
        fitting = [one for before, one, after in around if one and _of_the_noun(before, one, after)]
        self._counting.shares.fitted.update(str(token.value) for token in fitting)
        tokens = [token for token in tokens if token not in fitting]
        if not clause.has("among"):
            named = [token for token in tokens if token.role == "fit" and token.value in nouns]
            if len(clause.of("count")) == 1:  # 审核师证广东的4本
                self._counting.shares.fitted.update(str(token.value) for token in named)
            tokens = [token for token in tokens if token not in named]
        return clause if len(tokens) == len(clause.tokens) else replace(clause, tokens=tuple(tokens))


def _those(tokens: tuple[Token, ...], told: Said | None) -> tuple[Token, ...]:
    """4个人里没有高工, 这4个里头…, behind as many auditors: without their number, which is told."""
    if told is None or told[0] != AUDITORS or all(token.value != TITLED for token in tokens):
        return tokens
    denied = any(token.role == "not" for token in tokens)
    if denied and tokens[0].role == "among":
        return tokens[1:]  # 里头一个高工都没有
    at = next((at for at, token in enumerate(tokens) if token.role == "count"), len(tokens))
    if at + 1 >= len(tokens) or any(token.role not in _BEFORE_THOSE for token in tokens[:at]):
        return tokens
    same = told[1].exact is not None and tokens[at].value.exact == told[1].exact
    behind = tokens[at + 1]
    if same and behind.role == "among":
        return tokens[at + 2 :] if denied else tokens[at + 1 :]
    return tokens[at + 1 :] if same and behind.role == "not" else tokens


def _titled_behind(tokens: Sequence[Token], at: int) -> int:
    """Where the title stands that is said of the auditors at ``at`` and ends what is said; 0: nowhere."""
    for index in range(at + 1, len(tokens)):
        token = tokens[index]
        if token.value == TITLED:
            ended = all(behind.role == "soft" for behind in tokens[index + 1 :])
            held = index > at + 1 and (tokens[at + 1].role != "have" or _is_held(tokens[at + 1], token))
            return index if ended and held else 0
        if token.role not in _SAID_OF and not _one(token):
            return 0
    return 0


def _is_held(having: Token, title: Token) -> bool:
    """两个审核师有高级职称; 两个审核师有高工 may be three people."""
    return having.text != "有" or "职称" in title.text


def _none_among(tokens: Sequence[Token]) -> Iterator[Token]:
    """The 没有 of 审核师中没有高级职称的."""
    for token in tokens:
        if token.role == "among" and token.text.endswith("没有"):
            yield replace(token, role="not", value="have")


def _of_the_noun(before: Token, token: Token, after: Token | None) -> bool:
    """环保专业的高级工程师, 高级职称环保专业1个: the field is that of the noun right beside it."""
    if token.role != "fit" or after is None:
        return False
    titled = before.value == TITLED and before.end == token.start and after.role == "count"
    return titled or (after.role == "noun" and after.start == token.end)


def _whole_and_part(clause: Clause) -> Iterator[Clause]:
    """社保4个里面只有3个满了一年, 6个审核师里有2个离职了: what is said of some is not said of all."""
    if not (clause.has("among") and clause.has("duration", "loss")):
        yield clause
        return
    at = next(at for at, token in enumerate(clause.tokens) if token.role == "among")
    whole, part = clause.tokens[:at], clause.tokens[at:]
    told = {token.role for token in whole}
    apart = {token.role for token in part} & {"duration", "loss"}
    if {"count", "noun"} <= told and apart and not told & apart and any(t.role == "count" for t in part):
        yield replace(clause, tokens=whole, roles=frozenset(told))
        clause = replace(clause, tokens=part, before=",", roles=frozenset(token.role for token in part))
    yield clause


def _then_and_now(clause: Clause) -> Iterator[Clause]:
    """以前5个审核师现在4个: how many there were, then how many there are."""
    tokens = clause.tokens
    at = next((at for at, token in enumerate(tokens) if token.role == "only" and token.text in _NOW), 0)
    counted = [any(token.role == "count" for token in part) for part in (tokens[:at], tokens[at:])]
    if not (clause.has("former") and all(counted)):
        yield clause
        return
    for part in (tokens[:at], tokens[at:]):
        yield replace(clause, tokens=part, roles=frozenset(token.role for token in part))


def _unfilled(clause: Clause) -> Clause:
    """四个高工嘛暂时没有, 那四个审核师我们一个都没招到: the number is what is asked for; they have none."""
    tokens = list(clause.tokens)
    while tokens and tokens[-1].role == "soft":
        tokens.pop()
    if len(clause.of("noun")) != 1 or not tokens or tokens[-1].role != "not" or tokens[-1].value != "have":
        return clause
    denial = tokens.pop()
    while tokens and (tokens[-1].role in _BEFORE_NONE or _one(tokens[-1])):
        tokens.pop()
    if len(tokens) > 2 and tokens[-1].role == "count" and tokens[-2].text in _THAT:
        tokens[-3:] = (tokens[-1], tokens[-3])  # 高工那四个人没有
    if len(tokens) < 2 or (tokens[-2].role, tokens[-1].role) != ("count", "noun"):
        return clause
    kept = (*tokens[:-2], tokens[-1], denial)
    return replace(clause, tokens=kept, roles=frozenset(token.role for token in kept))


def _nobody(clause: Clause) -> Clause:
    """审核师证全公司没一个人有: 没有 would say the same."""
    tokens = list(clause.tokens)
    while tokens and tokens[-1].role in ("have", "soft"):
        tokens.pop()
    denied = len(tokens) > 2 and (tokens[-2].role, tokens[-2].value) == ("not", "have") and _one(tokens[-1])
    if not denied or len(clause.of("noun")) != 1 or len(clause.of("count")) != 1:
        return clause
    return replace(clause, tokens=tuple(tokens[:-1]), roles=clause.roles - {"count"})


def _said_once(clause: Clause) -> Clause:
    """高工高工是没有的, as spoken: a noun said twice is one."""
    twice = [
        token
        for token, again in pairwise(clause.tokens)
        if token.role == "noun" and (token.text, token.end) == (again.text, again.start)
    ]
    return replace(clause, tokens=tuple(t for t in clause.tokens if t not in twice)) if twice else clause


def _one(token: Token) -> bool:
    return token.role == "count" and token.value.exact == 1


def _supposed_one(clause: Clause) -> Clause:
    """要是请个退休高工呢: 个 counts one, and what may tell against him is not asked of a supposition."""
    if clause.mood != "suppose":
        return clause
    tokens = [token for token in clause.tokens if token.role != "unfit"]
    for at, (before, token, after) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False), 1):
        if before.role in _GETTING and token.text == "个" and after.role == "noun":
            tokens[at] = replace(token, role="count", value=Quantity(1, 1, "个"))
    return replace(clause, tokens=tuple(tokens), roles=frozenset(token.role for token in tokens))

"""A message as sentences, clauses and tokens: where it is cut, and what is known of each stretch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from bot.understanding.aloud import summed
from bot.understanding.clause import Clause
from bot.understanding.cutting import FILLING, cut
from bot.understanding.dates import find_dates, hide
from bot.understanding.disclaimed import Disclaimed
from bot.understanding.durations import find_durations, find_scores
from bot.understanding.lexicon import BRIDGE, EITHER, Lexicon, Token
from bot.understanding.moods import Questions, supposes, with_moods, with_questions
from bot.understanding.named import NamedPeople
from bot.understanding.numbers import Quantity, find_quantities
from bot.understanding.quoting import Quotes
from bot.understanding.shortened import Shortened
from bot.understanding.typos import TypoMender
from knowledge.finding import Finder, Index, finders
from knowledge.numerals import to_int

_PARTICLE = re.compile(
    r"(?<=[\u4e00-\u9fff])呢(?=[\u4e00-\u9fff\d])"
)  # 审核师呢现在是四个: no question ends here
_BESIDE_A_NAME = re.compile(
    r"(?:那家|这家|那边|这边|[呢嘛啊:\s])*"
)  # 天成呢, 天成: before what is told of it
_SLASH = re.compile(r"(?<=[\u4e00-\u9fff\d])[/+](?=[\u4e00-\u9fff])|(?<= )/(?= )")
_TIMES = re.compile(
    r"(?<=[\u4e00-\u9fff])[x×*](?=\d)|(?<=\d)[x×*](?=[\u4e00-\u9fff])"
    r"|(?<=[a-z)] )[x×*](?= ?\d)|(?<=\d)[x×*](?= [a-z])"
)
_BEING = re.compile(r"(?<![体关联派])系(?![统列数])")
# 验收唔合格，係11月12號; 我司系印染企业
_FORMAL_BEING = re.compile(r"(?:^|(?<=[,。;\s]))系(?=\d)|(?<=[司厂位构业们家])系(?![统列数族别])")
_TICKED = str.maketrans("√✓✔☑✅×✗✘❌", "有有有有有无无无无")  # behind what a list names
_MARKED = re.compile(r"(?<=[\u4e00-\u9fff)]) ?[√✓✔☑✅×✗✘❌](?=$|[\s,。;、])")
# 没通过……, 不合格😭 下一轮: what trails off ends what is said, as a comma would.
_TRAIL: Final = r"[\U0001f300-\U0001faff\u2601-\u260f\u2613-\u26ff\u2764…]|~(?![\d~])|\.{2,}"
_TRAILING = re.compile(rf"(?:{_TRAIL})(?:{_TRAIL}|[~. ])*(?!\d)")
_TICKED_OFF = re.compile(
    r"是否(?=[^,。;!?\n:]{2,16}:\s?(?:是|否|有|无|已|未|没|不))"
)  # 是否重点企业:是, in a form
# 处罚？没有过: who answers at once has asked nothing.
_ANSWERED = re.compile(
    r"(?:(?<=[,。;!\n])|^)(?!(?:do|does|is|are|can|what|how|when|who|which|where|why|should|must|will|would|"
    r"shall|did|has|have|and|so|but)\b)[^,。;!?\n吗么呢几多什怎哪否行能可要没不]{2,24}\?"
    r"(?=\s?(?:没有?|无|零|有的?(?=$|[,。;!])|一个(?:都|也)没|暂无|目前没|还没|nope|none|never|not any|"
    r"no(?=$|[,.;!])))"
)
_SIGNS: Final = ",。!?;:、\n"
_NUMERAL = re.compile("[零〇一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}")
_LINKS: Final = frozenset({"have", "only", "soft", "self", "duration"})
_ASKED_OF: Final = frozenset(
    {"noun", "topic", "claim", "choice", "event", "count", "require", "gap", "industry"}
)
_STILL: Final = "还有"
_PASSED: Final = ("过了", "通过了", "passed", "failed")
_BEHIND_NUMERAL: Final = frozenset({"noun", "decoy", "conj"})
_SAID: Final = frozenset({"claim", "denial", "history", "event", "choice"})
_OR_NOT: Final = ("没", "没有")
_COMPLETED: Final = ("了", "过")
_PAIR: Final = 2  # a noun and its figure
_SHORT_NAME: Final = 2  # characters of a company's name that are enough to know it


class Segmenter:
    """Cuts a message into clauses with what the lexicon knows in each."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._typos = TypoMender(lexicon)
        self._quotes = Quotes(lexicon)
        self._disclaimed = Disclaimed(lexicon.tables["disclaimed"])
        roles = (("conj", "listing"), ("reference", "reference"), ("guard", "guard"))
        self._hidden_by = [(role, form) for role, name in roles for form in _forms(lexicon, name)]
        self._hiding = Index([form for _, form in self._hidden_by])
        self._bridge = re.compile(lexicon.tables["bridge"]["form"])
        self._follow_up = re.compile(lexicon.tables["follow_up"]["form"])
        self._named_people = NamedPeople(lexicon)
        self._shortened = Shortened(lexicon)
        self._met = Finder(lexicon.tables["met"]["form"])
        self._may = re.compile(lexicon.tables["may"]["form"])
        forms = {
            name: lexicon.tables[name]["form"]
            for name in ("conclusion", "arithmetic", "lending", "as_told", "asking_when", "depends")
        }
        self._questions = Questions(*map(re.compile, forms.values()))
        self._at_a_loss = re.compile(lexicon.tables["at_a_loss"]["form"])
        self._as_told = re.compile(rf"(?:{forms['as_told']})\s?$")
        self._described = re.compile(lexicon.tables["described"]["form"])
        self._such = re.compile(lexicon.tables["described"]["such"])
        self._dialect = str.maketrans(*(lexicon.tables["dialect"][name] for name in ("signs", "mandarin")))
        choices = lexicon.tables["choice"].items()
        self._engaging = frozenset(value for value, entry in choices if entry.get("agency"))

    def clauses(
        self, text: str, today: date, *, agency: bool = False, named: str = "", held: Sequence[str] = ()
    ) -> list[Clause]:
        """The clauses of a normalised message, moods set. ``agency``: the talk is about one, or about a
        client, so that 他们 are its people; ``named``: the company that the message speaks of, as
        good as 我们; ``held``: facts of people counted before, so that 他们都 are they, and half their
        nouns are enough."""
        lower = self._plainer(text.lower())
        tokens = self._tokens(lower, today)
        pieces = [
            self._followed(self._mended(self._bridged(_numbered(_of_people(self._meeting(piece))))))
            for piece in cut(lower, tokens, text)
        ]
        if held:
            pieces = list(self._shortened.whole_ones(pieces, held))
        pieces = [_by_name(piece, named.lower()) for piece in self._quotes.marked(lower, pieces)]
        moody = with_moods(
            [split for piece in pieces for split in _split_question(piece, self._as_told, self._at_a_loss)],
            self._engaging,
            agency=agency,
            named=bool(named),
            people=bool(held),
        )
        asked = with_questions([self._of_any(clause) for clause in moody], self._questions)
        return self._disclaimed.marked(asked)

    def _of_any(self, clause: Clause) -> Clause:
        """只有两个高工的机构 may be anybody: a condition, not a fact."""
        told = clause.mood == "tell" and clause.has("count", "noun", "topic")
        such = self._described.match(clause.text) or (
            not clause.has("self") and self._such.match(clause.text)
        )
        if not told or not such:
            return clause
        return replace(clause, mood="suppose")

    def _plainer(self, text: str) -> str:
        """Cantonese as Mandarin, 审核师x5 without its sign, 自愿/委托 as a list; every place is kept."""
        text = _ANSWERED.sub(lambda asked: asked[0][:-1] + " ", summed(text))
        text = _MARKED.sub(lambda mark: mark[0].translate(_TICKED), text)
        text = _TICKED_OFF.sub("  ", _TRAILING.sub(_stopped, text))
        text = _SLASH.sub("、", _TIMES.sub(" ", _PARTICLE.sub(" ", text)))
        if not self._dialect.keys().isdisjoint(map(ord, text)):
            text = _BEING.sub("是", text.translate(self._dialect))
        return _FORMAL_BEING.sub("是", text)

    def _meeting(self, clause: Clause) -> Clause:
        """符合学历要求的有4人 lays nothing down."""
        if not clause.has("rule", "require") or not (met := self._met.search(clause.text)):
            return clause
        asked = (clause.tokens[0].start if clause.tokens else 0) + met.start("what")
        tokens = [replace(token, role="soft") if token.start == asked else token for token in clause.tokens]
        return replace(clause, tokens=tuple(tokens), roles=frozenset(token.role for token in tokens))

    def _bridged(self, clause: Clause) -> Clause:
        """Between a number and its noun a short word that says nothing else is no gap: 审核师储备6人."""
        if not (clause.has("gap") and clause.has("count") and clause.has("noun")):
            return clause
        tokens = tuple(
            replace(token, value=BRIDGE)
            if token.role == "gap" and self._bridge.fullmatch(token.text.strip(FILLING))
            else token
            for token in clause.tokens
        )
        return replace(clause, tokens=tokens)

    def _followed(self, clause: Clause) -> Clause:
        """那80分呢 asks about a figure, 算特殊原因不 whether it is so."""
        if len(clause.tokens) > 1 and self._asked_with_not(clause):
            tokens = (*clause.tokens[:-1], replace(clause.tokens[-1], role="ask", value="particle"))
            return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))
        if not clause.has("count", "score") or clause.has("self", "have"):
            return clause
        if not self._follow_up.search(clause.text):
            return clause
        end = clause.tokens[-1].end
        tokens = (*clause.tokens, Token("ask", "whether", end, end, ""))
        return replace(clause, tokens=tokens, roles=clause.roles | {"ask"})

    def _asked_with_not(self, clause: Clause) -> bool:
        """算特殊原因不, 可以是同一拨人不; 延期批了没."""
        before, last = clause.tokens[-2:]
        if last.text in _OR_NOT:
            return last.start == before.end and before.text.endswith(_COMPLETED)
        return last.text == "不" and self._may_be(clause)

    def _may_be(self, clause: Clause) -> bool:
        return clause.tokens[-2].role in _ASKED_OF or self._may.search(clause.text) is not None

    def _mended(self, clause: Clause) -> Clause:
        """A number that counts nothing known may stand beside a misspelt noun."""
        if not clause.has("count") or not clause.has("gap") or clause.has("noun", "decoy"):
            return clause
        tokens = self._typos.mend(clause.tokens)
        return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))

    def _tokens(self, text: str, today: date) -> list[Token]:
        tokens, rest = self._hidden(text)
        for item in self._named_people.find(rest):
            tokens.append(Token("count", item.quantity, item.start, item.end, text[item.start : item.end]))
            rest = hide(rest, item.start, item.end)
        dates, rest = find_dates(rest, today)
        durations, rest = find_durations(rest)
        scores, rest = find_scores(rest)
        for role, items in (("date", dates), ("duration", durations), ("score", scores)):
            tokens += [Token(role, item, item.start, item.end, text[item.start : item.end]) for item in items]
        for item in find_quantities(rest):
            tokens.append(Token("count", item.quantity, item.start, item.end, text[item.start : item.end]))
            rest = hide(rest, item.start, item.end)
        known = self._lexicon.scan(rest)
        tokens += known
        tokens += [
            Token("ask", "whether", token.end, token.end, "")
            for token in known
            if token.role in _SAID and EITHER.search(token.text)
        ]
        return sorted(tokens, key=lambda token: token.start)

    def _hidden(self, text: str) -> tuple[list[Token], str]:
        tokens: list[Token] = []
        rest = text
        for at in self._hiding.of(text):
            role, form = self._hidden_by[at]
            for start, end in form.spans(rest):
                if role == "conj":  # 1. and (2) begin a line of a list
                    tokens.append(Token(role, "break", start, end, rest[start:end]))
                elif "\n" in rest[start:end]:
                    continue  # 审核师 4, and on the next line 项目负责人
                else:
                    tokens.append(Token(role, "", start, end, rest[start:end]))
                rest = hide(rest, start, end)
        return tokens, rest


def _stopped(trail: re.Match[str]) -> str:
    """A comma in the stead of what trails off, blanks beside another sign; every place is kept."""
    before, behind = trail.string[: trail.start()].rstrip(), trail.string[trail.end() :]
    if not before:
        return trail[0]  # 👍 may be an answer
    beside = not behind or before[-1] in _SIGNS or behind[0] in _SIGNS
    return (" " if beside else ",").ljust(len(trail[0]))


def _forms(lexicon: Lexicon, role: str) -> list[Finder]:
    return finders(role, lexicon.tables[role]["forms"])


def _of_people(clause: Clause) -> Clause:
    """4个过了 tells of four people and not of the company; 审核师还有5个 of how many there are."""
    if not (clause.has("count") and clause.has("event", "conj")) or clause.has("gap"):
        return clause
    tokens = list(clause.tokens)
    for at, (before, token) in enumerate(pairwise(clause.tokens), 1):
        if token.text in _PASSED and before.role == "count":
            tokens[at] = replace(token, role="soft")
        elif (
            token.text == _STILL
            and before.role == "noun"
            and list(clause.tokens[at + 1 :]) == clause.of("count")
        ):
            tokens[at] = replace(token, role="have")
    return replace(clause, tokens=tuple(tokens), roles=frozenset(token.role for token in tokens))


def _numbered(clause: Clause) -> Clause:
    """A bare Chinese numeral right behind a noun counts: 审核师四, 高工一."""
    if not (clause.has("gap") and clause.has("noun")):
        return clause
    tokens = list(clause.tokens)
    before = ""  # the role that the numeral follows
    for at, token in enumerate(tokens):
        number = _numeral(token) if before == "noun" else None
        if number is not None and (at + 1 == len(tokens) or tokens[at + 1].role in _BEHIND_NUMERAL):
            tokens[at] = replace(token, role="count", value=Quantity(number, number))
        before = before if token.role in _LINKS else token.role
    return replace(clause, tokens=tuple(tokens), roles=frozenset(token.role for token in tokens))


def _numeral(token: Token) -> int | None:
    written = token.text.strip(FILLING)
    plain = token.role == "gap" and _NUMERAL.fullmatch(written)
    return to_int(written, digit_strings=False) if plain else None


def _by_name(clause: Clause, company: str) -> Clause:
    """鑫源五金是自愿的, of the company so named: its name stands for 我们 where the clause begins with it."""
    length = 0
    while length < len(clause.text) and clause.text[: length + 1] in company:
        length += 1
    start = clause.tokens[0].start if clause.tokens else 0
    beside = _BESIDE_A_NAME.match(clause.text, length) if length else None
    end = start + (beside.end() if beside is not None else length)
    name = [token for token in clause.tokens if token.end <= end]
    if not any(token.role == "gap" for token in name) or name[-1].end < start + min(length, _SHORT_NAME):
        return clause
    owner = Token("self", "self", name[0].start, name[-1].end, clause.text[: name[-1].end - start])
    tokens = (owner, *clause.tokens[len(name) :])
    return replace(clause, tokens=tokens, roles=frozenset(token.role for token in tokens))


def _split_question(clause: Clause, as_told: re.Pattern[str], at_a_loss: re.Pattern[str]) -> Iterator[Clause]:
    """我们有3个审核师够吗: what is told, then what is asked. ``as_told``: 这样 before what is asked says that
    the head is how things are; ``at_a_loss``: so does 怎么办 behind 一个都没有."""
    if supposes(clause):
        yield clause
        return
    telling = ("count", "date", "noun", "score", "event", "history", "topic", "near_miss")
    for index, token in enumerate(clause.tokens):
        if token.role == "tail" or (token.role == "ask" and token.value == "what"):
            head = clause.tokens[:index]
            if _laid_down(head, clause.tokens[index:]):
                break
            if token.role != "tail" and not _tells_of_something(head):
                continue
            if not any(item.role in telling for item in head) or any(
                item.role == "ask" and item.value == "whether" for item in head
            ):
                break
            if head[-1].role == "have" and head[-1].end == token.start:
                head = head[:-1]  # …有啥区别: what is asked begins with 有
            cut = token.start - clause.tokens[0].start
            text = clause.text[:cut]
            if (so := as_told.search(text)) is not None:
                begun = clause.tokens[0].start + so.start()
                head, text = tuple(item for item in head if item.start < begun), text[: so.start()]
            lost = at_a_loss.match(token.text) is not None and any(map(_none_at_all, head))
            asked = so is None and not lost and not _row_of_figures(head)
            yield replace(_part(clause, head, text, after="", before_question=asked), so=not asked)
            yield _part(
                clause, clause.tokens[index:], clause.text[cut:], after=clause.after, before_question=False
            )
            return
    yield clause


def _laid_down(head: Sequence[Token], asked: Sequence[Token]) -> bool:
    """有2名以上高级职称是哪年的要求: the rule's figures, not theirs."""
    figures = any(token.role == "count" and token.text.endswith("以上") for token in head)
    return figures and any(token.role == "rule" for token in asked)


def _none_at_all(token: Token) -> bool:
    """一个都没有."""
    return (token.role, token.value) == ("not", "have") and token.text.startswith(("都", "也"))


def _row_of_figures(head: Sequence[Token]) -> bool:
    """审核师4 高工0 够不够: nouns with their figures behind them are a list of what there is."""
    roles = [token.role for token in head if token.role in ("noun", "count")]
    return len(roles) > _PAIR and roles == ["noun", "count"] * (len(roles) // _PAIR)


def _tells_of_something(head: Sequence[Token]) -> bool:
    """Whether words before a question hold a figure, or a day with what happened on it: 今年一共公布几批
    only says when."""
    roles = {token.role for token in head}
    return bool(roles & {"count", "score"}) or (
        "date" in roles and bool(roles & {"event", "history", "noun"})
    )


def _part(
    clause: Clause, tokens: tuple[Token, ...], text: str, *, after: str, before_question: bool
) -> Clause:
    return replace(
        clause,
        tokens=tokens,
        text=text,
        after=after,
        before_question=before_question,
        roles=frozenset(token.role for token in tokens),
    )

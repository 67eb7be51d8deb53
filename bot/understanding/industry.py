"""What the speaker's company makes, in the words used. Its class is the rulebook's to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.model import ReadingContext

FACT = "industry"
_LEADING = frozenset({"self", "have", "industry", "soft", "only", "date", "all"})
_RUNNING_ON = frozenset({"gap", "soft", "have", "decoy"})  # what goes on of the trade itself
_PLAIN = ("self", "have", "industry", "soft", "only")
_OWN_EVENTS = {"last_round_completed", "list_published"}  # of which only their own is told


class IndustryReader:
    """Finds the industry of a message. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["trade"]
        places = {name: table[name] for name in ("we", "place", "for_whom")}
        self._stating = [_filled(form, places) for form in table["forms"]]
        self._studied = re.compile(table["studied"])
        self._intro = re.compile(table["introduced"])
        self._chinese = {name: re.compile(form) for name, form in lexicon.tables["in_chinese"].items()}
        self._cue = re.compile(table["cue"], re.IGNORECASE)
        self._no_trade = re.compile(table["no_trade"])
        self._not_about = re.compile(table["not_about"], re.IGNORECASE)
        self._made = re.compile(table["made"], re.IGNORECASE)
        self._trades = frozenset(word for word, _ in lexicon.words("industry"))
        tails = "|".join(sorted(table["tails"], key=len, reverse=True))
        self._named = re.compile(rf"\s?(?:{tails})", re.IGNORECASE)
        self._place = re.compile(table["place"])
        self._works = re.compile(table["works"])
        self._head = re.compile(_filled(table["heads"], places))
        self._doing = re.compile(_filled(table["doing"], places))
        self._staffed = re.compile(table["staffed"], re.IGNORECASE)
        self._introducing = re.compile(table["introducing"])
        self._speaker = re.compile(table["speaker"])
        self._between = re.compile(table["between"])
        self._being = re.compile(table["being"])
        self._behind = re.compile(table["behind"])
        self._for = tuple(table["for"])
        self._serving = re.compile(table["serving"])
        self._theirs = re.compile(table["theirs_before"]), re.compile(table["theirs_behind"])
        self._tail = re.compile(rf"(?:\s?(?:{tails}|的|业))+$", re.IGNORECASE)

    @cached_property
    def _forms(self) -> list[re.Pattern[str]]:
        """Compiled for the first clause that may say it."""
        return [re.compile(form, re.IGNORECASE) for form in self._stating]

    def read(self, clause: Clause, ledger: Ledger, context: ReadingContext) -> None:
        """Take the industry, if the clause says what they do."""
        words = self._stated(clause) or self._known(clause, context)
        if words:
            ledger.state(clause.as_condition(), FACT, self._in_chinese(words))

    def beside(self, clauses: Sequence[Clause], ledger: Ledger, *, asking: bool) -> None:
        """强制，铅蓄电池，重点企业: a clause that is nothing but an industry, beside other facts; 做皮革的
        says it by itself. What is asked of an industry is no fact, unless the own side was told."""
        clauses = list(self._without_fields(clauses))
        if clauses and FACT not in ledger.facts and (works := self._works_alone(clauses)):
            ledger.state(replace(clauses[0], before_question=False), FACT, works)
            return
        telling = any(
            clause.mood in ("tell", "suppose") and (clause.has("self") or self._introduced(clause))
            for clause in clauses
        )
        if FACT in ledger.facts or FACT in ledger.hypothetical or (asking and not telling):
            return
        if clauses and (words := self._headed(clauses[0])) and self._by_speaker(clauses):
            ledger.state(clauses[0], FACT, words)
            return
        served = next(((clause, words) for clause in clauses if (words := self._served(clause))), None)
        told = bool(ledger.facts) or served is not None or any(map(_contrasts, clauses))
        for clause in clauses:
            done, words = self._alone(clause)
            if words and (done or told):
                ledger.state(clause, FACT, self._in_chinese(words))
                return
        if served:
            ledger.state(served[0], FACT, self._in_chinese(served[1]))

    def _works_alone(self, clauses: Sequence[Clause]) -> str | None:
        """造纸厂，上一轮2021年12月完成; 电镀厂，在不在名录里不清楚: nothing but a works at the head, before
        a day of their own or what they do not know of themselves."""
        named, head = clauses[0].of("industry"), clauses[0]
        dated = (one for one in clauses[1:] if one.mood == "tell" and one.has("date"))
        told = {str(event.value) for clause in dated for event in clause.of("event")}
        own = told & _OWN_EVENTS or any(one.has("topic") and one.has("unknown") for one in clauses[1:])
        if len(named) != 1 or head.mood != "tell" or head.tokens[0] is not named[0] or not own:
            return None
        rest = head.text[named[0].end - head.tokens[0].start :].strip()
        return named[0].text if not rest or self._named.fullmatch(rest) else None

    def _without_fields(self, clauses: Sequence[Clause]) -> Iterator[Clause]:
        """相关专业(环境、化工)大专以上, 化工、环境专业的大专: what people studied, and no trade."""
        bracketed = listed = False
        for at, clause in enumerate(clauses):
            before = clauses[at - 1] if at else clause
            if "(" in clause.before:
                bracketed = at > 0 and before.has("noun", "fit")
            elif ")" in clause.before or clause.sentence != before.sentence:
                bracketed = False
            if clause.before != "、":
                last = next((one for one in clauses[at:] if one.after != "、"), clause)
                listed = clause.after == "、" and self._studied.search(last.text) is not None
            if not (bracketed or listed):
                yield clause

    def _introduced(self, clause: Clause) -> bool:
        """电镀厂一家."""
        return clause.has("industry") and self._intro.search(clause.text) is not None

    def _in_chinese(self, words: str) -> str:
        """The rules' own word for a trade that is told in English, or by what is done: 鞣皮子."""
        found = (name for name, form in self._chinese.items() if form.fullmatch(words.lower()))
        return next(found, words)

    def _by_speaker(self, clauses: Sequence[Clause]) -> bool:
        introduced = any(self._introducing.match(clause.text) for clause in clauses[1:])
        return introduced or self._staffed.search(clauses[0].text) is not None

    def _headed(self, clause: Clause) -> str | None:
        """坪山这边的电镀厂, at the head of a message: where they are and what they make."""
        named = clause.of("industry")
        if len(named) != 1 or clause.mood != "tell":
            return None
        at = named[0].start - clause.tokens[0].start
        behind = self._behind.fullmatch(clause.text[at + len(named[0].text) :])
        works = self._being.search(clause.text, at) is not None
        placed = (
            self._staffed.search(clause.text, at) if at == 0 else self._between.fullmatch(clause.text, 0, at)
        )
        return named[0].text if works and behind and placed else None

    def named(self, clauses: Sequence[Clause]) -> bool:
        """Whether a clause is nothing but an industry and what is made of it: 线路板厂，强制审核."""
        return any(words and words != clause.text for clause in clauses for words in self._alone(clause)[1:])

    def answer(self, text: str) -> str | None:
        """The industry in a bare answer to the question for it."""
        words = self._trim(
            re.sub(
                r"^(?:我们|我司|我厂)?(?:公司|厂)?(?:是|做|属于|搞|从事)*(?:一家|个)?",
                "",
                text.strip(" 。.!,"),
            )
        )
        unlike = self._not_about.search(words) or self._no_trade.search(text.lower())
        return words if 2 <= len(words) <= 30 and not unlike else None

    def _stated(self, clause: Clause) -> str | None:
        if not self._cue.search(clause.text):
            return None
        for form in self._forms:
            if match := form.search(clause.text):
                words = self._trim(match["x"])
                if len(words) >= 2 and self._is_trade(words):
                    return words
        return None

    def _is_trade(self, words: str) -> bool:
        """蓝牙耳机, but not 事认真: words that name a known trade, or end as the name of a product does."""
        if self._not_about.search(words):
            return False
        return self._made.search(words) is not None or any(trade in words.lower() for trade in self._trades)

    def _known(self, clause: Clause, context: ReadingContext) -> str | None:
        """电镀厂 in a clause that speaks of us: an industry word with 厂 or 企业 behind it."""
        for token in clause.of("industry"):
            rest = clause.text[token.end - clause.tokens[0].start :]
            works = self._named.match(rest) or self._works.search(token.text)
            plain = all(each.role in _PLAIN for each in clause.tokens)  # 我们厂是造纸的
            if self._of_another(clause, token) or _denied(clause, token):
                continue
            led = clause.has("self") and (works or plain) and self._led(clause, token)
            if FACT in context.asked or led or (works and self._heads(clause, token)):
                return token.text
        for token in _runs(clause):
            if not (self._of_another(clause, token) or _denied(clause, token)) and self._of_speaker(
                clause, token
            ):
                return token.text
        return None

    def _heads(self, clause: Clause, token: Token) -> bool:
        """电镀厂上一轮2023年5月10日做完的: who tells their own round by what they are, at the head."""
        head = next((one for one in clause.tokens if one.role != "soft"), None)
        told = {str(one.value) for one in clause.of("event")} & _OWN_EVENTS
        return head is token and clause.mood == "tell" and bool(told) and clause.has("date")

    def _of_speaker(self, clause: Clause, token: Token) -> bool:
        """我是坪山这边的电镀厂, 我在龙岗一家皮革厂管环保: nothing but where they are, and who they are."""
        start = clause.tokens[0].start
        ahead, behind = clause.text[: token.start - start], clause.text[token.end - start :]
        head, who = clause.tokens[0], self._speaker.match(ahead)
        led = len(head.text) if head.role == "self" else who.end() if who else -1
        if led < 0 or clause.has("former") or not self._between.fullmatch(ahead, led):
            return False
        said = self._behind.match(behind)
        end = token.end + (said.end() if said else 0)
        following = next((one for one in clause.tokens if one.end > end), None)
        ends = following is None or (following.start >= end and following.role not in _RUNNING_ON)
        return (
            ends
            and self._being.search(ahead[led:] + clause.text[token.start - start : end - start]) is not None
        )

    def _led(self, clause: Clause, token: Token) -> bool:
        """我们厂是电镀厂, but not 我们楼里有家电镀厂: only who, being and where stand before it."""
        before = [one for one in clause.tokens if one.end <= token.start]
        return not clause.has("former") and all(
            (one.role in _LEADING and not one.text.endswith("有")) or self._place.fullmatch(one.text.strip())
            for one in before
        )

    def _of_another(self, clause: Clause, token: Token) -> bool:
        """我们给电镀厂供原料, 服务过皮革厂: a customer's works, or a neighbour's."""
        at = token.start - clause.tokens[0].start
        before, behind = self._theirs
        following = clause.text[at + len(token.text) :]
        return before.search(clause.text[:at]) is not None or behind.match(following) is not None

    def _served(self, clause: Clause) -> str | None:
        """公司主要给五金件镀铬镀镍: what is done for customers, at the end of the clause."""
        if not self._serving.match(clause.text):
            return None
        telling = [token for token in clause.tokens if token.role != "soft"]
        at = len(telling)
        while at and telling[at - 1].role == "industry":
            at -= 1
        done = telling[at:]
        if len(done) > 1 and at and telling[at - 1].text.endswith(self._for):
            done = done[1:]  # 五金件 is what they work on
        if not (done and at):
            return None
        words = clause.text[done[0].start - clause.tokens[0].start :]
        return None if self._not_about.search(words) else self._trim(words)

    def _alone(self, clause: Clause) -> tuple[bool, str]:
        """The industry of a clause that names nothing else, and whether it says that they do it."""
        named = clause.of("industry")
        introduced = self._introduced(clause) or clause.text.endswith("的")  # 造船厂的，想了解一下几年一轮
        if not named or clause.mood not in ("tell", "suppose") or (clause.questioned and not introduced):
            return False, ""
        if len(named) == 1 and len(clause.tokens) > 1 and clause.alone(clause.tokens.index(named[0])):
            return False, named[0].text
        wondered = clause.tokens[-1].role == "wonder"
        words = self._trim(clause.text.removesuffix(clause.tokens[-1].text) if wondered else clause.text)
        together = "".join(token.text for token in named)
        whole = words in (named[-1].text, self._trim(named[-1].text), together, self._trim(together))
        return self._doing.match(clause.text) is not None, words if whole else ""

    def _trim(self, words: str) -> str:
        return self._tail.sub("", self._head.sub("", words.strip()))


def _filled(form: str, parts: Mapping[str, str]) -> str:
    """A form with the parts that it names, ``{place}``."""
    for name, part in parts.items():
        form = form.replace(f"{{{name}}}", part)
    return form


def _runs(clause: Clause) -> Iterator[Token]:
    """The industries of a clause, those side by side as one: 五金喷涂, 化学原料及化学制品."""
    run: Token | None = None
    for token in clause.tokens:
        if run is not None and token.role == "industry":
            text = clause.text[run.start - clause.tokens[0].start : token.end - clause.tokens[0].start]
            run = replace(run, end=token.end, text=text)
        elif token.role == "industry":
            run = token
        elif run is not None and token.value != "join":
            yield run
            run = None
    if run is not None:
        yield run


def _denied(clause: Clause, token: Token) -> bool:
    """我们不是电镀厂, 我们不再做电镀了."""
    return any(one.role == "not" and one.end <= token.start for one in clause.tokens)


def _contrasts(clause: Clause) -> bool:
    """不是铅酸的: what they do not make, so that what stands beside it is what they make."""
    return clause.mood in ("tell", "suppose") and any(
        first.role == "not" and first.value == "be" and after.role == "industry"
        for first, after in pairwise(token for token in clause.tokens if token.role != "soft")
    )

"""What the speaker's company makes, in the words used. Its class is the rulebook's to say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadingContext

FACT = "industry"
_PLAIN = ("self", "have", "industry", "soft", "only")


class IndustryReader:
    """Finds the industry of a message. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["trade"]
        self._forms = [re.compile(form, re.IGNORECASE) for form in table["forms"]]
        self._cue = re.compile(table["cue"], re.IGNORECASE)
        self._not_about = re.compile(table["not_about"], re.IGNORECASE)
        tails = "|".join(sorted(table["tails"], key=len, reverse=True))
        self._named = re.compile(rf"\s?(?:{tails})", re.IGNORECASE)
        self._works = re.compile(table["works"])
        self._head = re.compile(table["heads"])
        self._doing = re.compile(table["doing"])
        self._tail = re.compile(rf"(?:\s?(?:{tails}|的|业))+$", re.IGNORECASE)

    def read(self, clause: Clause, ledger: Ledger, context: ReadingContext) -> None:
        """Take the industry, if the clause says what they do."""
        words = self._stated(clause) or self._known(clause, context)
        if words:
            ledger.state(clause.as_condition(), FACT, words)

    def beside(self, clauses: Sequence[Clause], ledger: Ledger, *, asking: bool) -> None:
        """强制，铅蓄电池，重点企业: a clause that is nothing but an industry, beside other facts; 做皮革的
        says it by itself. What is asked of an industry is no fact."""
        if FACT in ledger.facts or FACT in ledger.hypothetical or asking:
            return
        for clause in clauses:
            done, words = self._alone(clause)
            if words and (done or ledger.facts):
                ledger.state(clause, FACT, words)
                return

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
        return words if 2 <= len(words) <= 30 and not self._not_about.search(words) else None

    def _stated(self, clause: Clause) -> str | None:
        if not self._cue.search(clause.text):
            return None
        for form in self._forms:
            if match := form.search(clause.text):
                words = self._trim(match["x"])
                if len(words) >= 2 and not self._not_about.search(words):
                    return words
        return None

    def _known(self, clause: Clause, context: ReadingContext) -> str | None:
        """电镀厂 in a clause that speaks of us: an industry word with 厂 or 企业 behind it."""
        for token in clause.of("industry"):
            rest = clause.text[token.end - clause.tokens[0].start :]
            works = self._named.match(rest) or self._works.search(token.text)
            plain = all(each.role in _PLAIN for each in clause.tokens)  # 我们厂是造纸的
            if FACT in context.asked or (clause.has("self") and (works or plain)):
                return token.text
        return None

    def _alone(self, clause: Clause) -> tuple[bool, str]:
        """The industry of a clause that names nothing else, and whether it says that they do it."""
        named = clause.of("industry")
        if len(named) != 1 or clause.mood != "tell" or clause.questioned:
            return False, ""
        if len(clause.tokens) > 1 and clause.alone(clause.tokens.index(named[0])):
            return False, named[0].text
        words = self._trim(clause.text)
        return self._doing.match(clause.text) is not None, words if words == named[0].text else ""

    def _trim(self, words: str) -> str:
        return self._tail.sub("", self._head.sub("", words.strip()))

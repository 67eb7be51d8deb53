"""What the speaker's company makes, in the words used. Its class is the rulebook's to say."""

from __future__ import annotations

import re

from bot.understanding.clauses import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadingContext


class IndustryReader:
    """Finds the industry of a message. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["trade"]
        self._forms = [re.compile(form, re.IGNORECASE) for form in table["forms"]]
        self._not_about = re.compile(table["not_about"], re.IGNORECASE)
        tails = "|".join(sorted(table["tails"], key=len, reverse=True))
        self._named = re.compile(rf"\s?(?:{tails})", re.IGNORECASE)
        self._works = re.compile(table["works"])
        self._head = re.compile(table["heads"])
        self._tail = re.compile(rf"(?:\s?(?:{tails}|的|业))+$", re.IGNORECASE)

    def read(self, clause: Clause, ledger: Ledger, context: ReadingContext) -> None:
        """Take the industry, if the clause says what they do."""
        words = (
            self._stated(clause)
            or self._known(clause, context)
            or (self._alone(clause) if ledger.facts else None)
        )
        if words:
            ledger.state(clause.as_condition(), "industry", words)

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
            if "industry" in context.asked or (clause.has("self") and works):
                return token.text
        return None

    def _alone(self, clause: Clause) -> str | None:
        """…，铅蓄电池行业，…: a clause that is nothing but an industry, beside other facts."""
        words = self._trim(clause.text)
        named = [token.text for token in clause.of("industry")]
        return words if named == [words] and words != clause.text else None

    def _trim(self, words: str) -> str:
        return self._tail.sub("", self._head.sub("", words.strip()))

"""The order of things: plain text, commands, clauses, facts, answers and corrections, then what is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.understanding.answers import AnswerReader, Answers
from bot.understanding.choices import ChoiceReader
from bot.understanding.clauses import Clause, Segmenter, asks
from bot.understanding.company import CompanyReader
from bot.understanding.corrections import CorrectionReader
from bot.understanding.counts import CountReader
from bot.understanding.events import EventReader
from bot.understanding.flags import FlagReader
from bot.understanding.goals import GoalReader
from bot.understanding.industry import IndustryReader
from bot.understanding.insurance import COUNTED, FACT, read_insurance
from bot.understanding.intent import IntentReader
from bot.understanding.leads import read_leads
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import DIRECTORY, Lexicon
from bot.understanding.model import ReadingContext, Understanding
from bot.understanding.normalise import Normal, normalise
from bot.understanding.scores import read_scores


class Reader:
    """Reads messages. Built once: it compiles the lexicons."""

    def __init__(self, directory: Path = DIRECTORY) -> None:
        self._lexicon = Lexicon.load(directory)
        self._segmenter = Segmenter(self._lexicon)
        self._answers = Answers(self._lexicon)
        self._industries = IndustryReader(self._lexicon)
        self._companies = CompanyReader(self._lexicon)
        self._intents = IntentReader(self._lexicon)
        self._goals = GoalReader(self._lexicon)
        self._deadlines = {name: re.compile(form) for name, form in self._lexicon.tables["deadline"].items()}

    def read(self, text: str, context: ReadingContext) -> Understanding:
        """What ``text`` says and wants, in the light of ``context``. Pure."""
        plain = normalise(text, context.language)
        command, argument = self._intents.command(plain.text)
        if command and not argument:
            return Understanding(
                plain.text, text, plain.language, command=command, answer=None, cut=plain.cut
            )
        return self._understanding(plain, text, context, command, argument)

    def _understanding(
        self,
        plain: Normal,
        original: str,
        context: ReadingContext,
        command: str | None,
        argument: str,
    ) -> Understanding:
        ledger = Ledger()
        listed = read_insurance(argument or plain.text)
        said = argument or plain.text
        clauses = self._segmenter.clauses(
            listed.rest if listed else said,
            context.now.date(),
            agency=self._goals.of_agency(context),
            people=any(self._answers.kind(name) == "count" for name in context.last_facts),
        )
        named = self._companies.read(said, context.companies)
        choices = self._facts(clauses, ledger, context, named=named is not None)
        if listed and clauses:
            ledger.facts.pop(COUNTED, None)
            ledger.state(replace(clauses[0], text=listed.words), FACT, list(listed.months))
        words = said.lower()
        company = self._one_company(said, named, clauses, ledger, context)
        route, kind = choices.about.get("route"), choices.about.get("audit_kind")
        question = any(asks(clause) for clause in clauses)
        traits = set(self._traits(ledger, clauses, company, question))
        stated = (*ledger.facts, *ledger.hypothetical)
        return Understanding(
            text=plain.text,
            original=original,
            language=plain.language,
            command=command,
            argument=argument,
            intents=self._intents.weigh(words, traits),
            facts=tuple(ledger.facts.values()),
            hypothetical=tuple(ledger.hypothetical.values()),
            rejected=tuple(ledger.rejected),
            doubts=tuple(doubt for doubt in ledger.doubts if doubt.fact not in ledger.facts or doubt.options),
            unknown=tuple(dict.fromkeys(ledger.unknown)),
            company=company,
            route=route,  # type: ignore[arg-type]
            audit_kind=kind,  # type: ignore[arg-type]
            answer=self._answers.go_on(plain.text),
            question=question,
            cut=plain.cut,
            goals=self._goals.read(words, stated, route, kind, context),
            leads=read_leads(words),
            deadline=next((name for name, form in self._deadlines.items() if form.search(words)), None),
        )

    def _one_company(
        self, text: str, named: str | None, clauses: list[Clause], ledger: Ledger, context: ReadingContext
    ) -> str | None:
        """甲公司4个，乙公司3个: whose fact is which stays open, so nothing is kept."""
        several = self._companies.several(text, context.companies)
        counted = any(clause.has("count") and clause.mood == "tell" for clause in clauses)
        if len(several) < 2 or not (ledger.facts or counted):
            return named
        ledger.facts.clear()
        ledger.doubt("company", None, clauses[0], several)
        return None

    def _facts(
        self, clauses: list[Clause], ledger: Ledger, context: ReadingContext, *, named: bool
    ) -> ChoiceReader:
        choices = ChoiceReader(self._lexicon, ledger, context)
        events = EventReader(self._lexicon, ledger, context)
        flags = FlagReader(self._lexicon, ledger, context)
        for clause in clauses:
            choices.read(clause)
        counts = CountReader(self._lexicon, ledger, context, choices.about.get("route"))
        counts.expect(clauses)
        for clause in clauses:
            if clause.has("correct"):
                ledger.correcting = True
            if clause.has("unknown"):
                self._unknown(clause, ledger, context)
                continue
            counts.read(clause)
            flags.read(clause)
            events.read(clause)
            read_scores(clause, ledger)
            self._industries.read(clause, ledger, context)
        if ledger.correcting or self._refused(clauses, counts, context):
            ledger.correcting = True
            CorrectionReader(self._answers, ledger, context).read(clauses, counts.bare, events.bare, events)
        else:
            AnswerReader(self._answers, self._industries, ledger, context).read(
                clauses, counts.bare, events.bare, events
            )
        choices.finish(named=named, asking=any(asks(clause) for clause in clauses))
        return choices

    def _refused(self, clauses: list[Clause], counts: CountReader, context: ReadingContext) -> bool:
        """不是，是5个 after a number was said."""
        if len(clauses) < 2 or not counts.bare or self._answers.yes_or_no(clauses[0].text) is not False:
            return False
        return any(self._answers.kind(name) == "count" for name in context.last_facts)

    def _unknown(self, clause: Clause, ledger: Ledger, context: ReadingContext) -> None:
        """高工有几个不知道; a bare 不知道 is about what was asked."""
        named = [
            str(token.value) for token in clause.tokens if token.role in ("noun", "topic", "event", "history")
        ]
        if named:
            ledger.unknown += named
        elif context.asked and not ledger.facts:
            ledger.unknown.append(context.asked[0])

    def _traits(
        self, ledger: Ledger, clauses: list[Clause], company: str | None, question: bool
    ) -> Iterator[str]:
        """What the intent table may go by, beyond words."""
        for name in ledger.facts:
            kind = self._answers.kind(name)
            yield f"told.{name}" if kind == "date" else f"told.{_TRAIT.get(kind, 'flag')}"
        if ledger.hypothetical:
            yield "hypothetical"
        if ledger.doubts or ledger.rejected:
            yield "doubt"
        if ledger.unknown:
            yield "unknown"
        if question:
            yield "question"
        if company:
            yield "company"
        if any(clause.has("noun", "topic", "event", "reference", "choice", "history") for clause in clauses):
            yield "topic"


_TRAIT = {
    "count": "count",
    "dates": "flag",
    "choice": "choice",
    "text": "industry",
    "score": "flag",
}

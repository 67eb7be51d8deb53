"""The order of things: plain text, commands, people told in lines, clauses, facts, then what is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.messages import Intent
from bot.understanding.answers import Answers
from bot.understanding.clause import CLIENT, Clause, asks
from bot.understanding.clauses import Segmenter
from bot.understanding.company import CompanyReader
from bot.understanding.dialect import mandarin
from bot.understanding.facts import FactReader, Told, take_months, take_people
from bot.understanding.goals import GoalReader
from bot.understanding.insurance import InsuranceReader
from bot.understanding.intent import IntentReader
from bot.understanding.leads import read_leads, without_rows
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import DIRECTORY, Lexicon
from bot.understanding.model import Doubt, Noticed, ReadingContext, Understanding
from bot.understanding.normalise import Normal, normalise
from bot.understanding.notices import NoticeReader
from bot.understanding.roster import RosterReader

_TOPICS: Final = ("noun", "topic", "event", "reference", "choice", "history")
_NAMING: Final = ("noun", "topic", "event", "history")
_TRAIT: Final = {"count": "count", "dates": "flag", "choice": "choice", "text": "industry", "score": "flag"}


@dataclass(frozen=True, slots=True)
class _Read:
    """A message on its way: its clauses, the facts taken from them, the company that they are of."""

    clauses: list[Clause]
    told: Told
    company: str | None
    noticed: tuple[Noticed, ...]
    renamed: str = ""
    row: tuple[str, ...] = ()


_SETTINGS: Final = "settings"  # the command that says how to be reminded


class Reader:
    """Reads messages. Built once: it compiles the lexicons."""

    def __init__(self, directory: Path = DIRECTORY) -> None:
        self._lexicon = Lexicon.load(directory)
        self._segmenter = Segmenter(self._lexicon)
        self._answers = Answers(self._lexicon)
        self._facts = FactReader(self._lexicon, self._answers)
        self._rosters = RosterReader(self._lexicon)
        self._insurance = InsuranceReader(self._lexicon)
        self._notices = NoticeReader(self._lexicon)
        self._companies = CompanyReader(self._lexicon)
        self._intents = IntentReader(self._lexicon)
        self._goals = GoalReader(self._lexicon)
        self._searching = re.compile(self._lexicon.tables["rhetorical"]["searching"])
        self._rhetorical = re.compile(self._lexicon.tables["rhetorical"]["form"])

    def read(self, text: str, context: ReadingContext) -> Understanding:
        """What ``text`` says and wants, in the light of ``context``. Pure."""
        plain = normalise(text, context.language)
        command, argument = self._intents.command(plain.text)
        if command and not argument:
            return Understanding(
                plain.text, text, plain.language, command=command, answer=None, cut=plain.cut
            )
        if command is not None and command in context.commands:
            # What follows a command answers what the command alone would ask.
            context = replace(context, asked=context.commands[command])
        return self._understanding(plain, text, context, command, argument)

    def _understanding(
        self, plain: Normal, original: str, context: ReadingContext, command: str | None, argument: str
    ) -> Understanding:
        said = argument or plain.text
        read = self._taken(without_rows(said), context)
        ledger, about, words = read.told.ledger, read.told.about, said.lower()
        wanted = mandarin(words)
        leads = read_leads(wanted, wished=command == _SETTINGS)
        if leads:
            # 提前天数改成5天 corrects how to remind, no day that was told before.
            ledger.facts = {name: fact for name, fact in ledger.facts.items() if not fact.correction}
        intents = self._intents.weigh(wanted, set(self._traits(read)))
        if any(evidence.intent is Intent.FORGET for evidence in intents):
            ledger.facts.clear()  # 好，把这些全部删掉 answers no question
            ledger.doubts.clear()
        route, kind = about.get("route"), about.get("audit_kind")
        stated = (*ledger.facts, *ledger.hypothetical)
        return Understanding(
            text=plain.text,
            original=original,
            language=plain.language,
            command=command,
            argument=argument,
            intents=intents,
            facts=tuple(ledger.facts.values()),
            hypothetical=tuple(ledger.hypothetical.values()),
            rejected=tuple(ledger.rejected),
            doubts=tuple(doubt for doubt in ledger.doubts if not _settled(doubt, ledger)),
            unknown=tuple(dict.fromkeys(ledger.unknown)),
            company=read.company,
            bare_name="" if stated else self._companies.alone(plain.text, read.clauses),
            client=_of_a_client(read.clauses),
            route=route,  # type: ignore[arg-type]
            audit_kind=kind or self._goals.kind_of_articles(words),  # type: ignore[arg-type]
            answer=self._answers.go_on(plain.text),
            question=any(map(asks, read.clauses)),
            cut=plain.cut,
            goals=self._goals.read(words, stated, route, kind, context),
            goals_named=self._goals.named(words, context),
            leads=leads,
            renamed=read.renamed,
            row=read.row,
            trades=tuple(
                token.text for clause in read.clauses if asks(clause) for token in clause.of("industry")
            ),
            deadline=self._notices.spoken_of(read.clauses, words),
            noticed=read.noticed,
            named=self._named(read.clauses, words, context),
        )

    def _named(self, clauses: list[Clause], words: str, context: ReadingContext) -> tuple[str, ...]:
        """The facts of which a message holds the noun, or half of it where they were told before."""
        nouns = [str(token.value) for clause in clauses for token in clause.of(*_NAMING)]
        return tuple(dict.fromkeys(nouns or self._answers.half_named(context.facts, words)))

    def _taken(self, said: str, context: ReadingContext) -> _Read:
        """The facts of a message: people in lines and lists of months first, the rest clause by clause."""
        said = self._rhetorical.sub(r"是\g<x>,", self._searching.sub("", said))
        people = self._rosters.read(said)
        rest = people.rest if people else said
        listed = self._insurance.read(rest)
        renamed = self._companies.renamed(said)
        row = () if renamed else self._companies.row(said, context.companies)
        named = None if renamed or row else self._companies.read(said, context.companies)
        clauses = self._segmenter.clauses(
            listed.rest if listed else rest,
            context.now.date(),
            agency=self._goals.of_agency(context) or context.client or self._companies.on_behalf(said),
            named=named or (row[-1] if row else ""),
            held=self._counted_before(context),
        )
        clauses, noticed = self._notices.read(clauses, context.now.date())
        told = self._facts.read(clauses, context, named=named is not None)
        if listed and clauses:
            take_months(clauses[0], listed, told.ledger)
        if people:
            take_people(people, told.ledger, context)
        if row and told.ledger.facts and not self._companies.of_all(said):
            _unclear_whose(told.ledger, clauses, row)
        company = None if row else self._one_company(said, named, clauses, told.ledger, context)
        return _Read(clauses, told, company, noticed, renamed, row)

    def _counted_before(self, context: ReadingContext) -> tuple[str, ...]:
        """Facts of people of whom a number is held, where one was told last."""
        if not any(self._answers.kind(name) == "count" for name in context.last_facts):
            return ()
        return tuple(name for name in context.facts if self._answers.kind(name) == "count")

    def _one_company(
        self, text: str, named: str | None, clauses: list[Clause], ledger: Ledger, context: ReadingContext
    ) -> str | None:
        """甲公司4个，乙公司3个: whose fact is which stays open, so nothing is kept."""
        several = self._companies.several(text, context.companies) or self._companies.side_by_side(clauses)
        counted = any(clause.has("count") and clause.mood == "tell" for clause in clauses)
        if len(several) < 2 or not (ledger.facts or counted):
            return named
        _unclear_whose(ledger, clauses, several)
        return None

    def _traits(self, read: _Read) -> Iterator[str]:
        """What the intent table may go by, beyond words."""
        ledger = read.told.ledger
        for name in ledger.facts:
            kind = self._answers.kind(name)
            yield f"told.{name}" if kind == "date" else f"told.{_TRAIT.get(kind, 'flag')}"
        marks = {
            "hypothetical": ledger.hypothetical,
            "doubt": ledger.doubts or ledger.rejected,
            "unknown": ledger.unknown,
            "question": any(map(asks, read.clauses)),
            "company": read.company,
            "noticed": read.noticed,
            "topic": any(clause.has(*_TOPICS) for clause in read.clauses),
        }
        yield from (name for name, held in marks.items() if held)


def _of_a_client(clauses: list[Clause]) -> bool:
    """客户是个印染厂，上了强制名单."""
    told = (clause for clause in clauses if clause.mood == "tell")
    return any(token.value == CLIENT for clause in told for token in clause.of("self"))


def _unclear_whose(ledger: Ledger, clauses: list[Clause], several: tuple[str, ...]) -> None:
    """Whose fact is which stays open, so nothing is kept."""
    ledger.facts.clear()
    ledger.doubts.clear()
    ledger.doubt("company", None, clauses[0], several)


def _settled(doubt: Doubt, ledger: Ledger) -> bool:
    """Whether the message tells the doubted fact after all, or the words as a whole tell another:
    审核师都有经验 leaves no doubt of how many they are."""
    if doubt.fact in ledger.facts and not doubt.options:
        return True
    told = [fact for fact in ledger.facts.values() if fact.words == doubt.words]
    return doubt.kind == "referent" and bool(told) and all(isinstance(fact.value, bool) for fact in told)

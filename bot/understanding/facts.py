"""All facts of a message: every reader sees each clause; bare values then answer or correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.understanding.answers import AnswerReader, Answers
from bot.understanding.apiece import Apiece
from bot.understanding.choices import ChoiceReader
from bot.understanding.clause import FILLER, Clause, asks
from bot.understanding.corrections import CorrectionReader
from bot.understanding.counts import CountReader
from bot.understanding.events import EventReader
from bot.understanding.flags import FlagReader
from bot.understanding.industry import IndustryReader
from bot.understanding.insurance import COUNTED, FACT, InsuranceList
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadingContext
from bot.understanding.roster import CERTIFIED, ROSTER, People
from bot.understanding.scores import SCORE, ScoreReader
from bot.understanding.strangers import Strangers
from bot.understanding.traits import TraitReader, Traits

_SHOULD_BE: Final = "应该是"
_GUESSING: Final = ("吧", "吗", "?")
_FIGURES: Final = ("count", "score", "date")
_NOW: Final = ("现在", "目前", "现时", "当前", "now", "currently")
_STRONG: Final = ("strong", "slip", "miscount")


@dataclass(frozen=True, slots=True)
class Told:
    """What was taken, and of which route and kind the message speaks."""

    ledger: Ledger
    about: Mapping[str, str]


class FactReader:
    """Reads the facts of messages. Built once."""

    def __init__(self, lexicon: Lexicon, answers: Answers) -> None:
        self._lexicon = lexicon
        self._answers = answers
        self._industries = IndustryReader(lexicon)
        self._traits = Traits.of(lexicon)
        self._apiece = Apiece(lexicon)
        self._strangers = Strangers(lexicon)

    def read(self, clauses: list[Clause], context: ReadingContext, *, named: bool) -> Told:
        """Take what the clauses tell. ``named``: the message names a company."""
        ledger = Ledger()
        choices = ChoiceReader(self._lexicon, ledger, context)
        events = EventReader(self._lexicon, ledger, context)
        marked = clauses if named else self._strangers.marked(clauses)
        for clause in clauses:
            choices.read(clause)
        counts = CountReader(self._lexicon, ledger, context, choices.about.get("route"))
        self._each(clauses, marked, ledger, context, counts, events)
        self._bare(clauses, ledger, context, counts, events)
        asking = any(asks(clause) for clause in clauses if not clause.has("unknown"))
        self._industries.beside(clauses, ledger, asking=asking)
        choices.finish(named=named or self._industries.named(clauses), asking=asking)
        self._industries.beside(clauses, ledger, asking=asking)
        return Told(ledger, choices.about)

    def _each(
        self,
        clauses: Sequence[Clause],
        marked: Sequence[Clause],
        ledger: Ledger,
        context: ReadingContext,
        counts: CountReader,
        events: EventReader,
    ) -> None:
        """``marked``: the clauses with those of strangers marked, for readers that ask instead of taking."""
        flags = FlagReader(self._lexicon, ledger, context)
        scores = ScoreReader(ledger)
        traits = TraitReader(self._traits, ledger, context)
        counts.expect(marked, self._apiece.read(marked))
        ledger.correcting = any(token.value in _STRONG for each in clauses for token in each.of("correct"))
        behind = [*clauses[1:], None][: len(clauses)]
        for clause, by_whom, after in zip(clauses, marked, behind, strict=True):
            if clause.has("correct") or (ledger.facts and _takes_back(clause)):
                ledger.correcting = True
            if _should_be(clause) and (self._held(clause, context) or (after and _is_not(after))):
                ledger.correcting = True
            if clause.has("unknown"):
                _unknown(clause, ledger, context, self._answers)
                continue
            counts.read(by_whom)
            flags.read(by_whom)
            traits.read(clause)
            events.read(by_whom)
            scores.read(by_whom)
            self._industries.read(clause, ledger, context)
        asking = any(asks(clause) for clause in clauses)
        flags.finish(named=not asking and self._industries.named(clauses))

    def _held(self, clause: Clause, context: ReadingContext) -> bool:
        """上一轮应该是5月31日完成的, where another day was told, or another score."""
        events = (str(token.value) for token in clause.of("event"))
        names = {str(self._lexicon.table("event", name).get("fact", name)) for name in events}
        names |= {SCORE} if clause.has("score", "scoring") else set()
        return not names.isdisjoint(context.facts)

    def _bare(
        self,
        clauses: list[Clause],
        ledger: Ledger,
        context: ReadingContext,
        counts: CountReader,
        events: EventReader,
    ) -> None:
        again = (
            self._refused(clauses, counts, context)
            or self._again(clauses, ledger, context)
            or self._granted(clauses, counts, context)
        )
        if ledger.correcting or again:
            ledger.correcting = True
            CorrectionReader(self._answers, ledger, context).read(clauses, counts.bare, events.bare, events)
        else:
            AnswerReader(self._answers, self._industries, ledger, context).read(
                clauses, counts.bare, events.bare, events
            )

    def _again(self, clauses: Sequence[Clause], ledger: Ledger, context: ReadingContext) -> bool:
        """是89, and no more, behind a message that told one figure: the right one."""
        told = [name for name in context.last_facts if self._answers.kind(name) in ("count", "score")]
        if len(clauses) != 1 or len(told) != 1 or ledger.facts or told[0] not in context.facts:
            return False
        asked = self._answers.asked(context, "count", "score")
        roles = [token.role for token in clauses[0].tokens if token.role not in ("soft", "name")]
        plain = roles == ["have", "count"] and any(token.text == "是" for token in clauses[0].tokens)
        if clauses[0].added and clauses[0].has("name") and _as_it_stands(clauses[0]):
            return True  # 加上小赵5个, whatever was asked
        plain = plain or _as_it_stands(clauses[0])
        return plain and asked in (None, told[0]) and clauses[0].mood == "tell"

    def _granted(self, clauses: list[Clause], counts: CountReader, context: ReadingContext) -> bool:
        """哦有的，1个, after none was told of: there is one after all."""
        told = [name for name in context.last_facts if self._answers.kind(name) == "count"]
        none = len(told) == 1 and context.facts.get(told[0]) == 0 and len(context.last_facts) == 1
        return none and len(clauses) > 1 and bool(counts.bare) and self._answers.is_("some", clauses[0].text)

    def _refused(self, clauses: list[Clause], counts: CountReader, context: ReadingContext) -> bool:
        """不是，是5个 after a number was said."""
        if len(clauses) < 2 or not counts.bare or self._answers.yes_or_no(clauses[0].text) is not False:
            return False
        return any(self._answers.kind(name) == "count" for name in context.last_facts)


def _as_it_stands(clause: Clause) -> bool:
    """现在是5个, 加上小吴5个: how many there are all in all."""
    counted = [token.value.exact for token in clause.of("count")]
    plain = all(token.role in ("soft", "name", "have", "only", "date", "count") for token in clause.tokens)
    now = clause.added or any(token.text in _NOW for token in clause.of("only"))
    return plain and len(counted) == 1 and None not in counted and now


def _should_be(clause: Clause) -> bool:
    """评分应该是85, and not …吧."""
    hedges = clause.of("hedge")
    should = bool(hedges) and all(token.text == _SHOULD_BE for token in hedges)
    return should and not clause.text.endswith(_GUESSING)


def _is_not(clause: Clause) -> bool:
    """不是58, behind what should be."""
    return [(t.role, t.value) for t in clause.tokens[:1]] == [("not", "be")] and clause.has(*_FIGURES)


def _takes_back(clause: Clause) -> bool:
    """大专5个，不，6个; 啊不是, 不是不是."""
    said = [token for token in clause.tokens if token.role not in ("soft", FILLER)]
    return bool(said) and all((token.role, token.value) == ("not", "be") for token in said)


def take_months(clause: Clause, listed: InsuranceList, ledger: Ledger) -> None:
    """Months of insurance told person by person, in the stead of a number of people."""
    ledger.facts.pop(COUNTED, None)
    ledger.state(replace(clause, text=listed.words), FACT, list(listed.months))


def take_people(people: People, ledger: Ledger, context: ReadingContext) -> None:
    """People told one by one, beside those of the roster held."""
    clause = Clause((), people.words, 0, "", "")
    ledger.state(clause, ROSTER, people.beside(context.facts.get(ROSTER)))
    if people.certified is not None:
        ledger.state(clause, CERTIFIED, people.certified)


def _unknown(clause: Clause, ledger: Ledger, context: ReadingContext, answers: Answers) -> None:
    """高工有几个不知道, 多少人有学历得问人事; a bare 不知道 is about what was asked."""
    named = [
        str(token.value) for token in clause.tokens if token.role in ("noun", "topic", "event", "history")
    ]
    if not named and context.asked:
        halves = answers.half_named(context.asked[:1], clause.text)
        named = halves or answers.half_named(answers.halved, clause.text)[:1]
    if named:
        ledger.unknown += named
    elif context.asked and not (ledger.facts or ledger.unknown):
        ledger.unknown.append(context.asked[0])

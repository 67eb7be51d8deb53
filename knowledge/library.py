"""The only way into this room: instruments, provisions, references, answers, search, checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.aliasing import Aliases, read_aliases
from knowledge.corpus import corpus_files, read_instrument
from knowledge.errors import CorpusError, UnknownReference
from knowledge.labels import brief_label, label_words, short_label
from knowledge.model import (
    Citation,
    ConversationContext,
    Finding,
    Instrument,
    Provision,
    Resolution,
    Wording,
    Words,
)
from knowledge.references import ReferenceReader
from knowledge.sourcing import aligned
from knowledge.topics import TopicSet, load_topics
from knowledge.wording import plain

if TYPE_CHECKING:
    from knowledge.answering import Answerer
    from knowledge.search import SearchIndex
    from knowledge.titles import Alien

BUILT_IN = Path(__file__).parent / "corpus"
TOPICS = Path(__file__).parent / "topics"
_NO_CONTEXT = ConversationContext()


class Library:
    """All that is known of the law. Made by :meth:`load`; nothing in it changes afterwards."""

    def __init__(
        self, instruments: Mapping[str, Instrument], topics: Path = TOPICS, aliases: Aliases | None = None
    ) -> None:
        self.instruments: Mapping[str, Instrument] = aligned(instruments)
        self._topics_directory = topics
        self._aliases: Aliases = aliases or {}

    @classmethod
    def load(cls, directories: Iterable[Path] = (BUILT_IN,), topics: Path = TOPICS) -> Library:
        """Reads corpus directories in order; the first holds what ships with the product.

        Raises:
            CorpusError: an unreadable file, or an id given twice (nothing is replaced silently).
        """
        directories = tuple(directories)
        instruments: dict[str, Instrument] = {}
        for count, directory in enumerate(directories):
            for path in corpus_files(Path(directory)):
                instrument = read_instrument(path, built_in=count == 0)
                if instrument.id in instruments:
                    raise CorpusError(f"{path.name}: the id {instrument.id} is already taken")
                instruments[instrument.id] = instrument
        return cls(instruments, topics, read_aliases(directories))

    def with_aliases(self, aliases: Aliases) -> Library:
        """The same library, with further ways to ask for topics."""
        more = {
            topic: (*self._aliases.get(topic, ()), *aliases.get(topic, ()))
            for topic in {*self._aliases, *aliases}
        }
        return Library(self.instruments, self._topics_directory, more)

    # --- looking up --------------------------------------------------------------------------

    def instrument(self, identity: str) -> Instrument:
        """The instrument with this id.

        Raises:
            UnknownReference: no such instrument.
        """
        try:
            return self.instruments[identity]
        except KeyError:
            raise UnknownReference(f"no instrument {identity}") from None

    def provision(self, ref: str) -> Provision:
        """The provision that a reference names.

        Raises:
            UnknownReference: no such instrument or address.
        """
        identity, _, address = ref.partition("#")
        found = self.instrument(identity).provisions.get(address)
        if found is None:
            raise UnknownReference(f"no provision {ref}")
        return found

    def cite(self, ref: str, on: date) -> Citation:
        """A provision as an answer of that day names it."""
        provision = self.provision(ref)
        status = self.instrument(provision.instrument).status_on(on)
        return Citation(ref, provision.label, provision.wording.value, provision.quote, status.value)

    def short_label(self, ref: str) -> str:
        """A label for lists and buttons: 细则（征求意见稿）第十条（自行组织）第1项."""
        provision = self.provision(ref)
        return short_label(provision, self.instrument(provision.instrument))

    def label(self, ref: str) -> Words:
        """The short label in Chinese and English."""
        provision = self.provision(ref)
        return label_words(provision, self.instrument(provision.instrument))

    def labels(self, refs: Iterable[str]) -> Words:
        """Several labels in a row, those of the default instrument without its title."""
        row = tuple(refs)
        ours = self.default
        each = [self.brief_label(ref) if ref.startswith(f"{ours}#") else self.short_label(ref) for ref in row]
        return Words("、".join(each), "; ".join(self.label(ref).en for ref in row))

    def brief_label(self, ref: str) -> str:
        """The shortest label that still tells what it is: the default instrument goes without its title."""
        provision = self.provision(ref)
        instrument = self.instrument(provision.instrument)
        return brief_label(provision, instrument, bare=instrument.id == self.default)

    def standing(self, identity: str, on: date) -> Words | None:
        """The line of standing under answers from an instrument; None where it has none."""
        instrument = self.instrument(identity)
        if instrument.standing_before and on < instrument.standing_before[0]:
            return instrument.standing_before[1]
        return instrument.standing

    @cached_property
    def default(self) -> str:
        """The instrument that a bare article number means."""
        marked = [one.id for one in self.instruments.values() if one.default]
        largest = sorted(self.instruments.values(), key=lambda one: -len(one.provisions))
        return (marked or [one.id for one in largest] or [""])[0]

    # --- reading and answering ---------------------------------------------------------------

    def find(self, text: str, *, context_ref: str | None = None) -> tuple[Resolution, ...]:
        """The clause references in ``text``, in order; see :class:`knowledge.references.ReferenceReader`."""
        return self._references.find(text, context_ref=context_ref)

    def mentioned(self, text: str) -> tuple[str, ...]:
        """Ids of the instruments that a text calls by any name, also one that is an everyday word."""
        return self._references.mentioned(plain(text))

    def aliens(self, text: str) -> tuple[Alien, ...]:
        """The titles of texts that are not held in ``text``."""
        return self._references.aliens(plain(text))

    def scene(self, piece: str) -> frozenset[str]:
        """Ids of the instruments that a piece of a question names only to say of which one the rest asks."""
        return self._references.scene(plain(piece))

    def namesakes(self, identity: str) -> frozenset[str]:
        """Ids of the other instruments that go by a name of this one: a draft and its final text."""
        return self._references.namesakes(identity)

    def answer(
        self,
        question: str,
        *,
        on: date,
        context: ConversationContext = _NO_CONTEXT,
        language: str = "zh-Hans",
        written: str = "",
    ) -> Finding:
        """What the law says to a question on a day: clause references, topics, search, abstention.

        Several questions in one message are answered one by one (``parts``). Every statement is given in
        Chinese and English; ``language`` only decides between readings that look alike. ``written``: the
        message as it was typed, where ``question`` is a tidied form of it: its lines and spaces tell
        questions apart.
        """
        from knowledge.answering import Question

        return self._answerer.answer(Question(question, on, context, language, written))

    def topic(self, identity: str, *, on: date) -> Finding:
        """A topic by its id, as a button names it.

        Raises:
            UnknownReference: no such topic.
        """
        return self._answerer.topic(identity, on)

    def show(self, ref: str, *, on: date) -> Finding:
        """A provision whole: what it is, its words, what it is linked to, the articles around it; of an
        instrument also who issued it when, and how it stands on the day.

        Raises:
            UnknownReference: no such instrument or address.
        """
        return self._answerer.show(self.provision(ref), on)

    def search(self, query: str, limit: int = 10) -> list[tuple[str, float]]:
        """References whose words are nearest to ``query``, with scores, best first."""
        return self._index.search(plain(query), limit)

    def check(self, is_goal: Callable[[str], bool] | None = None) -> tuple[str, ...]:
        """What is wrong with corpus and topics, one sentence each; empty when all is well.

        ``is_goal`` tells whether a goal that a topic leads to exists; without it goals are not looked at.
        """
        from knowledge.checking import problems

        return problems(self.instruments, self.topics, is_goal)

    def prepare(self) -> None:
        """Build what answers need now rather than when somebody first asks. Slow, for a thread."""
        for part in ("_answerer", "_index", "_references"):
            getattr(self, part)
        self.topics.lexicon.prepare()

    @cached_property
    def topics(self) -> TopicSet:
        """The topics, read when first needed."""
        return load_topics(self._topics_directory, self.instruments, self._aliases)

    @cached_property
    def _references(self) -> ReferenceReader:
        return ReferenceReader(self.instruments, self.default, self.topics.lexicon)

    @cached_property
    def _index(self) -> SearchIndex:
        from knowledge.search import SearchIndex

        return SearchIndex(
            (provision.ref, plain(f"{provision.label} {provision.heading} {provision.text}"))
            for instrument in self.instruments.values()
            for provision in instrument.provisions.values()
            if provision.text and provision.wording is not Wording.NOT_GIVEN and provision.kind != "chapter"
        )

    @cached_property
    def _answerer(self) -> Answerer:
        from knowledge.answering import Answerer

        return Answerer(self)

"""The one way through: a message comes in, is read, goes to a skill; the reply is kept with its effects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot import routing
from bot.attachments import place
from bot.messages import Audience, Incoming, Intent, Language, Reply
from bot.phrases import language_of, phrases
from bot.rosters import pasting
from bot.session import Session
from bot.skills import deadlines, documents, editing, feedback, inviting
from bot.skills.cues import hear
from bot.skills.heard import with_remarks
from bot.taps import Tap, parse_tap
from bot.turn import MOST_COMPANIES, Sources, Turn
from bot.understanding.bounding import bounded
from bot.understanding.model import ReadingContext, StatedFact, Understanding
from bot.understanding.reader import Reader
from bot.wire import pack
from bot.zones import zone_of
from storage.records import Contact, NewDelivery
from storage.store import Store
from storage.talk import Talk


class Assistant:
    """Answers messages. All effects of one message are written in one transaction, or none."""

    def __init__(
        self,
        sources: Sources,
        reader: Reader,
        store: Store,
        *,
        new_id: Callable[[], str],
        outbox: Iterable[str] = (),
        most_companies: int = MOST_COMPANIES,
        public_url: str = "",
    ) -> None:
        """``outbox`` names the channels whose replies a sender delivers; others take the returned reply."""
        self._sources = sources
        self._reader = reader
        self._store = store
        self._new_id = new_id
        self._outbox = frozenset(outbox)
        self._most_companies = most_companies
        self._public_url = public_url

    async def respond(self, incoming: Incoming) -> Reply:
        """Answer one message. Raises storage.errors.Conflict when the update was answered before."""
        incoming = await inviting.accept(self._store, incoming)
        proof = await documents.prepare(self._store, incoming)
        async with self._store.talk(incoming.chat, at=incoming.at, update=incoming.update) as talk:
            reply = self.answer(talk, incoming, proof)
            if self._delivers(incoming) and not incoming.quiet:
                talk.outbox.append(self._delivery(talk, incoming, reply))
        return reply

    def answer(self, talk: Talk, incoming: Incoming, proof: Path | None = None) -> Reply:
        """The reply, with its effects left on the talk."""
        # What people call today is a day of theirs, whatever clock the channel reads.
        incoming = replace(incoming, at=incoming.at.astimezone(zone_of(talk.contact)))
        session = Session.load(talk.contact.session)
        withdrawn = editing.withdraw(talk, session, incoming)
        turn = self._read(talk, incoming, session)
        turn.proof = proof
        turn.before, turn.withdrawn = {**turn.facts, **withdrawn}, frozenset(withdrawn)
        feedback.overlooked(turn)
        reply = self._finished(turn, with_remarks(turn, routing.reply(turn)))
        reply = feedback.followed(turn, reply, rating=self._delivers(incoming))
        editing.remember(turn)
        talk.contact = replace(
            talk.contact,
            session=session.dump(),
            language=turn.language,
            seen_at=incoming.at,
            state="active" if _is_back(talk.contact, incoming) else talk.contact.state,
        )
        return reply

    def _read(self, talk: Talk, incoming: Incoming, session: Session) -> Turn:
        language: Language = incoming.language or language_of(talk.contact.language)
        tap = self._tap(incoming.tap) if incoming.tap is not None else None
        payload = inviting.payload_of(incoming.text)
        incoming = _with_pasted(incoming, talk)
        if tap is not None:
            read = _tapped(tap, language)
        elif payload:
            read = inviting.opened_by(payload, language)
        else:
            context = self._context(talk, incoming, session, language)
            said = incoming.caption if incoming.file is not None else incoming.text
            read = self._reader.read(bounded(said or ""), context)
            read = self._of_the_named(read, context, talk, session)
            read = self._anew(read, context)
        return Turn(
            incoming=incoming,
            talk=talk,
            session=session,
            read=read,
            sources=self._sources,
            language=incoming.language or language_of(session.spoken or read.language),
            new_id=self._new_id,
            tap=tap,
            most_companies=self._most_companies,
            public_url=self._public_url,
        )

    def _of_the_named(
        self, read: Understanding, context: ReadingContext, talk: Talk, session: Session
    ) -> Understanding:
        """明泰又招了一个审核师, while another company is in play: one more than there are of theirs."""
        named = next((item for item in talk.companies.values() if item.name == read.company), None)
        if named is None or named.id == talk.contact.company_id:
            return read
        goals = session.checks.get(named.id, session.goals)
        theirs = {fact.name: fact.value for fact in talk.facts.values() if fact.company_id == named.id}
        context = replace(
            context, facts=theirs, asked=(), offered=(), last_facts=(), goal=next(iter(goals), None)
        )
        return self._reader.read(read.original, context)

    def _anew(self, read: Understanding, context: ReadingContext) -> Understanding:
        """从头来：…: what follows is read by itself, and answers nothing that was asked before."""
        steering = hear(read.text)
        if "restart" not in steering or not steering.rest:
            return read
        return self._reader.read(read.original, replace(context, asked=(), last_facts=(), goal=None))

    def _tap(self, pressed: str) -> Tap:
        """A tap is what a client sends: one that makes no sense is read as out of date."""
        tap = parse_tap(pressed)
        if tap.verb not in ("set", "unknown"):
            return tap
        definition = self._sources.rulebook.facts.get(tap.argument)
        sound = definition is not None and definition.asked and (tap.verb == "unknown" or tap.has_value)
        return tap if sound else Tap("stale")

    def _context(
        self, talk: Talk, incoming: Incoming, session: Session, language: Language
    ) -> ReadingContext:
        company = talk.contact.company_id
        return ReadingContext(
            now=incoming.at,
            language=language,
            asked=() if self._answers_nothing(incoming, session) else (*session.asked[:1], *session.unknown),
            offered=self._offered(session),
            facts={fact.name: fact.value for fact in talk.facts.values() if fact.company_id == company},
            last_facts=session.last_facts,
            goal=next(iter((*session.goals, session.offered)), None) or None,
            last_intent=session.last_intent,
            companies=(names := tuple(item.name for item in talk.companies.values() if item.name)),
            client=session.client or len(names) > 1,
            last_rejected=session.refused,
            commands={"deadlines": deadlines.events(self._sources.rulebook)[:1]},
        )

    def _offered(self, session: Session) -> tuple[str, ...]:
        """What words of its own may tell besides the fact asked for: what else the check needs, or the facts
        of the one that the law's answer just led on to."""
        if session.goals and session.asking is Intent.CHECK:
            return session.asked[1:]
        goal = self._sources.rulebook.goals.get(session.offered)
        just = session.last_intent in (Intent.LOOKUP, Intent.ABSTAIN) and not session.goals
        return tuple(goal.facts) if goal is not None and just else ()

    @staticmethod
    def _answers_nothing(incoming: Incoming, session: Session) -> bool:
        """Neither a no to "really delete everything?" nor a table's cells answer what was asked before."""
        if session.pending and session.last_intent is Intent.FORGET:
            return True
        return incoming.text is not None and pasting.is_table(incoming.text)

    def _finished(self, turn: Turn, reply: Reply) -> Reply:
        session = turn.session
        if turn.talk.erase:
            return replace(reply, language=turn.language)
        session.last_intent = reply.intent
        session.confirming = tuple(turn.confirm)
        session.refused = {refused.name: refused.words for refused in turn.read.rejected}
        session.last_named = () if turn.understood else turn.read.named
        if turn.understood and turn.company is not None:
            session.last_facts, session.last_of = tuple(turn.understood), turn.company.id
        company = turn.company
        return replace(
            reply,
            language=turn.language,
            facts=turn.facts,
            understood=turn.understood,
            said=turn.said,
            asks=tuple(dict.fromkeys((*reply.asks, *turn.confirm))),
            rejected={**turn.rejected, **reply.rejected},
            reminders=turn.reminders,
            company=company.name or None if company is not None else None,
            companies=tuple(item.name for item in turn.talk.companies.values() if item.name),
        )

    def _delivery(self, talk: Talk, incoming: Incoming, reply: Reply) -> NewDelivery:
        return NewDelivery(
            dedupe_key=f"u{incoming.update or self._new_id()}:0",
            chat=incoming.chat,
            kind="reply",
            due_at=incoming.at,
            payload=pack(replace(reply, place=incoming.place) if incoming.place else reply),
            priority=0,
            contact_id=talk.contact.id,
        )

    def _delivers(self, incoming: Incoming) -> bool:
        """Whether a sender carries this chat's replies."""
        return incoming.chat.partition(":")[0] in self._outbox


def _is_back(contact: Contact, incoming: Incoming) -> bool:
    """Whether one who could not be reached is there again: what a group's people write proves nothing of
    what we may write to them."""
    return contact.state in ("blocked", "gone") and incoming.audience is not Audience.EVERYONE


def _with_pasted(incoming: Incoming, talk: Talk) -> Incoming:
    """A roster pasted as text goes the way of a dropped file; the words around it are its caption."""
    pasted = pasting.split(incoming.text) if incoming.text else None
    if pasted is None:
        return incoming
    words, table = pasted
    name = phrases(incoming.language or language_of(talk.contact.language)).say("roster.pasted")
    path = place(name, incoming.at)
    path.write_text(table, encoding="utf-8")
    return replace(incoming, file=path, caption=words)


def _tapped(tap: Tap, language: Language) -> Understanding:
    """A pressed button as something said: the value it sets, the fact it does not know."""
    facts: tuple[StatedFact, ...] = ()
    if tap.verb == "set":
        value: Any = tap.value
        facts = (StatedFact(tap.argument, value, words=str(value)),)
    return Understanding(
        text="",
        original="",
        language=language,
        facts=facts,
        unknown=(tap.argument,) if tap.verb == "unknown" else (),
    )

"""Links into the talk: ``/start art_10`` shows a clause, ``/start <goal>`` a check, and ``/start join_…``
lets a colleague speak for a company: once, and within a week."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.messages import Incoming, Intent, Language, Reply, Text
from bot.skills import checks, clauses, deadlines, reminders
from bot.skills.help import answer as greet
from bot.taps import Tap, button, offered
from bot.turn import Turn
from bot.understanding.model import Understanding
from storage.records import Company, Invitation
from storage.store import Store

VALID_FOR: Final = timedelta(days=7)
LEAVE: Final = "leave"  # what waits for a yes
_START: Final = "/start"
_JOIN: Final = "join_"
_TOKEN_BYTES: Final = 16
_STEPS = {"dates": deadlines.answer, "reminders": reminders.overview, "check": checks.answer}


def payload_of(text: str | None) -> str:
    """What a link carried into the talk; "" for any other message."""
    words = (text or "").split()
    return words[1] if len(words) == 2 and words[0].lower() == _START else ""


def opened_by(payload: str, language: Language) -> Understanding:
    """A link as something read: no word of it is the user's, so nothing is told by it."""
    return Understanding("", "", language, command="start", argument=payload)


async def accept(store: Store, incoming: Incoming) -> Incoming:
    """Use the invitation that a message carries, before its talk is opened: it then holds the company."""
    payload = payload_of(incoming.text)
    if not payload.startswith(_JOIN) or not incoming.may_manage:
        return incoming
    joined = await store.join(_digest(payload.removeprefix(_JOIN)), incoming.chat, at=incoming.at)
    return replace(incoming, company=joined.id if joined is not None else None)


def start(turn: Turn) -> Reply:
    """A greeting, or what a link leads to."""
    payload = turn.read.argument
    if not payload:
        return greet(turn)
    if payload.startswith(_JOIN):
        return _joined(turn)
    if payload in turn.sources.rulebook.goals:
        turn.tap = Tap("goal", (payload,))
        return checks.answer(turn)
    if payload in turn.sources.library.topics.topics:
        turn.tap = Tap("topic", (payload,))
        return clauses.answer(turn)
    if ref := reference(turn, payload):
        turn.tap = Tap("clause", (ref,))
        return clauses.answer(turn)
    return _STEPS.get(payload, greet)(turn)


def reference(turn: Turn, payload: str) -> str | None:
    """The provision that a link names: an address of the default instrument, an instrument, or
    ``<instrument>_<address>``. A link can carry letters, digits, ``_`` and ``-`` only."""
    library = turn.sources.library
    instrument, _, address = payload.partition("_")
    named = ((library.default, payload), (payload, ""), (instrument, address))
    for identity, place in named:
        if identity in library.instruments and place in library.instrument(identity).provisions:
            return f"{identity}#{place}" if place else identity
    return None


def invite(turn: Turn) -> Reply:
    """A link that lets one colleague speak for the company in play."""
    company = turn.company
    if company is None:
        return _say(turn, "company.nothing")
    token = secrets.token_hex(_TOKEN_BYTES)
    turn.talk.invitations.append(
        Invitation(_digest(token), company.id, turn.talk.contact.id, turn.now, turn.now + VALID_FOR)
    )
    payload = f"{_JOIN}{token}"
    address = turn.incoming.link.format(payload=payload)
    return Reply(
        Intent.COMPANY,
        (
            Text(turn.say.say("invite.made", name=company.name, days=VALID_FOR.days), "headline"),
            Text(address or turn.say.say("invite.by_command", command=f"{_START} {payload}")),
            Text(turn.say.say("invite.once"), "note"),
        ),
    )


def leave(turn: Turn) -> Reply:
    """Stop speaking for a company, after one confirmation: ``leave:<company>``, ``leave:<company>:yes``; or
    said in words, of the one in play."""
    company = turn.talk.companies.get(turn.tap.argument) if turn.tap is not None else turn.company
    if company is None:
        return _say(turn, "company.which")
    tapped = turn.tap is not None and turn.tap.arguments[1:] == ("yes",)
    if not tapped and not (just_asked(turn) and turn.read.answer):
        turn.session.pending = LEAVE
        return _sure(turn, company)
    turn.session.pending = None
    del turn.talk.companies[company.id]
    if turn.talk.contact.company_id == company.id:
        rest = next(iter(turn.talk.companies), None)
        turn.talk.contact = replace(turn.talk.contact, company_id=rest)
        turn.session.leave_check()
    return _say(turn, "leave.done", name=company.name)


def just_asked(turn: Turn) -> bool:
    """Whether the last reply asked if the company in play is to be given up."""
    return turn.session.pending == LEAVE and turn.session.last_intent is Intent.COMPANY


def _sure(turn: Turn, company: Company) -> Reply:
    others = [key for key in turn.talk.members if key[1] == company.id and key[0] != turn.talk.contact.id]
    key = "leave.sure" if others else "leave.last"
    return Reply(
        Intent.COMPANY,
        (Text(turn.say.say(key, name=company.name), "headline"),),
        offered(
            button(turn.say.say("leave.button"), "leave", company.id, "yes"),
            button(turn.say.say("button.keep"), "cancel"),
        ),
        asks=("confirm",),
    )


def _joined(turn: Turn) -> Reply:
    company = turn.talk.companies.get(turn.incoming.company or "")
    if company is None:
        return _say(turn, "invite.over")
    turn.play(company)
    return Reply(
        Intent.COMPANY,
        (
            Text(turn.say.say("invite.joined", name=company.name), "headline"),
            Text(turn.say.say("invite.what_now")),
        ),
        offered(
            button(turn.say.say("button.subscribe"), "subscribe"),
            button(turn.say.say("button.dates"), "dates"),
            button(turn.say.say("button.check"), "check"),
        ),
    )


def _say(turn: Turn, key: str, **fill: object) -> Reply:
    return Reply(Intent.COMPANY, (Text(turn.say.say(key, **fill), "headline"),))


def _digest(token: str) -> str:
    return hashlib.sha256(token.lower().encode()).hexdigest()

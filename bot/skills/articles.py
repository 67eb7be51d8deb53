"""/article: by number or words; alone, it asks which article, and a number said next is that article."""

from __future__ import annotations

from datetime import datetime

from bot.messages import Intent, Reply, Text
from bot.skills import clauses
from bot.taps import button, offered
from bot.turn import Turn
from knowledge.model import Wording
from knowledge.numerals import to_int

_AROUND = " 。.,，!！"  # what may stand beside a number


def answer(turn: Turn) -> Reply:
    """What the words behind the command ask for; without any, which articles there are."""
    if not turn.read.argument:
        return _which(turn)
    return clauses.answer_words(turn, words=_in_words(turn, turn.read.argument))


def by_number(turn: Turn) -> Reply:
    """The article of the number that is the whole message."""
    return clauses.answer_words(turn, words=_in_words(turn, turn.read.text))


def just_asked(turn: Turn) -> bool:
    """Whether the message is a number alone, and the one before it was asked which article."""
    asked, seen = turn.session.which_article, turn.talk.contact.seen_at
    turn.session.which_article = ""
    here = bool(asked) and seen is not None and seen == datetime.fromisoformat(asked)
    return here and _number(turn.read.text) is not None


def _which(turn: Turn) -> Reply:
    """The articles whose content is known, a button each. While something else is asked, a number alone is
    an answer to that."""
    library = turn.sources.library
    if not turn.session.asked:
        turn.session.which_article = turn.now.isoformat()
    given = (
        provision.ref
        for provision in library.instrument(library.default).provisions.values()
        if provision.kind == "article" and provision.wording is not Wording.NOT_GIVEN
    )
    return Reply(
        Intent.HELP,
        (Text(turn.say.say("article.which"), "headline"), Text(turn.say.say("article.given"))),
        offered(*(button(turn.clause_label(ref), "clause", ref) for ref in given)),
        asks=("intent",),
    )


def _in_words(turn: Turn, said: str) -> str:
    number = _number(said)
    return said if number is None else turn.say.say("article.number", number=number)


def _number(said: str) -> int | None:
    return to_int(said.strip(_AROUND))

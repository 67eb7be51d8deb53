"""The answer to "your company is on the list, is that right?": ``listed:<row id>:yes|no``."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Intent, Reply, Text
from bot.reminders.notices import say_day
from bot.skills import reminders
from bot.taps import button, offered
from bot.turn import Turn
from bot.understanding.model import StatedFact
from storage.records import Listing


def answer(turn: Turn) -> Reply:
    """Note what the list says once a contact confirms it, with dates and reminders; nothing before."""
    row_id, said = (*(turn.tap.arguments if turn.tap is not None else ()), "", "")[:2]
    listing = next((one for one in turn.talk.listings.values() if one.row_id == row_id), None)
    if listing is None or listing.company_id not in turn.talk.companies or said not in ("yes", "no"):
        return _say(turn, "listed.unknown")
    return _confirmed(turn, listing) if said == "yes" else _denied(turn, listing)


def _confirmed(turn: Turn, listing: Listing) -> Reply:
    company = turn.talk.companies[listing.company_id]
    turn.play(company)
    if listing.state != "yes":
        _settle(turn, listing, "yes")
        if listing.credit_code and not company.credit_code:
            turn.talk.companies[company.id] = replace(company, credit_code=listing.credit_code)
        turn.record(_facts(turn, listing))
    followed = reminders.subscribe(turn)
    key = "listed.already" if listing.state == "yes" else "listed.confirmed"
    first = Text(
        turn.say.say(key, company=listing.name, day=say_day(turn.say, listing.published_on)), "headline"
    )
    return replace(followed, blocks=(first, *followed.blocks))


def _denied(turn: Turn, listing: Listing) -> Reply:
    if listing.state == "yes":
        return _say(turn, "listed.denied_late")
    _settle(turn, listing, "no")
    return _say(turn, "listed.denied")


def _settle(turn: Turn, listing: Listing, state: str) -> None:
    turn.talk.listings[listing.row_id, listing.company_id] = replace(
        listing,
        state=state,  # type: ignore[arg-type]
        contact_id=turn.talk.contact.id,
        answered_at=turn.now,
    )


def _facts(turn: Turn, listing: Listing) -> list[StatedFact]:
    """What the list says, each with the list as its words."""
    day = listing.published_on.isoformat()
    words = turn.say.say("listed.words", name=listing.list_name, line=listing.line, day=day)
    said = (("list_published", day), ("audit_kind", listing.kind), ("industry", listing.industry))
    return [StatedFact(name, value, words) for name, value in said if value]


def _say(turn: Turn, key: str) -> Reply:
    return Reply(
        Intent.COMPANY,
        (Text(turn.say.say(key), "headline"),),
        offered(button(turn.say.say("button.dates"), "dates")),
    )

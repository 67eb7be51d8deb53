"""What a contact is asked when a list speaks of their company. Nothing is noted before they say yes."""

from __future__ import annotations

from datetime import datetime

from bot.messages import Button, Intent, Reply, Text
from bot.phrases import language_of, phrases
from bot.reminders.notices import say_day
from bot.wire import pack
from storage.records import Contact, Listing, NewDelivery

_PRIORITY = 9  # replies and reminders go first


def announcement(listing: Listing, contact: Contact, at: datetime) -> NewDelivery:
    """The question, once for each contact and row."""
    return NewDelivery(
        dedupe_key=f"listed:{listing.row_id}:{listing.company_id}:c{contact.id}",
        chat=contact.chat,
        kind="notice",
        due_at=at,
        payload=pack(question(listing, contact)),
        priority=_PRIORITY,
        contact_id=contact.id,
        company_id=listing.company_id,
    )


def question(listing: Listing, contact: Contact) -> Reply:
    """Is this your company, and is it right? In the contact's language."""
    language = language_of(contact.language)
    say = phrases(language)
    kind = say.say(f"listed.kind.{listing.kind}") if listing.kind else ""
    details = [listing.credit_code, listing.industry, kind]
    return Reply(
        Intent.COMPANY,
        (
            Text(say.say("listed.headline", company=listing.name), "headline"),
            Text(say.say("listed.list", name=listing.list_name, day=say_day(say, listing.published_on))),
            Text(say.say("listed.details", details=[item for item in details if item])),
            Text(say.say("listed.question"), "note"),
        ),
        buttons=(
            Button(say.say("listed.button.yes"), f"listed:{listing.row_id}:yes"),
            Button(say.say("listed.button.no"), f"listed:{listing.row_id}:no"),
        ),
        language=language,
    )

"""A private address that keeps calendars elsewhere current by itself: ``feed``, ``feed:renew``,
``feed:revoke``. The store holds only the hash of what stands in the address."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace

from bot.attachments import set_aside
from bot.messages import Bullets, Button, Intent, Reply, Text
from bot.skills import deadlines
from bot.skills.showing import day
from bot.taps import button, offered
from bot.turn import Turn
from storage.records import Feed

PATH = "/calendar/{token}.ics"
_TOKEN_BYTES = 24


def answer(turn: Turn) -> Reply:
    """Make the address of the company in play, or say that there is one; renew or revoke it."""
    wanted = turn.tap.argument if turn.tap is not None else ""
    feed = _mine(turn)
    if wanted == "revoke":
        return _revoked(turn, feed)
    if not turn.public_url:
        return _say(turn, "feed.no_address", button(turn.say.say("files.label.calendar"), "calendar"))
    if not turn.deadlines:
        return deadlines.answer(turn)
    if feed is not None and wanted != "renew":
        return _exists(turn, feed)
    if feed is not None:
        _revoke(turn, feed)
    return _made(turn)


def feed_id(token: str) -> str:
    """The id of the feed that a token opens."""
    return hashlib.sha256(token.encode()).hexdigest()


def _mine(turn: Turn) -> Feed | None:
    """This contact's feed of the company in play."""
    contact = turn.talk.contact
    return next(
        (
            feed
            for feed in turn.talk.feeds.values()
            if (feed.contact_id, feed.company_id) == (contact.id, contact.company_id)
            and feed.revoked_at is None
        ),
        None,
    )


def _made(turn: Turn) -> Reply:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    company = turn.ensure_company()
    feed = Feed(feed_id(token), company.id, turn.talk.contact.id, turn.now)
    turn.talk.feeds[feed.id] = feed
    query = "" if turn.language == "zh-Hans" else f"?lang={turn.language}"
    address = [turn.public_url.rstrip("/") + PATH.format(token=token) + query]
    return Reply(
        Intent.EXPORT,
        (
            Text(turn.say.say("feed.made"), "headline"),
            Bullets(tuple(address), fleeting=set_aside(address, turn.now)),
            Text(turn.say.say("feed.how"), "note"),
        ),
        offered(_revoke_button(turn)),
    )


def _exists(turn: Turn, feed: Feed) -> Reply:
    company = turn.company.name if turn.company is not None else ""
    made = day(turn, feed.created_at.astimezone(turn.now.tzinfo).date())
    said = turn.say.say("feed.exists", company=company, day=made)
    renew = button(turn.say.say("feed.button.renew"), "feed", "renew")
    return Reply(Intent.EXPORT, (Text(said, "headline"),), offered(renew, _revoke_button(turn)))


def _revoked(turn: Turn, feed: Feed | None) -> Reply:
    if feed is None:
        return _say(turn, "feed.none", button(turn.say.say("files.label.feed"), "feed"))
    _revoke(turn, feed)
    return _say(turn, "feed.revoked", button(turn.say.say("files.label.feed"), "feed"))


def _revoke(turn: Turn, feed: Feed) -> None:
    turn.talk.feeds[feed.id] = replace(feed, revoked_at=turn.now)


def _revoke_button(turn: Turn) -> Button | None:
    return button(turn.say.say("feed.button.revoke"), "feed", "revoke")


def _say(turn: Turn, key: str, *buttons: Button | None) -> Reply:
    return Reply(Intent.EXPORT, (Text(turn.say.say(key), "headline"),), offered(*buttons))

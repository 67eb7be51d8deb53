"""What the user's own bubble reads where it is not their words: a link that was opened, a thumb."""

from __future__ import annotations

from fastapi import Request

from bot.channels.web import language
from bot.phrases import Phrases, phrases
from bot.skills.inviting import payload_of
from bot.taps import RATINGS, parse_tap

_INVITATION = "join_"


def opened_words(text: str, request: Request) -> str:
    """For a message that a link sent; "" for any other. Who looks over a shoulder sees no invitation."""
    payload = payload_of(text)
    if not payload:
        return ""
    key = "invitation" if payload.startswith(_INVITATION) else "link"
    return _say(request).say(f"web.spoken.{key}")


def rated_words(tap: str, request: Request) -> str:
    """For a thumb under an answer, in words rather than as a sign that not every screen has; "" for any
    other button."""
    pressed = parse_tap(tap)
    if pressed.verb not in RATINGS or len(pressed.arguments) > 1:
        return ""
    return _say(request).say(f"web.spoken.{pressed.verb}")


def _say(request: Request) -> Phrases:
    accepted = request.headers.get("accept-language", "")
    return phrases(language.chosen({}, request.cookies) or language.negotiated(accepted))

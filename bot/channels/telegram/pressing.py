"""What a pressed button shows at once: a walk through pages that stays in one message, and the thumbs
under an answer, whose row becomes the question why and then goes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.addresses import number
from bot.channels.telegram.keyboards import markup, rows
from bot.channels.telegram.reading import Tapped
from bot.logs import redact
from bot.messages import Button, Reply, Text
from bot.taps import RATINGS, verb_of

log = logging.getLogger(__name__)

TOAST: Final = 200  # characters that Telegram shows above the chat
_STEPS = frozenset({"publish", "stats", "unanswered", "broadcast"})  # always the next page of the same walk
_PAGES = frozenset({"settings", "lang"})  # only under a page of theirs; elsewhere the way in


def is_rating(tap: str) -> bool:
    """Whether a tap is about the answer that it stands under."""
    return verb_of(tap) in RATINGS


def turns_page(event: Tapped) -> bool:
    """Whether what follows takes the place of the pressed message."""
    verb = verb_of(event.tap)
    same = sum(verb_of(key.tap) == verb for row in event.keys for key in row)
    return verb in _STEPS or (verb in _PAGES and same > 1)


def without_ratings(keys: Sequence[Sequence[Button]]) -> list[list[Button]]:
    """The rows of a keyboard but for those about the answer itself."""
    kept = [[key for key in row if not is_rating(key.tap)] for row in keys]
    return [row for row in kept if row]


async def release(bot: Bot, query: str, text: str | None = None) -> None:
    """Take the waiting sign off a pressed button. Harmless when it fails."""
    try:
        await bot.answer_callback_query(query, text=text[:TOAST] if text else None)
    except TelegramError as error:
        log.info("a tap could not be confirmed: %s", redact(str(error)))


async def show_rating(bot: Bot, chat: str, message: int, event: Tapped, reply: Reply) -> None:
    """Say thanks, or ask why, without a message of its own. Harmless when it fails: the rating is kept."""
    said = next((block.text for block in reply.blocks if isinstance(block, Text)), None)
    await release(bot, event.query, said)
    asked = [button for button in reply.buttons if is_rating(button.tap)]
    try:
        await bot.edit_message_reply_markup(
            number(chat), message, reply_markup=markup([*without_ratings(event.keys), *rows(asked)])
        )
    except TelegramError as error:
        log.info("the thumbs under an answer could not be changed: %s", redact(str(error)))

"""Buttons as an inline keyboard: as many in a row as can be read on a phone."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages import TAP_LIMIT, Button
from bot.taps import RATINGS, verb_of

log = logging.getLogger(__name__)

ROW_WIDTH = 30  # half-width characters across a phone
ROW_BUTTONS = 3
KEYBOARD_BUTTONS = 100  # Telegram's limit


def keyboard(buttons: Iterable[Button]) -> InlineKeyboardMarkup | None:
    """The keyboard; None without buttons. One that Telegram would refuse is left out and logged,
    since the words must arrive all the same."""
    sound = [button for button in buttons if _is_sound(button)][:KEYBOARD_BUTTONS]
    return markup(rows(sound))


def markup(laid_out: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """Rows of sound buttons as Telegram takes them; None without any."""
    if not laid_out:
        return None
    return InlineKeyboardMarkup([[_key(button) for button in row] for row in laid_out])


def rows(buttons: Iterable[Button]) -> list[list[Button]]:
    """The buttons in rows, in order. Keys of a row are equally wide, so its widest label decides; those
    that rate an answer keep to themselves."""
    filled: list[list[Button]] = []
    for button in buttons:
        row = [*filled[-1], button] if filled else []
        fits = len(row) <= ROW_BUTTONS and max(map(_width, row), default=0) * len(row) <= ROW_WIDTH
        if row and fits and len(set(map(_rates, row))) == 1:
            filled[-1] = row
        else:
            filled.append([button])
    return filled


def _rates(button: Button) -> bool:
    return verb_of(button.tap) in RATINGS


def _width(button: Button) -> int:
    return sum(2 if east_asian_width(character) in "FW" else 1 for character in button.label)


def _is_sound(button: Button) -> bool:
    sound = bool(button.label.strip()) and (bool(button.url) or 0 < len(button.tap.encode()) <= TAP_LIMIT)
    if not sound:
        log.error("a button was left out: label %r, tap of %d bytes", button.label, len(button.tap.encode()))
    return sound


def _key(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.tap)

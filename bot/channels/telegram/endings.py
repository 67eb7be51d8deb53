"""How a send ended, told from what Telegram or the network said. Only what is certain is called certain."""

from __future__ import annotations

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.channels.telegram.addresses import address
from bot.logs import redact
from bot.reminders.sending import Ending, SendResult

# Nothing reached Telegram: no connection, no place in the pool, no way through the proxy.
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

# Telegram's own words in a 400, lower case; it gives no finer code.
_GONE = ("chat not found", "user not found", "peer_id_invalid", "chat_id_invalid")
_MUTED = (
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "chat_restricted",
    "need administrator",
)
_DONE = ("message is not modified",)
_UNPARSABLE = ("can't parse entities", "can't parse message text")
_UNEDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted")
_BAD_BUTTON = (
    "button_data_invalid",
    "button_url_invalid",
    "button_type_invalid",
    "wrong http url",
    "inline keyboard",
)


def ending_of(error: Exception) -> SendResult:
    """The ending that an exception of a send means."""
    detail = redact(str(error) or type(error).__name__)
    match error:
        case RetryAfter():
            return SendResult(Ending.LIMITED, retry_after=seconds(error), detail=detail)
        case ChatMigrated():
            return SendResult(Ending.MOVED, new_chat=address(error.new_chat_id), detail=detail)
        case Forbidden():
            return SendResult(Ending.BLOCKED, detail=detail)
        case InvalidToken():
            return SendResult(Ending.MISCONFIGURED, detail="Telegram refused the token")
        case Conflict():
            return SendResult(Ending.MISCONFIGURED, detail=detail)
        case BadRequest():
            return SendResult(_refusal(error), detail=detail)
        case NetworkError():
            return SendResult(_network(error), detail=detail)
        case _:
            return SendResult(Ending.UNCERTAIN, detail=f"{type(error).__name__}: {detail}")


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()


def is_unparsable(error: BadRequest) -> bool:
    """Telegram could not read the markup: a template's bug; plain text gets through."""
    return _says(error, _UNPARSABLE)


def cannot_be_edited(error: BadRequest) -> bool:
    """The message is gone or too old to be changed; a new one can be sent."""
    return _says(error, _UNEDITABLE)


def is_threadless(error: BadRequest) -> bool:
    """The topic that the message was for is closed or gone."""
    return _says(error, _NO_THREAD)


def is_bad_button(error: BadRequest) -> bool:
    """Telegram refuses the keyboard, not the words."""
    return _says(error, _BAD_BUTTON)


def _refusal(error: BadRequest) -> Ending:
    if _says(error, _DONE):
        return Ending.SENT
    if _says(error, _GONE):
        return Ending.GONE
    return Ending.BLOCKED if _says(error, _MUTED) else Ending.REFUSED


def _network(error: NetworkError) -> Ending:
    if isinstance(error.__cause__, _NEVER_LEFT):
        return Ending.NOT_SENT
    return Ending.REFUSED if _says(error, ("request entity too large",)) else Ending.UNCERTAIN


def _says(error: NetworkError, words: tuple[str, ...]) -> bool:
    said = str(error).lower()
    return any(word in said for word in words)

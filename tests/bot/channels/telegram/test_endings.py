import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.endings import ending_of, is_bad_button, is_unparsable
from bot.reminders.sending import Ending


def _caused(error: Exception, cause: Exception | None) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        (_caused(NetworkError("x"), httpx.ConnectError("x")), Ending.NOT_SENT),
        (_caused(NetworkError("x"), httpx.ProxyError("x")), Ending.NOT_SENT),
        (_caused(TimedOut(), httpx.ConnectTimeout("x")), Ending.NOT_SENT),
        (_caused(TimedOut(), httpx.PoolTimeout("x")), Ending.NOT_SENT),
        (_caused(TimedOut(), httpx.ReadTimeout("x")), Ending.UNCERTAIN),
        (_caused(TimedOut(), httpx.WriteTimeout("x")), Ending.UNCERTAIN),
        (_caused(NetworkError("x"), httpx.ReadError("x")), Ending.UNCERTAIN),
        (_caused(NetworkError("x"), httpx.RemoteProtocolError("x")), Ending.UNCERTAIN),
        (NetworkError("Bad Gateway"), Ending.UNCERTAIN),
        (TimedOut(), Ending.UNCERTAIN),
        (TelegramError("Invalid server response"), Ending.UNCERTAIN),
        (KeyError("result"), Ending.UNCERTAIN),
        (TimeoutError(), Ending.UNCERTAIN),
        (RetryAfter(7), Ending.LIMITED),
        (Forbidden("Forbidden: bot was blocked by the user"), Ending.BLOCKED),
        (Forbidden("Forbidden: user is deactivated"), Ending.BLOCKED),
        (BadRequest("Not enough rights to send text messages to the chat"), Ending.BLOCKED),
        (BadRequest("Chat not found"), Ending.GONE),
        (ChatMigrated(-1009), Ending.MOVED),
        (BadRequest("Message is not modified: the same"), Ending.SENT),
        (BadRequest("Message is too long"), Ending.REFUSED),
        (NetworkError("Request Entity Too Large"), Ending.REFUSED),
        (InvalidToken("x"), Ending.MISCONFIGURED),
        (Conflict("terminated by other getUpdates request"), Ending.MISCONFIGURED),
    ],
    ids=lambda value: repr(value),
)
def test_only_what_is_certain_is_called_certain(error: Exception, ending: Ending) -> None:
    assert ending_of(error).ending is ending


def test_the_wait_and_the_new_chat_are_told() -> None:
    assert ending_of(RetryAfter(7)).retry_after == 7.0
    assert ending_of(ChatMigrated(-1009)).new_chat == "telegram:-1009"


def test_no_token_gets_into_the_journal() -> None:
    token = "123456789:AAbbCCddEEff-gghh_iijj"
    for error in (
        InvalidToken(f"The token `{token}` was rejected"),
        NetworkError(f"https://x/bot{token}/getMe"),
    ):
        assert token not in ending_of(error).detail


def test_dress_is_told_from_words() -> None:
    assert is_unparsable(BadRequest("Can't parse entities: unsupported start tag"))
    assert is_bad_button(BadRequest("Button_data_invalid"))
    assert not is_bad_button(BadRequest("Message is too long"))

"""No token reaches a log, in any form."""

from __future__ import annotations

import json
import logging

import pytest

from bot.logs import following, redact, set_up_logging, trace_of
from storage.errors import StoreUnavailable

TOKEN = "1234567:AAbbCCddEEffGGhhIIjj_kk-LL"


@pytest.fixture(autouse=True)
def _logging_as_before() -> object:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield None
    root.handlers[:], root.level = handlers, level


def test_a_token_in_an_address_is_struck_out() -> None:
    assert TOKEN not in redact(f"POST https://api.example.org/bot{TOKEN}/sendMessage")


@pytest.mark.parametrize("form", ["text", "json"])
def test_neither_message_nor_traceback_shows_a_token(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(form, "INFO")  # type: ignore[arg-type]
    try:
        raise ValueError(f"bot{TOKEN}")
    except ValueError:
        logging.getLogger("x").exception("sending with %s", TOKEN)

    written = capsys.readouterr().err
    assert TOKEN not in written
    assert "<token>" in written


def test_json_lines_hold_level_room_and_message(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("json", "INFO")
    logging.getLogger("bot.x").info("到了 %s", 1)

    entry = json.loads(capsys.readouterr().err)
    assert (entry["level"], entry["room"], entry["message"]) == ("INFO", "bot.x", "到了 1")


@pytest.mark.parametrize(
    ("written", "secret"),
    [
        ("postgresql://xize:hunter2secret@db/xize", "hunter2secret"),
        ("Authorization: Bearer abcdef0123456789", "abcdef0123456789"),
        ("GET /calendar/Zk3_abcdefghijklmnop.ics", "Zk3_abcdefghijklmnop"),
        ("https://t.me/x?start=join_abcdefghijklmnopqrst", "abcdefghijklmnopqrst"),
        ("https://example.org/?token=abc123def", "abc123def"),
        (f"{'web:' + '0123456789abcdef' * 2} said", "0123456789abcdef" * 2),
    ],
)
def test_credentials_are_struck_out_whatever_carries_them(written: str, secret: str) -> None:
    assert secret not in redact(written)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_known_secret_is_struck_out_wherever_it_stands(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(form, "INFO", ["correct-horse"])  # type: ignore[arg-type]
    logging.getLogger("x").error("login with correct-horse failed")

    assert "correct-horse" not in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_a_user_said_does_not_come_into_the_log_by_an_error(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(form, "INFO")  # type: ignore[arg-type]
    said = "张三 13800138000"
    try:
        try:
            int(said)
        except ValueError as error:
            raise ExceptionGroup("two", [KeyError(said), error]) from error
    except ExceptionGroup:
        logging.getLogger("bot.x").exception("failed")

    written = capsys.readouterr().err
    assert "13800138000" not in written
    assert "ValueError" in written
    assert "KeyError" in written
    assert "test_logs.py" in written


def test_our_own_errors_tell_what_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("json", "INFO")
    try:
        raise StoreUnavailable("the disk is full")
    except StoreUnavailable:
        logging.getLogger("bot.x").exception("failed")

    assert "the disk is full" in capsys.readouterr().err


def test_a_lost_task_of_asyncio_does_not_show_its_error(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("json", "INFO")
    logging.getLogger("asyncio").error(
        "Task exception was never retrieved\nfuture: ValueError('13800138000')"
    )

    assert "13800138000" not in capsys.readouterr().err


def test_an_update_and_its_answer_have_one_trace() -> None:
    assert trace_of("telegram:4711") == trace_of("utelegram:4711:0")
    assert trace_of("telegram:4711") != trace_of("telegram:4712")


def test_lines_written_meanwhile_carry_the_trace(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("json", "INFO")
    with following("telegram:4711"):
        logging.getLogger("x").info("inside")
    logging.getLogger("x").info("outside")

    inside, outside = map(json.loads, capsys.readouterr().err.splitlines())
    assert inside["trace"] == trace_of("telegram:4711")
    assert "trace" not in outside

"""No token reaches a log, in any form."""

from __future__ import annotations

import json
import logging

import pytest

from bot.logs import redact, set_up_logging

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

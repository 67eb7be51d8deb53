"""Results have the machine interface's keys, all of them, as JSON."""

import json
from datetime import date

from rules_engine.loader import load
from rules_engine.model import ScheduleRequest

BOOK = load()
ON = date(2026, 2, 10)


def test_a_check_has_every_key() -> None:
    found = BOOK.check("consultant-voluntary", {"trained_auditors": -1}, ON).as_json()
    wanted = {
        "goal",
        "verdict",
        "requirements",
        "failing",
        "missing",
        "rejected",
        "fixes",
        "notes",
        "citations",
    }
    assert wanted <= found.keys()
    assert {"id", "title", "outcome", "required", "given", "citations"} <= found["requirements"][0].keys()
    assert json.loads(json.dumps(found)) == found


def test_a_schedule_has_every_key() -> None:
    request = ScheduleRequest(
        {"list_published": "2026-01-31", "industry": "水泥", "acceptance_result": "failed"}, ON
    )
    found = BOOK.schedule(request).as_json()
    assert {"deadlines", "cycle", "next_list", "asks", "rejected", "notes", "citations"} <= found.keys()
    wanted = (
        "id title due effective postponed postponement status effective_status days_left reminders citations"
    )
    assert set(wanted.split()) <= found["deadlines"][0].keys()
    assert set(found["deadlines"][0]["reminders"][0]) == {"lead", "on", "skipped"}
    assert set(found["cycle"]) == {"years", "action", "statutory"}
    assert json.loads(json.dumps(found)) == found


def test_texts_come_in_the_language_asked_for() -> None:
    request = ScheduleRequest({"list_published": "2025-12-31"}, ON)
    english = BOOK.schedule(request).as_json("en")["deadlines"][0]
    assert english["title"].isascii()
    assert "moves to 2026-02-02" in english["postponement"]
    assert BOOK.check("extension", {}, ON).as_json("en")["requirements"][0]["title"].isascii()

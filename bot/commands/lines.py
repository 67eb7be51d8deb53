"""``converse``, ``check`` and ``deadlines``: JSON lines for machines, options for people."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import click

from bot import app
from bot.channels.contract import converse_as_json
from bot.channels.jsonl import LineError, as_day, as_moment, serve_lines, take
from bot.messages import Incoming, Language
from bot.turn import Sources
from rules_engine.contract import check_as_json, schedule_as_json
from rules_engine.errors import UnknownGoal
from rules_engine.model import ScheduleRequest
from storage.errors import StoreError

LANGUAGES: tuple[Language, ...] = ("zh-Hans", "zh-Hant", "en")
# A clock outside these would leave the calendar as soon as days are counted from it.
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


@click.command()
@click.option("--jsonl", is_flag=True, required=True, help="One JSON object a line, in and out.")
@click.option("--database", metavar="URL", default="sqlite:///:memory:", help="Keep the talks here.")
def converse(jsonl: bool, database: str) -> None:
    """A conversation as JSON lines; `now` is the only clock, state is kept by `chat`."""
    with asyncio.Runner() as runner:
        assistant, store = runner.run(app.open_assistant(database))

        def handle(line: Mapping[str, Any]) -> Mapping[str, Any]:
            incoming = _incoming(line)
            try:
                return converse_as_json(line["chat"], runner.run(assistant.respond(incoming)))
            except StoreError as error:
                raise LineError("store", str(error)) from error

        try:
            serve_lines(sys.stdin, sys.stdout, handle)
        finally:
            runner.run(store.close())


def _incoming(line: Mapping[str, Any]) -> Incoming:
    take(line, {"chat": str, "text": str, "tap": str, "file": str, "now": str, "lang": str}, ("chat", "now"))
    if sum(line.get(key) is not None for key in ("text", "tap", "file")) != 1:
        raise LineError("one_of", "exactly one of text, tap and file is needed")
    if line.get("file") is not None:
        raise LineError("not_served", "file: files are not read yet; give text or tap")
    language = line.get("lang")
    if language is not None and language not in LANGUAGES:
        raise LineError("unknown_language", f"lang: one of {', '.join(LANGUAGES)}, not {language!r}")
    return Incoming(
        chat=f"jsonl:{line['chat']}",
        at=_now(line["now"]),
        text=line.get("text"),
        tap=line.get("tap"),
        language=language,
    )


def _now(text: str) -> datetime:
    moment = as_moment("now", text)
    if not EARLIEST <= moment <= LATEST:
        raise LineError("no_such_time", f"now: from {EARLIEST.year} to {LATEST.year}, not {text!r}")
    return moment


@click.command()
@click.argument("goal", required=False)
@click.argument("facts", nargs=-1, metavar="[FACT=VALUE]...")
@click.option("--on", metavar="DATE", help="The day whose rules apply; today when left out.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh-Hans", show_default=True)
@click.option("--jsonl", is_flag=True, help="One JSON object a line, in and out.")
def check(goal: str | None, facts: tuple[str, ...], on: str | None, lang: Language, jsonl: bool) -> None:
    """Check one goal, e.g. `xize check consultant-voluntary degree_staff=4 trained_auditors=3`."""
    if jsonl:
        sources = app.load_sources()
        serve_lines(sys.stdin, sys.stdout, lambda line: _checked(sources, line))
        return
    if goal is None:
        raise click.UsageError("name a goal (see `xize rules list`) or give --jsonl")
    app.show_once(f"goal:{goal}", _given(facts), on=on, language=lang, known_goal=goal)


def _checked(sources: Sources, line: Mapping[str, Any]) -> Mapping[str, Any]:
    take(line, {"goal": str, "facts": dict, "on": str}, ("goal",))
    facts = _facts(sources, line.get("facts") or {})
    on = as_day("on", line["on"]) if line.get("on") is not None else app.today()
    try:
        return check_as_json(sources.rulebook.check(line["goal"], facts, on))
    except UnknownGoal:
        raise LineError("unknown_goal", f"unknown goal: {line['goal']}") from None


def _facts(sources: Sources, given: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in given:
        if name not in sources.rulebook.facts:
            raise LineError("unknown_fact", f"unknown fact: {name}")
    return {name: value for name, value in given.items() if value is not None}


@click.command()
@click.argument("facts", nargs=-1, metavar="[FACT=VALUE]...")
@click.option("--today", metavar="DATE", help="The day it is; today when left out.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh-Hans", show_default=True)
@click.option("--jsonl", is_flag=True, help="One JSON object a line, in and out.")
def deadlines(facts: tuple[str, ...], today: str | None, lang: Language, jsonl: bool) -> None:
    """Dates that follow, e.g. `xize deadlines list_published=2026-01-31 audit_kind=mandatory`."""
    if jsonl:
        sources = app.load_sources()
        serve_lines(sys.stdin, sys.stdout, lambda line: _scheduled(sources, line))
        return
    if not facts:
        raise click.UsageError("give an event such as list_published=2026-01-31, or --jsonl")
    app.show_once("dates", _given(facts), on=today, language=lang)


HORIZON_YEARS = 10
FARTHEST_YEARS = 100  # rounds and reminder days beyond are nobody's plan
FARTHEST_LEAD = 3660  # days
SCHEDULE_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "events": dict,
    "audit_kind": str,
    "industry": str,
    "industry_class": str,
    "in_catalogue": bool,
    "key_enterprise": bool,
    "today": str,
    "done": list,
    "leads": list,
    "horizon_years": int,
    "noticed": dict,
}


def _scheduled(sources: Sources, line: Mapping[str, Any]) -> Mapping[str, Any]:
    take(line, SCHEDULE_KEYS)
    conditions = ("audit_kind", "industry", "industry_class", "in_catalogue", "key_enterprise")
    facts = _facts(sources, {**(line.get("events") or {}), **{key: line.get(key) for key in conditions}})
    today = as_day("today", line["today"]) if line.get("today") is not None else app.today()
    noticed = {key: as_day(f"noticed.{key}", day) for key, day in (line.get("noticed") or {}).items()}
    leads = tuple(_each(line, "leads", int)) if line.get("leads") is not None else sources.leads
    years = line["horizon_years"] if line.get("horizon_years") is not None else HORIZON_YEARS
    _within("leads", leads, FARTHEST_LEAD)
    _within("horizon_years", (years,), FARTHEST_YEARS)
    request = ScheduleRequest(
        facts=facts,
        today=today,
        done=tuple(_each(line, "done", str)),
        leads=leads,
        horizon_years=years,
        noticed=noticed or None,
    )
    return schedule_as_json(sources.rulebook.schedule(request))


def _within(key: str, values: Iterable[int], highest: int) -> None:
    for value in values:
        if not 0 <= value <= highest:
            raise LineError("out_of_range", f"{key}: from 0 to {highest}, not {value}")


def _each(line: Mapping[str, Any], key: str, kind: type) -> list[Any]:
    values = line.get(key) or []
    if any(not isinstance(value, kind) or isinstance(value, bool) for value in values):
        raise LineError("wrong_type", f"{key}: a list of {kind.__name__}")
    return list(values)


def _given(pairs: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"{pair}: write it as FACT=VALUE")
        given[name] = value
    return given

"""The composition root: the one place where parts are put together, settings read and the clock looked at."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from bot import collecting
from bot.attachments import keep_tidy
from bot.messages import Incoming, Language, Reply
from bot.rendering import render
from bot.turn import MOST_COMPANIES, Sources
from knowledge.library import BUILT_IN, Library
from rules_engine.errors import did_you_mean
from rules_engine.loader import load
from storage.opening import MEMORY, open_store
from storage.records import Contact, Fact
from storage.store import Store
from storage.talk import Talk

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.service import Service
    from bot.settings import Settings
    from bot.understanding.reader import Reader

TIMEZONE = "Asia/Shanghai"  # until settings say otherwise
ALONE = "me"  # who speaks where nothing is kept


def clock() -> datetime:
    """Now, aware. Everything else is given the time."""
    return datetime.now(UTC)


def today() -> date:
    """The day in the place whose rules these are."""
    return clock().astimezone(ZoneInfo(TIMEZONE)).date()


def new_id() -> str:
    """An opaque id for a new record. Later ones sort behind earlier ones: what was told in one message is
    read back in the order in which it was told."""
    return f"{time.time_ns():016x}{uuid.uuid4().hex[16:]}"


@cache
def load_sources(library: Path | None = None, rulebook: Path | None = None) -> Sources:
    """The law and the rules, loaded once: what ships with the product, and what the operator added in the
    folders ``library`` and ``rulebook`` (from the environment where left out)."""
    collecting.rarely()
    texts = library or imported_texts()
    own = str(rulebook or "") or os.environ.get("XIZE_RULEBOOK")
    if own:
        from bot.reloading import read_checked

        return read_checked(texts, Path(own))
    return Sources(Library.load((BUILT_IN, texts)), load(holidays=texts / "holidays"))


@cache
def load_reader() -> Reader:
    """The reader of messages, built once: nothing in it changes, and all chats share it."""
    from bot.understanding.reader import Reader  # half of the commands never talk

    return Reader()


def imported_texts() -> Path:
    """Where imported law texts are kept. Read apart from the settings, whose library is slow to load."""
    return Path(os.environ.get("XIZE_LIBRARY") or "data/knowledge")


def database_url() -> str:
    """Where the settings keep the store."""
    from bot.settings import read_settings

    return read_settings().database_url


async def open_assistant(database: str, *, outbox: tuple[str, ...] = ()) -> tuple[Assistant, Store]:
    """An assistant over an open store. The caller closes the store."""
    store = open_store(database, zone=os.environ.get("XIZE_TIMEZONE") or TIMEZONE)
    await store.open()
    # Read apart from the settings, whose library is slow to load.
    return _assistant(load_sources(), store, outbox, public_url=os.environ.get("XIZE_PUBLIC_URL", "")), store


async def serve(tell: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM; ``tell`` is given what is on, where, and what to try."""
    from bot.logs import set_up_logging
    from bot.service import Service
    from bot.settings import read_settings

    settings = read_settings()
    set_up_logging(settings.log_format, settings.log_level, settings.secrets)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    store = open_store(settings.database_url, zone=settings.timezone)
    await store.open()
    try:
        sources = load_sources(settings.library, settings.rulebook)
        await _recompute(store, sources)
        make = partial(
            _assistant,
            sources,
            store,
            most_companies=settings.limit_companies,
            public_url=str(settings.public_url or ""),
        )
        service = Service(settings, store, sources, make, clock)
        _accompany(service, settings, store, sources)
        await service.run(stop, lambda: tell(welcome(settings)))
    finally:
        await store.close()
    tell("Stopped.")


def _accompany(service: Service, settings: Settings, store: Store, sources: Sources) -> None:
    """What runs beside the service: law and rules loaded again, and what has had its time removed."""
    from bot.reloading import Reloader, read_checked
    from bot.reminders.clock import ClockGuard
    from bot.retention import Keep, Retention

    reloader = Reloader(
        sources,
        partial(read_checked, settings.library, settings.rulebook),
        [path for path in (settings.library, settings.rulebook) if path is not None],
        taken=partial(_recompute, store, sources),
        tell=lambda taken: service.metrics.reloaded(taken=taken),
    )
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reloader.ask)
    keep = Keep(
        settings.keep_transcripts, settings.keep_updates, settings.keep_journal, settings.keep_feedback
    )
    sure = ClockGuard(clock, time.monotonic).read
    retention = Retention(store, keep, sure, owner=new_id(), tell=service.metrics.purged)
    service.prepare(partial(_rehearse, service.preview, sources))
    for work in (reloader.run, retention.run, partial(keep_tidy, clock=clock)):
        service.accompany(work)


async def _rehearse(answer: Callable[[Talk, Incoming], Reply], sources: Sources) -> None:
    """Answer what nobody asked, to nobody: what answers and readers build when they are first used is there
    before somebody waits for it."""
    law = sources.library
    talk = Talk(Contact(id="nobody", chat="console:rehearsal"))
    asked = Incoming(talk.contact.chat, clock(), text=law.instrument(law.default).title)
    await asyncio.to_thread(law.prepare)
    await asyncio.to_thread(answer, talk, asked)


async def _recompute(store: Store, sources: Sources) -> None:
    """When the rules changed since the last start, bring every company's open dates in line and tell."""
    from bot.reminders.recomputing import Recomputer
    from rules_engine.model import ScheduleRequest

    book, day = sources.rulebook, today()
    stamp = book.schedule(ScheduleRequest(facts={}, today=day)).rulebook
    recomputer = Recomputer(
        store,
        lambda facts, noticed: book.schedule(
            ScheduleRequest(facts=facts, today=day, noticed=noticed or None)
        ),
        stamp,
        new_id,
    )
    await recomputer.run(clock())


def _assistant(
    sources: Sources,
    store: Store,
    outbox: tuple[str, ...] = (),
    most_companies: int = MOST_COMPANIES,
    public_url: str = "",
) -> Assistant:
    from bot.assistant import Assistant  # half of the commands never talk

    return Assistant(
        sources,
        load_reader(),
        store,
        new_id=new_id,
        outbox=outbox,
        most_companies=most_companies,
        public_url=public_url,
    )


def welcome(settings: Settings) -> str:
    """What is on, where, and what to try."""
    telegram = "on" if settings.telegram_token is not None else "off (set XIZE_TELEGRAM_TOKEN to turn it on)"
    host = f"[{settings.http_host}]" if ":" in settings.http_host else settings.http_host
    web = f"http://{host}:{settings.http_port}"
    console = f"{web}/console" if settings.operator_password else "off (set XIZE_OPERATOR_PASSWORD)"
    return "\n".join(
        (
            "细则 Xize is on. Ctrl-C stops it.",
            f"  web chat   {web}",
            f"  console    {console}",
            f"  Telegram   {telegram}",
            f"  database   {redact_url(settings.database_url)}",
            "Try: 自行组织审核需要几名审核师？   or   我们上了强制审核名单，11月20日发布的",
        )
    )


def redact_url(url: str) -> str:
    """A database address without its password."""
    return re.sub(r"(?<=://)([^/@:]*):[^@/]*@", r"\1:***@", url)


def answer_once(incoming: Incoming, talk: Talk | None = None) -> Reply:
    """The answer to one message, of a talk or alone. Nothing is kept and no store is opened."""
    assistant = _assistant(load_sources(), open_store(MEMORY))
    return assistant.answer(talk or Talk(Contact(id=ALONE, chat=incoming.chat)), incoming)


def show_once(
    tap: str, given: Mapping[str, str], *, on: str | None, language: Language, known_goal: str | None = None
) -> None:
    """Print what a button gives on these facts: a check or dates from the command line. Nothing is kept."""
    sources = load_sources()
    if known_goal is not None and known_goal not in sources.rulebook.goals:
        near = did_you_mean(known_goal, sources.rulebook.goals)
        raise click.UsageError(f"unknown goal: {known_goal}{near or ' (see `xize rules list`)'}")
    at = _moment(on)
    talk = Talk(Contact(id=ALONE, chat="console:once", company_id="it"))
    for name, text in given.items():
        value = _value(sources, name, text, known_goal)
        talk.facts["it", name] = Fact("it", name, value, text, at, ALONE)
    from storage.records import Company

    talk.companies["it"] = Company("it")
    reply = answer_once(Incoming(talk.contact.chat, at, tap=tap, language=language), talk)
    click.echo(render(reply, "plain.txt"))


def _moment(on: str | None) -> datetime:
    if on is None:
        return clock()
    try:
        return datetime.combine(date.fromisoformat(on), datetime.min.time(), ZoneInfo(TIMEZONE))
    except ValueError:
        raise click.UsageError(f"no such day: {on}") from None


def _value(sources: Sources, name: str, text: str, goal: str | None) -> Any:
    """A fact's value from the command line: JSON where it is JSON, else text."""
    import json

    if name not in sources.rulebook.facts:
        used = sources.rulebook.goals[goal].facts if goal is not None else sources.rulebook.schedule_facts
        near = did_you_mean(name, sources.rulebook.facts) or f"; known here: {', '.join(sorted(used))}"
        raise click.UsageError(f"unknown fact: {name}{near}")
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    refused = sources.rulebook.accept({name: value}).rejected.get(name)
    if refused is not None:
        raise click.UsageError(f"{name}={text}: {refused.en}")
    return value

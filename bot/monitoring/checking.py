"""What ``xize preflight`` looks at. Each check tells how it stands and what to do about it."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.logs import redact
from bot.monitoring.standing import rest_days_known_until
from bot.settings import Settings
from bot.turn import Sources
from storage.errors import StoreError
from storage.opening import open_store

Level = Literal["ok", "warning", "failure"]

NETWORK_WAIT = 5.0  # seconds for each question to the network
LEAST_SPACE = 200 * 2**20  # bytes
SCARCE_SPACE = 2**30
OLDEST = datetime(2026, 1, 1, tzinfo=UTC)  # a clock that shows less was never set
ASIDE = 120.0  # seconds between our clock and another's that are worth a word


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands. ``todo`` is empty where there is nothing to do."""

    check: str
    level: Level
    text: str
    todo: str = ""

    def as_json(self) -> dict[str, str]:
        """For machines."""
        return {"check": self.check, "level": self.level, "text": self.text, "todo": self.todo}


def ok(check: str, text: str) -> Finding:
    """All is well."""
    return Finding(check, "ok", text)


def warning(check: str, text: str, todo: str) -> Finding:
    """It can serve, but something will be missed."""
    return Finding(check, "warning", text, todo)


def failure(check: str, text: str, todo: str) -> Finding:
    """It cannot serve like this."""
    return Finding(check, "failure", text, todo)


# --- the store ---------------------------------------------------------------------------------


async def database(settings: Settings, now: datetime) -> Finding:
    """Open the store as ``serve`` does, read it, and write a small value."""
    store = open_store(settings.database_url)
    try:
        await store.open()
        try:
            await store.set_bookmark("preflight", now.isoformat())
            queue = await store.queue(now=now)
        finally:
            await store.close()
    except StoreError as error:
        return failure(
            "database",
            redact(str(error)),
            "check XIZE_DATABASE_URL, the folder's owner and rights, and that the server runs; "
            "`xize restore` brings a backup back",
        )
    waiting = queue["states"].get("pending", 0)
    return ok("database", f"opens, whole, can be written; {waiting} deliveries wait")


def disk(settings: Settings) -> Finding:
    """Room on the disk that holds the database, or the uploads where the database is elsewhere."""
    kind, _, path = settings.database_url.partition(":///")
    folder = Path(path).parent if kind == "sqlite" else Path("data")
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    text = f"{free / 2**30:.1f} GiB free at {folder}"
    if free < LEAST_SPACE:
        return failure("disk", text, "make room, or move the database to a larger disk")
    if free < SCARCE_SPACE:
        return warning("disk", text, "make room soon: a full disk refuses every message")
    return ok("disk", text)


# --- the machine -------------------------------------------------------------------------------


def clock(settings: Settings, now: datetime) -> Finding:
    """A clock that was set, and time-zone data that know the place."""
    zone = ZoneInfo(settings.timezone)  # the settings have checked that it is known
    local = f"{now.astimezone(zone):%Y-%m-%d %H:%M} {settings.timezone}"
    if now < OLDEST:
        return failure("clock", local, "set the machine's clock (timedatectl set-ntp true)")
    return ok("clock", local)


def rest_days(sources: Sources, today: date) -> Finding:
    """Holiday data for this year and, late in the year, for the next."""
    until = rest_days_known_until(sources.rulebook.is_arranged, today)
    todo = "put the year's arrangement into the folder `holidays` of XIZE_LIBRARY (see docs/operators.md)"
    if until is None:
        return warning("holidays", f"the rest days of {today.year} are not known", todo)
    if until.year == today.year:
        return warning(
            "holidays", f"known until {until}; {until.year + 1} is not", f"once it is published, {todo}"
        )
    return ok("holidays", f"known until {until}")


def fonts() -> Finding:
    """A font with Chinese characters, for pictures."""
    name = _chinese_font()
    if name:
        return ok("fonts", name)
    return warning(
        "fonts", "no font with Chinese characters", "install one, such as the package fonts-wqy-microhei"
    )


def _chinese_font() -> str:
    command = shutil.which("fc-list")
    if command is None:
        return ""
    listed = subprocess.run(  # noqa: S603 - a program of the system, fixed arguments
        [command, ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=10, check=False
    )
    first = next(iter(sorted(listed.stdout.splitlines())), "")
    return unicodedata.normalize("NFC", first.partition(",")[0]).strip()


# --- the network -------------------------------------------------------------------------------


async def telegram(settings: Settings) -> Finding:
    """Whether Telegram takes the token."""
    from bot.delivery import telegram_bot

    bot = telegram_bot(settings)
    if bot is None:
        return ok("telegram", "off: XIZE_TELEGRAM_TOKEN is not set")
    try:
        async with asyncio.timeout(NETWORK_WAIT):
            me = await bot.get_me()
    except TimeoutError:
        return _unreached("no answer")
    except Exception as error:  # the library's kinds are known in its channel alone
        if type(error).__name__ in ("InvalidToken", "Forbidden"):
            return failure(
                "telegram", "Telegram refuses the token", "check XIZE_TELEGRAM_TOKEN with @BotFather"
            )
        return _unreached(type(error).__name__)
    finally:
        await _closed(bot.shutdown)
    return ok("telegram", f"@{me.username}")


def _unreached(why: str) -> Finding:
    return warning(
        "telegram",
        f"Telegram cannot be reached ({why})",
        "check the network, or set XIZE_TELEGRAM_PROXY; it is tried again for as long as the service runs",
    )


async def _closed(shutdown: Callable[[], Awaitable[Any]]) -> None:
    try:
        async with asyncio.timeout(NETWORK_WAIT):
            await shutdown()
    except Exception:
        return  # it was never open


async def webhook(settings: Settings, now: datetime) -> Finding:
    """Whether our public address leads to a running service, and how far its clock is from ours."""
    if settings.telegram_mode != "webhook" or settings.public_url is None:
        return ok("webhook", "off: Telegram is polled")
    import httpx

    address = f"{str(settings.public_url).rstrip('/')}/healthz"
    todo = "start the service and its proxy, then run this again; Telegram needs https on 443, 80, 88 or 8443"
    if settings.public_url.scheme != "https":
        return failure(
            "webhook", f"{settings.public_url} is not https", "Telegram only pushes to https addresses"
        )
    try:
        async with httpx.AsyncClient(timeout=NETWORK_WAIT) as client:
            answer = await client.get(address)
    except httpx.HTTPError as error:
        return warning("webhook", f"{address} does not answer ({type(error).__name__})", todo)
    if answer.status_code != 200 or answer.text != "ok":
        return warning(
            "webhook", f"{address} answers {answer.status_code}, but not as this service does", todo
        )
    apart = _apart(answer.headers.get("date"), now)
    if apart > ASIDE:
        return warning("webhook", f"our clock is {apart:.0f} s away from its clock", "set both by NTP")
    return ok("webhook", f"{address} answers")


def _apart(date_header: str | None, now: datetime) -> float:
    try:
        return abs((parsedate_to_datetime(date_header or "") - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0


# --- law and rules -----------------------------------------------------------------------------


def sources(settings: Settings) -> tuple[Finding, Sources | None]:
    """Corpus, topics and rulebook, with every case run."""
    from bot.reloading import SourcesRefused, read_checked

    try:
        found = read_checked(settings.library, settings.rulebook)
    except SourcesRefused as error:
        return failure(
            "sources", str(error), "mend or remove the file that is named; the others are well"
        ), None
    stamp = found.rulebook.stamp
    return ok(
        "sources", f"{len(found.library.instruments)} instruments, rulebook {stamp.version}, cases pass"
    ), found


def rights() -> Finding:
    """A service should not be the machine's master."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return warning("rights", "runs as root", "run it as a user of its own, as the unit in deploy/ does")
    return ok("rights", "not root")

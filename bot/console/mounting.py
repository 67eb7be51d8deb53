"""The console as part of the service: there only where a password is set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from starlette.applications import Starlette

from bot.console.application import create_console
from bot.console.desk import Desk
from bot.console.gate import Gate
from bot.console.uploads import Uploads
from bot.settings import Settings
from bot.turn import Sources
from storage.store import Store

ROOT = "/console"


def mount_console(
    web: Starlette,
    settings: Settings,
    store: Store,
    sources: Sources,
    clock: Callable[[], datetime],
    uploads: Path,
) -> None:
    """Serve the console under /console. ``uploads`` holds files between a dry run and its confirmation."""
    if settings.operator_password is None:
        return
    public = settings.public_url
    desk = Desk(
        store=store,
        sources=sources,
        gate=Gate(store, settings.operator_password.get_secret_value(), clock),
        uploads=Uploads(uploads / "console", clock),
        library=settings.library,
        clock=clock,
        zone=ZoneInfo(settings.timezone),
        hosts=(urlsplit(str(public)).netloc,) if public is not None else (),
        rulebook=settings.rulebook,
    )
    web.mount(ROOT, create_console(desk))

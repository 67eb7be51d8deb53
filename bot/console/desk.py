"""What the console works with, and one operator's request as its pages see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web import language
from bot.channels.web.payload import Dropped
from bot.channels.web.problems import RefusedError
from bot.console.gate import Gate, Pass
from bot.console.uploads import Uploads
from bot.console.writing import written
from bot.messages import Language
from bot.phrases import Phrases, phrases
from bot.turn import Sources
from storage.store import Store

ACTOR = "console"  # in the audit log


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts that pages read and change."""

    store: Store
    sources: Sources  # the law and the rules; what is in use now, also after they were loaded again
    gate: Gate
    uploads: Uploads
    library: Path  # imported instruments and aliases
    clock: Callable[[], datetime]
    zone: ZoneInfo
    hosts: tuple[str, ...] = ()  # further host names of ours
    rulebook: Path | None = None  # a folder that stands in for the built-in rulebook

    @property
    def today(self) -> date:
        """The day where the operators are."""
        return self.clock().astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who passed the gate."""

    desk: Desk
    request: Request
    held: Pass
    token: str  # what the forms of this pass carry
    form: Mapping[str, str | Dropped] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """The language chosen, else the one that the browser asks for."""
        accepted = self.request.headers.get("accept-language", "")
        return language.chosen(self.request.query_params, self.request.cookies) or language.negotiated(
            accepted
        )

    @property
    def say(self) -> Phrases:
        """The sentences in that language."""
        return phrases(self.language)

    def uploaded(self) -> Path:
        """The file that was tried out before; refused where it is gone meanwhile."""
        path = self.desk.uploads.find(self.given("upload"))
        if path is None:
            raise RefusedError(410, "file_gone")
        return path

    def asked(self, name: str) -> str:
        """A part of the address's query; "" where it is left out."""
        return self.request.query_params.get(name, "").strip()

    def given(self, name: str) -> str:
        """A field of the form; "" where it is left out."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def file(self, name: str) -> Dropped | None:
        """A file of the form."""
        value = self.form.get(name)
        return value if isinstance(value, Dropped) and value.content else None

    async def note(self, action: str, subject: str = "", detail: str = "") -> None:
        """Write into the audit log what this operator does."""
        await self.desk.store.audit(
            ACTOR, action, at=self.desk.clock(), subject=subject[:200], detail=detail[:500]
        )

    def page(self, name: str, *, status_code: int = 200, **values: Any) -> Response:
        """A page of the console."""
        return HTMLResponse(written(self, name, **values), status_code)

    def go(self, path: str, said: str = "", **query: str) -> Response:
        """On to another page; ``said`` names the sentence that it shows above all else."""
        asked = {**query, **({"said": said} if said else {})}
        address = f"{self.root}{path}" + (f"?{urlencode(asked)}" if asked else "")
        return RedirectResponse(address, status_code=303)

    @property
    def root(self) -> str:
        """Where the console is mounted."""
        return str(self.request.scope.get("root_path", "")).rstrip("/")

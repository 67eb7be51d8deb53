"""An operator's message on its way: what came in, the store, the words to answer in, and what was begun."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.messages import Block, Button, Incoming, Intent, Language, Reply, Text
from bot.phrases import Phrases, language_of, phrases
from bot.zones import local_day, zone_of
from knowledge.library import Library
from storage.records import Contact
from storage.store import Store

_DRAFT = "operator.{chat}.draft"  # bookmark: what an operator has begun, JSON


@dataclass(frozen=True, slots=True)
class Visit:
    """The desk for one message of an operator. ``arguments`` are those of a tap, else what follows the
    command; ``own_library`` is the folder of what operators add."""

    incoming: Incoming
    store: Store
    contact: Contact
    library: Callable[[], Library]
    own_library: Path
    arguments: tuple[str, ...] = ()

    @property
    def say(self) -> Phrases:
        """The sentences in the operator's language."""
        return phrases(self.language)

    @property
    def language(self) -> Language:
        """The operator's language."""
        return language_of(self.contact.language)

    @property
    def now(self) -> datetime:
        """When the message came in."""
        return self.incoming.at

    @property
    def today(self) -> date:
        """The operator's local day."""
        return local_day(self.contact, self.now)

    def local(self, moment: datetime) -> str:
        """A moment as the operator's clock shows it."""
        return f"{moment.astimezone(zone_of(self.contact)):%Y-%m-%d %H:%M}"

    def argument(self, place: int) -> str:
        """An argument, or an empty text."""
        return self.arguments[place] if place < len(self.arguments) else ""

    def reply(self, key: str, *blocks: Block, buttons: tuple[Button, ...] = (), **fill: Any) -> Reply:
        """A reply that begins with the sentence ``operators.<key>``."""
        headline = Text(self.say.say(f"operators.{key}", **fill), "headline")
        return Reply(Intent.HELP, (headline, *blocks), buttons, language=self.language)

    async def note(self, action: str, subject: str = "", detail: str = "") -> None:
        """Add to the audit log."""
        actor = f"telegram:{self.incoming.sender}"
        await self.store.audit(actor, action, at=self.now, subject=subject, detail=detail)

    async def draft(self) -> dict[str, Any]:
        """What this operator has begun; empty when nothing is."""
        return read_draft(await self.store.bookmark(draft_name(self.incoming.chat)))

    async def keep_draft(self, **draft: Any) -> None:
        """Remember what was begun; with nothing, forget it."""
        await self.store.set_bookmark(draft_name(self.incoming.chat), json.dumps(draft, ensure_ascii=False))


def draft_name(chat: str) -> str:
    """The bookmark of a chat's draft."""
    return _DRAFT.format(chat=chat)


def read_draft(stored: str | None) -> dict[str, Any]:
    """A stored draft."""
    return dict(json.loads(stored)) if stored else {}

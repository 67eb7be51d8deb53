"""Somebody walks through the product in the fake Telegram: says, presses, drops files, lets days pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.bot.channels.telegram.house import until
from tests.bot.rosters.house import FULL, HEADER, NEARLY
from tests.bot.whole_house import WholeHouse
from tests.fakes.telegram_people import Person

FILES = {
    "roster.csv": "\n".join(",".join(row) for row in (HEADER, FULL, NEARLY)),
    "list.csv": "企业名称,审核类型,发布日期\n深圳甲电镀有限公司,强制,2026-11-20",
}


@dataclass(frozen=True, slots=True)
class Says:
    """A message."""

    text: str
    by_operator: bool = False


@dataclass(frozen=True, slots=True)
class Presses:
    """The newest button in sight of a verb."""

    verb: str
    by_operator: bool = False


@dataclass(frozen=True, slots=True)
class Drops:
    """A file of ``FILES``."""

    file: str
    caption: str = ""
    by_operator: bool = False


@dataclass(frozen=True, slots=True)
class Waits:
    """Days go by."""

    days: int


Step = Says | Presses | Drops | Waits


class Walker:
    """A person with a private chat, and an operator beside."""

    def __init__(self, house: WholeHouse, number: int = 1, name: str = "张三") -> None:
        self.house = house
        self.person = house.world.user(number, name)
        self.operator = house.world.user(house.OPERATOR, "李主管")

    async def goes(self, *steps: Step) -> str:
        """Take steps; what the last one showed to whoever took it."""
        shown = ""
        for step in steps:
            shown = await self._takes(step)
        return shown

    async def sends(self, tap: str, *, by: Person | None = None) -> str:
        """Press what carries ``tap``, in sight or not; what that showed."""
        who = by or self.person
        before = self._seen(who)
        who.sends_tap(tap)
        await self._answered()
        return self._new(who, before)

    async def writes(self, text: str, *, by: Person | None = None) -> str:
        """Write something; what was answered."""
        who = by or self.person
        before = self._seen(who)
        who.writes(text)
        await self._answered()
        return self._new(who, before)

    async def held(self) -> dict[str, Any]:
        """What is kept for the person, but for the talk's own memory."""
        async with self.house.store.talk(f"telegram:{self.person.chat.id}", at=self.house.now) as talk:
            contact = talk.contact
            return {
                "preferences": (contact.preferred, contact.quiet_from, contact.timezone, contact.state),
                "in play": contact.company_id,
                "companies": dict(talk.companies),
                "facts": dict(talk.facts),
                "deadlines": {key: (one.due, one.state) for key, one in talk.deadlines.items()},
                "subscriptions": dict(talk.subscriptions),
                "feeds": dict(talk.feeds),
                "listings": dict(talk.listings),
            }

    async def _takes(self, step: Step) -> str:
        if isinstance(step, Waits):
            await self.house.passes(days=step.days)
            return ""
        who = self.operator if step.by_operator else self.person
        before = self._seen(who)
        if isinstance(step, Says):
            who.writes(step.text)
        elif isinstance(step, Presses):
            who.sends_tap(who.carried(step.verb))
        else:
            who.sends_file(step.file, FILES[step.file].encode(), caption=step.caption)
        await self._answered()
        return self._new(who, before)

    async def _answered(self) -> None:
        await self.house.answered()

        async def released() -> bool:
            return not self.house.world.unanswered_taps

        await until(released)

    def _seen(self, who: Person) -> tuple[list[str], int]:
        return who.sees(), len(self._toasts())

    def _new(self, who: Person, before: tuple[list[str], int]) -> str:
        """New messages, messages that read differently now, and what flashed up; names of files too."""
        seen, toasts = before
        said = [text for place, text in enumerate(who.sees()) if seen[place : place + 1] != [text]]
        files = [name for name, _ in who.files()] if any(text == "" for text in said) else []
        return "\n".join([*said, *self._toasts()[toasts:], *files])

    def _toasts(self) -> list[str]:
        return [call.get("text", "") for call in self.house.world.called("answerCallbackQuery")]

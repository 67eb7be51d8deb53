"""Escalations written into the outbox: each level once, to the contact or the operators whose turn it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.messages import Intent, Language, Reply, Text
from bot.phrases import phrases
from bot.reminders.escalation import NEAR, Step, next_step, when
from bot.reminders.notices import say_day
from bot.reminders.timing import WorkingDay, monday_to_friday
from bot.wire import pack
from bot.zones import local_day
from storage.records import NewDelivery
from storage.store import Store, Watch

log = logging.getLogger(__name__)

_LOOK_BACK = timedelta(days=40)  # a deadline longer overdue is left to its weekly reminders
_PAGE = 200


class Escalator:
    """Looks at the level, not at events, like the planner: what was missed is seen the next time."""

    def __init__(
        self,
        store: Store,
        operators: Sequence[str] = (),
        *,
        works: WorkingDay = monday_to_friday,
        language: Language = "zh-Hans",
    ) -> None:
        """``operators`` are chats ("telegram:123"), told in ``language`` when no contact answers."""
        self._store = store
        self._operators = tuple(operators)
        self._works = works
        self._language: Language = language

    async def run(self, now: datetime) -> int:
        """Take every step that is due; how many messages that makes. Raises StoreUnavailable."""
        first, last, after, count = (now - _LOOK_BACK).date(), (now + 2 * NEAR).date(), "", 0
        while page := await self._store.watches(first, last, after, _PAGE):
            rows = [row for watch in page for row in self._rows(watch, now)]
            count += await self._store.enqueue(rows) if rows else 0
            after = page[-1].deadline.id
            await asyncio.sleep(0)
        return count

    def _rows(self, watch: Watch, now: datetime) -> Iterable[NewDelivery]:
        step = next_step(watch, now, self._works)
        if step is None:
            return
        if step.to is not None:
            yield self._row(watch, step, step.to.chat, when(watch, step.to, now, self._works))
        elif self._operators:
            for chat in self._operators:
                yield self._row(watch, step, chat, now)
        else:
            log.warning("nobody answers for deadline %s, and no operator is set", watch.deadline.id)

    def _row(self, watch: Watch, step: Step, chat: str, due_at: datetime) -> NewDelivery:
        deadline = watch.deadline
        about = {"due": deadline.due.isoformat(), "why": step.why, "level": step.level}
        to = f"c{step.to.id}" if step.to is not None else f"o{chat}"
        text = pack(self._report(watch, step)) if step.to is None else {}
        day = local_day(step.to, due_at) if step.to is not None else due_at.date()
        return NewDelivery(
            dedupe_key=f"d{deadline.id}:{deadline.due.isoformat()}:{to}:E{step.level}",
            chat=chat,
            kind="escalation",
            due_at=due_at,
            payload={**about, **text},
            contact_id=step.to.id if step.to is not None else None,
            company_id=deadline.company_id,
            deadline_id=deadline.id,
            revision=deadline.revision,
            lead=min((deadline.due - day).days, NEAR.days),
        )

    def _report(self, watch: Watch, step: Step) -> Reply:
        """What operators read. It may be read later, so it says the day rather than the days left."""
        say = phrases(self._language)
        deadline = watch.deadline
        title = say.say(
            "reminder.escalated.operator",
            title=deadline.title,
            day=say_day(say, deadline.due),
            company=watch.company.name or watch.company.id,
        )
        lines = [
            Text(say.say("reminder.escalated.tried", chat=chat, why=say.say(f"reminder.escalated.why.{why}")))
            for chat, why in step.failed
        ]
        asked = Text(say.say("reminder.escalated.ask"), "note")
        return Reply(Intent.REMINDERS, (Text(title, "headline"), *lines, asked), language=self._language)

"""What operators read and do: questions, the audit log, whom a broadcast reaches, the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from storage.records import AuditEntry, Contact, Feedback
from storage.sql.session import Room
from storage.sql.tables import AUDIT, BEGINNING, CONTACT, FEEDBACK

_EVER = datetime.max.replace(tzinfo=UTC)
# Pages are cut between moments: the next page asks for what came before this one's last.
_CHOSEN = "state = :state and kind = any(:kinds) and at < :before"
_QUESTIONS = f"""
select {FEEDBACK.selection()} from feedback where {_CHOSEN}
  and at >= coalesce(
    (select at from feedback where {_CHOSEN} order by at desc limit 1 offset :others), :beginning)
order by at desc, id
"""  # noqa: S608
_HANDLE = "update feedback set state = 'handled' where id = ? and state = 'open'"

_ADD = "insert into audit (at, actor, action, subject, detail) values (?, ?, ?, ?, ?)"
_LOG = f"select {AUDIT.selection()} from audit where n < ? order by n desc limit ?"  # noqa: S608
_NO_NUMBER = 2**62

_CHATS = (
    f"select {CONTACT.selection()} from contact "  # noqa: S608
    "where chat > ? and state = 'active' order by chat limit ?"
)
_TALLY = "select state, count(*) from delivery where dedupe_key >= ? and dedupe_key < ? group by state"
_HIGHEST = "\U0010ffff"  # no key has a character beyond it

# Each count is one that an index answers, however many deliveries there are.
_COUNTS = {
    "contacts": "select count(*) from contact",
    "active_contacts": "select count(*) from contact where seen_at >= :since",
    "companies": "select count(*) from company",
    "subscriptions": "select count(*) from subscription where state = 'active'",
    "open_deadlines": "select count(*) from deadline where state = 'open'",
    "deliveries_sent": (
        "select count(*) from delivery where state in ('sent', 'skipped', 'closed') "
        "and state = 'sent' and changed_at >= :since"
    ),
}
_SAID = "select kind, count(*) from feedback where at >= :since group by kind"
_KINDS = ("unanswered", "liked", "disliked")


class Operators(Room):
    """The operators' side of the store."""

    async def feedback(
        self,
        *,
        state: Literal["open", "handled"] = "open",
        kinds: Sequence[str] = ("unanswered", "disliked"),
        before: datetime | None = None,
        limit: int = 100,
    ) -> list[Feedback]:
        """See Store.feedback. A page holds all of its last moment, so it may be longer than ``limit``."""
        async with self.reading() as session:
            given = {
                "state": state,
                "kinds": session.array(kinds),
                "before": session.moment(before or _EVER),
                "others": max(limit, 1) - 1,
                "beginning": session.moment(BEGINNING),
            }
            return await session.records(FEEDBACK, _QUESTIONS, given)

    async def handle(self, feedback_id: str) -> bool:
        """See Store.handle."""
        async with self.writing() as session:
            return await session.change(_HANDLE, (feedback_id,)) == 1

    async def audit(
        self, actor: str, action: str, *, at: datetime, subject: str = "", detail: str = ""
    ) -> None:
        """See Store.audit."""
        async with self.writing() as session:
            await session.change(_ADD, (session.moment(at), actor, action, subject, detail))

    async def audit_log(self, *, before: int | None = None, limit: int = 100) -> list[AuditEntry]:
        """See Store.audit_log."""
        async with self.reading() as session:
            number = _NO_NUMBER if before is None else before
            return await session.records(AUDIT, _LOG, (number, limit))

    async def chats(self, after: str = "", limit: int = 500) -> list[Contact]:
        """See Store.chats."""
        async with self.reading() as session:
            return await session.records(CONTACT, _CHATS, (after, limit))

    async def tally(self, prefix: str) -> Mapping[str, int]:
        """See Store.tally."""
        async with self.reading() as session:
            return dict(await session.rows(_TALLY, (prefix, prefix + _HIGHEST)))

    async def stats(self, *, since: datetime) -> Mapping[str, int]:
        """See Store.stats. Subscriptions are the active ones."""
        async with self.reading() as session:
            given = {"since": session.moment(since)}
            asked = [(statement, given) for statement in (*_COUNTS.values(), _SAID)]
            *counts, said = await session.rows_of_each(asked)
        found = {name: int(rows[0][0]) for name, rows in zip(_COUNTS, counts, strict=True)}
        return found | dict.fromkeys(_KINDS, 0) | dict(said)

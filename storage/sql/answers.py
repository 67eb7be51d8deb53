"""Answers kept for requests that come again with the same key."""

from __future__ import annotations

from storage.records import StoredAnswer
from storage.sql.session import Room, Session
from storage.sql.tables import ANSWER

_KEPT = f"select {ANSWER.selection()} from stored_answer where key = ?"  # noqa: S608
_KEEP = f"{ANSWER.insertion()} on conflict (key) do nothing"


class Answers(Room):
    """The first answer to each key."""

    async def answered(self, key: str) -> StoredAnswer | None:
        """See Store.answered."""
        async with self.reading() as session:
            return await _kept(session, key)

    async def keep_answer(self, answer: StoredAnswer) -> StoredAnswer:
        """See Store.keep_answer."""
        async with self.writing() as session:
            await session.change(_KEEP, session.shape(ANSWER).dump(answer))
            first = await _kept(session, answer.key)
        return answer if first is None else first


async def _kept(session: Session, key: str) -> StoredAnswer | None:
    found = await session.records(ANSWER, _KEPT, (key,))
    return found[0] if found else None

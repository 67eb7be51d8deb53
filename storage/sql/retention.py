"""What has been kept for long enough goes, a bounded number of rows at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from storage.sql.session import Room

AT_ONCE = 1000  # rows of each kind that one call removes at most, so that nobody waits for it long

_REMOVALS = {
    "transcripts": (
        "delete from transcript where n in (select n from transcript where at < ? order by at limit ?)"
    ),
    "updates": (
        "delete from inbox where n in (select n from inbox "
        "where state = 'done' and received_at < ? order by received_at limit ?)"
    ),
    "feedback": "delete from feedback where id in (select id from feedback where at < ? order by at limit ?)",
    "answers": (
        "delete from stored_answer where key in "
        "(select key from stored_answer where at < ? order by at limit ?)"
    ),
    # The key of a reminder keeps it from going out twice: it stays as long as its deadline is open.
    "journal": """
        delete from delivery where state in ('sent', 'skipped', 'closed') and id in (
          select v.id from delivery v
          where v.state in ('sent', 'skipped', 'closed') and v.changed_at < ?
            and not exists (select 1 from deadline d where d.id = v.deadline_id and d.state = 'open')
          order by v.changed_at limit ?)
    """,
}


class Retention(Room):
    """Old rows removed."""

    async def purge(
        self,
        *,
        transcripts: datetime,
        updates: datetime,
        journal: datetime,
        feedback: datetime,
        answers: datetime,
    ) -> Mapping[str, int]:
        """See Store.purge: at most ``AT_ONCE`` of each a call; call it again until it removes nothing.
        Reminders of deadlines that are still open are kept."""
        moments = {
            "transcripts": transcripts,
            "updates": updates,
            "feedback": feedback,
            "answers": answers,
            "journal": journal,
        }
        removed = {}
        for name, before in moments.items():
            async with self.writing() as session:
                given = (session.moment(before), AT_ONCE)
                removed[name] = await session.change(_REMOVALS[name], given)
        return removed

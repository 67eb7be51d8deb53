"""After a backup was restored: what may have happened since it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.sql.session import Session

_REASON = "restored"
_UNDER_WAY = (
    "update delivery set state = 'uncertain', reason = :reason, lease_until = null, changed_at = :now "
    "where state in ('claimed', 'sending')"
)
_DUE = (
    "update delivery set state = 'uncertain', reason = :reason, changed_at = :now "
    "where state = 'pending' and next_try_at <= :now"
)
_ATTEMPTS = (
    "update attempt set outcome = 'uncertain', ended_at = :now, detail = :reason where outcome = 'sending'"
)


@dataclass(frozen=True, slots=True)
class Doubts:
    """Deliveries whose truth is unknown: they were on their way, or have come due since."""

    under_way: int
    due: int


async def doubt(session: Session, now: datetime) -> Doubts:
    """Make uncertain what may have been sent after the backup was made: it is held until somebody decides,
    and never sent as if nothing had been."""
    given = {"now": session.moment(now), "reason": _REASON}
    await session.change(_ATTEMPTS, {"now": given["now"], "reason": _REASON})
    return Doubts(await session.change(_UNDER_WAY, given), await session.change(_DUE, given))

"""A role that one process of several has at a time: who polls Telegram, who sends to it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from storage.errors import StoreError
from storage.store import Store

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)  # after which the role of a process that died is taken over
_RENEWALS = 6  # within a lease
_ASKING = timedelta(seconds=0.5)  # between two questions of who does not have it: its holder may be gone


class Role:
    """Held by asking again and again; between two renewals the last answer stands."""

    def __init__(self, store: Store, name: str, owner: str, *, lease: timedelta = LEASE) -> None:
        """``name`` is the role's ("poller"), ``owner`` names this process."""
        self._store = store
        self._name = name
        self._owner = owner
        self._lease = lease
        self._held = False
        self._asked: datetime | None = None
        self.wait = (lease / _RENEWALS).total_seconds()  # between two questions

    async def held(self, now: datetime) -> bool:
        """Whether this process has the role now. Raises StoreUnavailable."""
        patience = self._lease / _RENEWALS if self._held else _ASKING
        if self._asked is not None and timedelta() <= now - self._asked < patience:
            return self._held
        was, self._held = self._held, False
        self._held = await self._store.hold(self._name, self._owner, now=now, lease=self._lease)
        self._asked = now
        if self._held != was:
            log.info("this process %s the role %s", "has taken" if self._held else "has lost", self._name)
        return self._held

    async def let_go(self) -> None:
        """Give the role up, so that another process need not wait for the lease to end."""
        if self._held:
            self._held, self._asked = False, None
            try:
                await self._store.let_go(self._name, self._owner)
            except StoreError as error:
                log.warning("the role %s ends with its lease: %s", self._name, error)

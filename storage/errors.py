"""What can go wrong with a store.

StoreError
├── StoreUnavailable   it cannot be opened, read or written now; nothing was half done
├── StoreDamaged       the integrity check failed
└── Conflict           somebody else changed the same row first
"""

from __future__ import annotations


class StoreError(Exception):
    """Base of this room's errors."""


class StoreUnavailable(StoreError):  # noqa: N818 - named after the situation
    """The store cannot be opened, read or written now."""


class StoreDamaged(StoreError):  # noqa: N818
    """The database fails its integrity check."""


class Conflict(StoreError):  # noqa: N818
    """Somebody else changed the same row first."""

"""What can go wrong with a store.

StoreError
├── StoreUnavailable   it cannot be opened, read or written now; nothing was half done
├── StoreDamaged       the integrity check failed
├── StoreNotEmpty      it holds something, and nothing may be written over it
└── Conflict           somebody else changed the same row first
"""

from __future__ import annotations


class StoreError(Exception):
    """Base of this room's errors."""


class StoreUnavailable(StoreError):
    """The store cannot be opened, read or written now."""


class StoreDamaged(StoreError):
    """The database fails its integrity check."""


class StoreNotEmpty(StoreError):
    """The store holds something that would be written over."""


class Conflict(StoreError):
    """Somebody else changed the same row first."""

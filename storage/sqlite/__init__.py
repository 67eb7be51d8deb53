"""The store on one SQLite file: enough for one machine, and the default."""

from storage.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]

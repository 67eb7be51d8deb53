"""From a database address to a store. The drivers are imported only when they are used."""

from __future__ import annotations

from storage.errors import StoreUnavailable
from storage.store import Store

MEMORY = "sqlite:///:memory:"


def open_store(url: str) -> Store:
    """The store that ``url`` names, not yet opened: ``await store.open()`` connects.

    ``sqlite:///data/xize.db`` is relative to the working directory, ``sqlite:////var/lib/xize.db``
    absolute, ``sqlite:///:memory:`` lives as long as the store is open. Raises StoreUnavailable
    for an address that no store serves; a password in it never gets into the message.
    """
    scheme, separator, path = url.partition(":///")
    if separator and scheme == "sqlite" and path:
        from storage.sqlite import SqliteStore

        return SqliteStore(path)
    kind = url.partition(":")[0]
    if kind in ("postgresql", "postgres"):
        raise StoreUnavailable("PostgreSQL is not served by this version; use sqlite:///data/xize.db")
    raise StoreUnavailable(f"no store for an address of the kind {kind!r}; use sqlite:///data/xize.db")

"""From a database address to a store. The drivers are imported only when they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.errors import StoreUnavailable
from storage.sql.session import Room
from storage.store import Store

if TYPE_CHECKING:
    from storage.sql.store import SqlStore

MEMORY = "sqlite:///:memory:"
_EXAMPLES = "use sqlite:///data/xize.db or postgresql://user@host/database"


def open_store(url: str, *, zone: str = Room.zone) -> Store:
    """The store that ``url`` names, not yet opened: ``await store.open()`` connects.

    ``sqlite:///data/xize.db`` is relative to the working directory, ``sqlite:////var/lib/xize.db``
    absolute, ``sqlite:///:memory:`` lives as long as the store is open. ``postgresql://…`` is what
    libpq takes. ``zone``: the time zone of new contacts. Raises StoreUnavailable for an address that no store
    serves; a password in it never gets into the message.
    """
    kind, _, rest = url.partition("://")
    store: SqlStore
    if kind == "sqlite" and rest.startswith("/") and len(rest) > 1:
        from storage.sqlite import SqliteStore

        store = SqliteStore(rest[1:])
    elif kind in ("postgresql", "postgres") and rest:
        from storage.postgres import PostgresStore

        store = PostgresStore(url)
    else:
        raise StoreUnavailable(f"no store for an address of the kind {kind.partition(':')[0]!r}; {_EXAMPLES}")
    store.zone = zone
    return store

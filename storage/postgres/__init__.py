"""The store on PostgreSQL: for several machines that share the work."""

from storage.postgres.store import PostgresStore

__all__ = ["PostgresStore"]

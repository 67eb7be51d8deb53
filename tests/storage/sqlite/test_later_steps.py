"""A database of the first release opens with what it held."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from storage.sqlite import SqliteStore
from storage.sqlite.schema import first_house

HELD = """
insert into company values ('acme', 'Acme', '');
insert into contact values
  ('ann', 'web:ann', 'en', 'Asia/Shanghai', '09:00:00', null, null, 0, 'acme', 'active', '{}', 0);
insert into membership values ('ann', 'acme', 0);
insert into deadline values ('d', 'acme', 'register', 't', 'e', '2030-01-01', '2030-02-01', 1, 'open',
  null, null, 'computed', 'book@1', 5);
insert into delivery (dedupe_key, chat, kind, due_at, payload, priority, state, next_try_at, changed_at)
  values ('k', 'web:ann', 'lead', 1, '{}', 5, 'sent', 1, 1);
insert into attempt values (1, 1, 1, 2, 'sent', '');
insert into ack values ('done:1', 1, 'ann', 'done', 3)
"""


def first_release(path: Path) -> None:
    """A database as the first release wrote it."""
    database = Database(str(path))
    steps = Migrations("xize")
    steps()(first_house)
    steps.apply(database)
    for statement in HELD.split(";\n"):
        database.execute(statement)
    database.conn.commit()
    database.close()


async def test_what_the_first_release_held_is_there(tmp_path: Path) -> None:
    first_release(tmp_path / "x.db")
    store = SqliteStore(str(tmp_path / "x.db"))
    await store.open()
    async with store.talk("web:ann", at=datetime(2030, 1, 1, tzinfo=UTC)) as talk:
        assert (talk.deadlines["d"].due.isoformat(), talk.deadlines["d"].computed) == ("2030-02-01", None)
        assert talk.acks["done:1"].action == "done"
        assert talk.feeds == {}
    [turn] = await store.turns(now=datetime(2030, 1, 1, tzinfo=UTC), limit=9)
    assert (turn.deadline_id, turn.touched) == ("d", 0)
    [(_, attempts)] = await store.journal()
    assert [(attempt.outcome, attempt.text) for attempt in attempts] == [("sent", "")]
    await store.close()

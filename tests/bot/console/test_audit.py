"""The audit log, page by page."""

from __future__ import annotations

import pytest

from bot.console import audit
from tests.bot.console.house import NOW, ConsoleHouse, Visitor


async def test_what_was_done_is_shown_the_latest_first(house: ConsoleHouse, operator: Visitor) -> None:
    await house.store.audit("telegram:12", "broadcast.sent", at=NOW, subject="<b>", detail="3 chats")
    page = (await operator.get("/audit")).text
    assert page.index("broadcast sent") < page.index("console entered")
    assert "&lt;b&gt;" in page


async def test_a_deed_without_a_name_is_shown_by_its_code(house: ConsoleHouse, operator: Visitor) -> None:
    await house.store.audit("telegram:12", "deed.unheard_of", at=NOW)
    assert "deed.unheard_of" in (await operator.get("/audit")).text


async def test_older_entries_are_on_further_pages(
    house: ConsoleHouse, operator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 3)
    for n in range(4):
        await house.store.audit("console", f"deed.{n}", at=NOW)
    first = (await operator.get("/audit")).text
    assert "deed.0" not in first
    assert "before=3" in first
    second = (await operator.get("/audit?before=3")).text
    assert "deed.0" in second
    assert ">Older<" not in second
    assert (await operator.get("/audit?before=x")).status_code == 200

"""From a file to a question, and from a yes to dates and reminders."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.lists.loading import load_list
from bot.messages import Reply
from bot.routing import TAPS
from bot.skills import lists
from tests.bot.lists.house import CODE, DAY, HEADER, OTHER_CODE, ROW, csv_file, read
from tests.bot.whole_house import WholeHouse, open_whole_house


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WholeHouse]:
    """A house in which somebody has named their company."""
    monkeypatch.setitem(TAPS, "listed", lists.answer)  # type: ignore[arg-type]
    async with open_whole_house() as house:
        await name_company(house, "web:a", ROW[0])
        yield house


async def name_company(house: WholeHouse, chat: str, name: str) -> None:
    """A chat whose contact speaks for a company of that name."""
    from storage.records import Company, Membership

    async with house.store.talk(chat, at=house.now) as talk:
        company = Company(f"id-{chat}", name)
        talk.companies[company.id] = company
        talk.members[talk.contact.id, company.id] = Membership(talk.contact.id, company.id)
        talk.contact = replace(talk.contact, company_id=company.id)


async def load(house: WholeHouse, folder: Path, *rows: Any, **options: bool) -> Any:
    """Load a list of these rows, and let what follows go out."""
    found = read(csv_file(folder, *(rows or (ROW,))))
    loaded = await load_list(house.store, found, house.now, **options)
    await house.reminders.once()
    return loaded


async def press(house: WholeHouse, label: str) -> Reply:
    """Press a button on the page."""
    tap = next(item.tap for item in await house.buttons("web:a") if item.label == label)
    return await house.says("web:a", tap=tap)


async def test_contacts_are_asked_and_nothing_is_noted_before_they_answer(
    house: WholeHouse, tmp_path: Path
) -> None:
    loaded = await load(house, tmp_path)
    assert (loaded.rows, loaded.new, loaded.asked) == (1, 1, 1)
    [text] = await house.page("web:a")
    assert text.startswith("名单里有贵公司：深圳市甲乙电镀有限公司")
    assert "2026年11月20日（周五）发布" in text
    assert "电镀 · 强制性清洁生产审核" in text
    async with house.store.talk("web:a", at=house.now) as talk:
        assert not talk.facts
        assert not talk.deadlines


async def test_yes_notes_it_with_the_list_as_its_source_and_reminds(
    house: WholeHouse, tmp_path: Path
) -> None:
    await load(house, tmp_path)
    reply = await press(house, "是，算期限并提醒")
    said = {"list_published": DAY.isoformat(), "audit_kind": "mandatory", "industry": "电镀"}
    assert reply.understood == said
    assert reply.reminders.active[:3] == ("register", "start_audit", "report")
    async with house.store.talk("web:a", at=house.now) as talk:
        words = {fact.words for fact in talk.facts.values()}
        assert words == {"名单《list》第 2 行，2026-11-20 发布，已在对话中确认"}
        assert [company.credit_code for company in talk.companies.values()] == [CODE]
    await house.passes(days=13)
    assert any("还有 14 天" in text for text in await house.page("web:a"))


async def test_no_notes_nothing(house: WholeHouse, tmp_path: Path) -> None:
    await load(house, tmp_path)
    reply = await press(house, "不是我们")
    assert reply.facts == {}
    assert reply.reminders.active == ()
    [listed] = [item for one in await house.store.published() for item in await house.store.listings(one.id)]
    assert listed.state == "no"


async def test_loading_twice_asks_once(house: WholeHouse, tmp_path: Path) -> None:
    await load(house, tmp_path)
    again = await load(house, tmp_path)
    assert (again.new, again.asked) == (0, 0)
    assert len(await house.page("web:a")) == 1


async def test_a_list_with_one_more_row_asks_only_about_that(house: WholeHouse, tmp_path: Path) -> None:
    await load(house, tmp_path)
    await name_company(house, "web:b", "丙公司")
    again = await load(house, tmp_path, ROW, ("丙公司", OTHER_CODE, *ROW[2:]))
    assert (again.rows, again.new, again.asked) == (2, 1, 1)
    assert [len(await house.page(chat)) for chat in ("web:a", "web:b")] == [1, 1]


async def test_a_dry_run_tells_the_same_and_changes_nothing(house: WholeHouse, tmp_path: Path) -> None:
    first = await load(house, tmp_path, dry_run=True)
    assert await house.page("web:a") == []
    assert await house.store.published() == []
    second = await load(house, tmp_path)
    assert (first.new, first.asked, first.matches) == (second.new, second.asked, second.matches)
    third = await load(house, tmp_path, dry_run=True)
    assert (third.new, third.asked) == (0, 0)


async def test_who_cannot_be_reached_is_counted(house: WholeHouse, tmp_path: Path) -> None:
    await house.store.contact_state("web:a", "blocked")
    loaded = await load(house, tmp_path)
    assert (loaded.asked, loaded.unreachable) == (0, 1)


async def test_yes_twice_notes_once_and_no_afterwards_changes_nothing(
    house: WholeHouse, tmp_path: Path
) -> None:
    await load(house, tmp_path)
    await press(house, "是，算期限并提醒")
    again = await press(house, "是，算期限并提醒")
    assert again.understood == {}
    late = await press(house, "不是我们")
    assert late.facts["list_published"] == DAY.isoformat()


async def test_a_tap_of_another_chat_or_of_nothing_does_nothing(house: WholeHouse, tmp_path: Path) -> None:
    await load(house, tmp_path)
    [tap] = [item.tap for item in await house.buttons("web:a") if item.tap.endswith(":yes")]
    assert (await house.says("web:eve", tap=tap)).facts == {}
    for pressed in ("listed:none:yes", tap[:-3] + "ja", "listed"):
        assert (await house.says("web:a", tap=pressed)).facts == {}


def test_taps_fit_into_a_button() -> None:
    assert len(f"listed:{'0' * 16}:yes".encode()) <= 64
    assert HEADER[0] == "企业名称"

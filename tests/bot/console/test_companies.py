"""What is noted of a company is read on request alone, and the log keeps who asked for what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.console import companies
from storage.records import Company
from tests.bot.console.house import NOW, ConsoleHouse, Visitor, company_with_reminder


async def test_companies_are_found_by_part_of_the_name_or_the_code(
    house: ConsoleHouse, operator: Visitor
) -> None:
    await company_with_reminder(house.store)
    for wanted, there in (("某某", True), ("91440300ma5", True), ("印染", False), ("", True)):
        page = (await operator.get(f"/companies?q={wanted}")).text
        assert ("深圳市某某电镀有限公司" in page) is there


async def test_a_companys_page_shows_no_fact(house: ConsoleHouse, operator: Visitor) -> None:
    await company_with_reminder(house.store)
    page = (await operator.get("/companies/c1")).text
    assert "深圳市某某电镀有限公司" in page
    assert "3 个审核师" not in page
    assert "平台注册" not in page
    assert "company.read" not in await house.audited()


async def test_reading_facts_is_logged_with_the_reason(house: ConsoleHouse, operator: Visitor) -> None:
    await company_with_reminder(house.store)
    page = (await operator.post("/companies/c1", {"why": "asked by phone"})).text
    assert "3 个审核师" in page
    assert "平台注册" in page
    entry = (await house.store.audit_log())[0]
    assert (entry.action, entry.subject, entry.detail) == ("company.read", "company c1", "asked by phone")


async def test_values_are_shown_in_the_readers_words(house: ConsoleHouse, operator: Visitor) -> None:
    await company_with_reminder(house.store)
    async with house.store.talk("web:0123456789abcdef0123456789abcdef", at=NOW) as talk:
        held = talk.facts["c1", "trained_auditors"]
        for name, value in (("willing", True), ("audit_kind", "mandatory"), ("degree_staff", {"min": 4})):
            talk.facts["c1", name] = replace(held, name=name, value=value)
    await operator.get("/?lang=zh-Hans")

    page = (await operator.post("/companies/c1")).text

    assert "<td>是</td>" in page
    assert "<td>强制审核</td>" in page
    assert "mandatory" not in page
    assert "min" in page


async def test_reading_changes_nothing_of_the_contacts(house: ConsoleHouse, operator: Visitor) -> None:
    await company_with_reminder(house.store)
    before = await house.store.contacts("c1")
    await operator.post("/companies/c1")
    assert await house.store.contacts("c1") == before


async def test_a_company_that_nobody_speaks_for_is_not_found(operator: Visitor) -> None:
    assert (await operator.get("/companies/none")).status_code == 404
    assert (await operator.post("/companies/none", of="/lists")).status_code == 404


async def test_many_companies_are_shown_page_by_page(
    house: ConsoleHouse, operator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companies, "PAGE", 2)
    async with house.store.talk("web:1", at=NOW) as talk:
        for n in range(5):
            talk.companies[f"c{n}"] = Company(f"c{n}", f"第{n}公司")
    found, after = await companies._search(house.store, "公司", "")
    assert [company.id for company in found] == ["c0", "c1"]
    found, after = await companies._search(house.store, "公司", after)
    assert [company.id for company in found] == ["c2", "c3"]
    assert await companies._search(house.store, "公司", after) == ([Company("c4", "第4公司")], "")

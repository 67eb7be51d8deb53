"""A new rulebook version goes through every company once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.reminders.recomputing import Recomputed, Recomputer
from rules_engine.model import RulebookStamp, Schedule
from storage.records import Company, Membership
from tests.bot.reminders.house import DUE, START, House
from tests.bot.reminders.test_reconciling import computed, schedule

NEW = RulebookStamp("book", "2", "b")


def recomputer(house: House, days: int = 1, stamp: RulebookStamp = NEW) -> Recomputer:
    """Rules that give the first deadline so many days later, unless a notice names a day."""

    def recompute(facts: Mapping[str, Any], noticed: Mapping[str, date]) -> Schedule:
        return schedule(computed(due=noticed.get("first", DUE + timedelta(days=days))))

    return Recomputer(house.store, recompute, stamp, lambda: "new")


async def test_every_contact_is_told_with_the_version(house: House) -> None:
    await house.found()
    await house.join("web:bob")
    assert await recomputer(house).run(START) == Recomputed(companies=1, moved=1)
    texts = await house.run(START)
    assert sorted(chat for chat, _, _ in house.sender.seen) == ["web:ann", "web:bob"]
    assert all("规则有更新（2）" in text and "2030年5月21日" in text for text in texts)
    [move] = await house.store.moves("acme")
    assert (move.reason, move.detail, move.contact_id) == ("rulebook", "2", None)


async def test_the_same_rulebook_is_gone_through_once(house: House) -> None:
    await house.found()
    await recomputer(house).run(START)
    assert await recomputer(house, days=5).run(START) == Recomputed()


async def test_a_run_that_was_cut_off_tells_nothing_twice(house: House) -> None:
    await house.found()
    await recomputer(house).run(START)
    await house.store.set_bookmark("rulebook", "before")
    assert await recomputer(house).run(START) == Recomputed(companies=1, moved=0)
    assert len(await house.run(START)) == 1


async def test_a_day_from_a_notice_stays(house: House) -> None:
    await house.found()
    await house.change(origin="notice")
    assert (await recomputer(house).run(START)).moved == 0


async def test_a_company_that_cannot_be_computed_does_not_stop_the_others(house: House) -> None:
    await house.found()
    async with house.store.talk("web:zoe", at=START) as talk:
        talk.companies["zzz"] = Company("zzz", "Zoe's")
        talk.members[talk.contact.id, "zzz"] = Membership(talk.contact.id, "zzz")
        from dataclasses import replace

        from tests.bot.reminders.house import deadline

        talk.deadlines["z"] = replace(deadline("z"), company_id="zzz")
    seen: list[int] = []

    def recompute(facts: Mapping[str, Any], noticed: Mapping[str, date]) -> Schedule:
        seen.append(1)
        if len(seen) == 1:
            raise ValueError("a rule of yesterday")
        return schedule(computed("z", due=DUE + timedelta(days=1)))

    run = Recomputer(house.store, recompute, NEW, lambda: "new")
    assert await run.run(START) == Recomputed(companies=2, moved=1, failed=1)
    assert await house.store.bookmark("rulebook") is None


async def test_a_company_without_open_deadlines_is_left_alone(house: House) -> None:
    await house.found()
    await house.change(state="done")
    assert await recomputer(house).run(START) == Recomputed(companies=1)

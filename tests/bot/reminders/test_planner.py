"""Deadlines become deliveries: each once, moved with its deadline, the nearest only after a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.errors import StoreUnavailable
from storage.records import Subscription
from tests.bot.reminders.house import DUE, START, House, at, name


async def pending(house: House) -> list[str]:
    """What waits, in the order in which it will go out."""
    rows = await house.store.pending(["first", "second"])
    return [name(row) for row in sorted(rows, key=lambda row: row.due_at)]


async def test_leads_and_overdue_days_within_the_horizon_are_planned(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    assert await pending(house) == ["L14", "L7", "L3", "L1", "L0", "O1", "O3", "O7"]


async def test_planning_again_changes_nothing(house: House) -> None:
    await house.found()
    first = await house.planner.run(START)
    before = await house.store.journal()
    second = await house.planner.run(START)
    assert (first.new, second.new, second.superseded, second.coalesced) == (8, 0, 0, 0)
    assert await house.store.journal() == before


async def test_reminders_go_out_at_the_contacts_hour(house: House) -> None:
    await house.found(timezone="Asia/Kathmandu")
    await house.planner.run(START)
    [row] = [row for row in await house.store.pending(["first"]) if row.lead == 7]
    assert row.due_at.isoformat() == "2030-05-13T03:15:00+00:00"


async def test_a_lead_ends_when_the_next_one_goes_out(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    ends = {name(row): row.not_after for row in await house.store.pending(["first"])}
    assert (ends["L7"], ends["L0"]) == (at(3), at(-1))


async def test_what_lay_before_the_wish_is_not_made_up_for(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    assert "L30" not in await house.states()


async def test_own_leads_replace_the_usual_ones(house: House) -> None:
    contact_id = await house.found()
    async with house.store.talk("web:ann", at=START) as talk:
        wish = talk.subscriptions[f"w-{contact_id}"]
        talk.subscriptions[wish.id] = replace(wish, leads=(10, 2))
    await house.planner.run(START)
    assert (await pending(house))[:3] == ["L10", "L2", "O1"]


async def test_changed_leads_put_the_old_ones_aside_and_repeat_nothing(house: House) -> None:
    contact_id = await house.found()
    await house.run(at(7))
    async with house.store.talk("web:ann", at=at(6)) as talk:
        wish = talk.subscriptions[f"w-{contact_id}"]
        talk.subscriptions[wish.id] = replace(wish, leads=(10, 2))
    await house.planner.run(at(6))
    assert (await pending(house))[0] == "L2"
    assert "L10" not in await house.states()


async def test_a_moved_deadline_is_reminded_of_afresh(house: House) -> None:
    await house.found()
    await house.run(at(7))
    before = await pending(house)
    await house.change(due=DUE + timedelta(days=10))
    planned = await house.planner.run(at(7))
    rows = await house.store.pending(["first"])
    assert {row.dedupe_key.split(":")[1] for row in rows} == {"2030-05-30"}
    assert planned.superseded == len(before)
    assert [name(row) for row in rows if row.lead == 7] == ["L7"]


async def test_a_deadline_moved_back_takes_up_its_old_reminders(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    for due in (DUE + timedelta(days=10), DUE):
        await house.change(due=due)
        await house.planner.run(START)
    assert await pending(house) == ["L14", "L7", "L3", "L1", "L0", "O1", "O3", "O7"]
    assert await house.run(at(7)) != []


async def test_the_same_date_read_in_again_repeats_nothing(house: House) -> None:
    await house.found()
    await house.run(at(7))
    await house.change(title="said otherwise")
    assert await house.run(at(7, 10)) == []
    [text] = await house.run(at(3))
    assert "said otherwise" in text


async def test_a_done_deadline_is_silent(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.change(state="done")
    assert await house.run(at(7)) == []
    assert (await house.planner.run(at(7))).new == 0


async def test_a_muted_deadline_is_silent_for_one_contact_only(house: House) -> None:
    ann = await house.found()
    await house.join("web:bob")
    async with house.store.talk("web:ann", at=START) as talk:
        talk.subscriptions["m"] = Subscription("m", ann, "acme", "deadline", "first", state="muted")
    await house.run(at(7))
    assert [chat for chat, _, _ in house.sender.seen] == ["web:bob"]


async def test_each_contact_has_its_own_reminders(house: House) -> None:
    await house.found()
    await house.join("web:bob", timezone="Europe/Berlin")
    await house.planner.run(START)
    times = {row.chat: row.due_at for row in await house.store.pending(["first"]) if row.lead == 7}
    assert times["web:bob"] - times["web:ann"] == timedelta(hours=6)


async def test_a_changed_hour_moves_what_waits(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    async with house.store.talk("web:ann", at=START) as talk:
        talk.contact = replace(talk.contact, timezone="Asia/Tokyo")
    await house.planner.run(START)
    assert {row.due_at.hour for row in await house.store.pending(["first"])} == {0}


async def test_shifted_onto_one_moment_only_the_nearest_stands(house: House) -> None:
    await house.found(working_days_only=True)
    await house.change(due=date(2030, 5, 19))  # a Sunday
    await house.planner.run(START)
    waiting = await pending(house)
    assert "L0" in waiting
    assert "L1" not in waiting


async def test_a_clock_set_back_plans_and_sends_nothing_twice(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    assert len(await house.run(at(7, 9, 1))) == 1
    assert await house.run(at(7, 7)) == []
    assert await house.run(at(7, 9, 2)) == []
    assert [len(await house.run(at(day))) for day in (3, 1, 0, -1)] == [1, 1, 1, 1]


async def test_a_long_overdue_deadline_is_reminded_of_weekly(house: House) -> None:
    await house.found()
    sent = [day for day in range(1, 60) if await house.run(at(-day))]
    assert sent == [1, 3, 7, 14, 21, 28, 35, 42, 49, 56]


@pytest.mark.parametrize("days", [500, 100])
async def test_a_far_deadline_waits_for_its_time(house: House, days: int) -> None:
    await house.found()
    await house.change(due=START.date() + timedelta(days=days))
    assert (await house.planner.run(START)).new == 0


async def test_a_store_in_trouble_is_reported(house: House) -> None:
    await house.store.close()
    with pytest.raises(StoreUnavailable):
        await house.planner.run(START)


async def test_what_a_planner_remembers_only_saves_work(house: House) -> None:
    await house.found(keys=("first", "second"))
    await house.planner.run(START)
    for day in (14, 7, 3):
        await house.run(at(day))
        await house.change("second", due=DUE + timedelta(days=day))
        await house.planner.run(at(day, 10))
        fresh = await House(house.store).planner.run(at(day, 10))
        assert (fresh.new, fresh.superseded, fresh.coalesced) == (0, 0, 0)


async def test_a_planner_that_runs_late_for_the_first_time_brings_up_nothing_older(house: House) -> None:
    await house.found()
    assert len(await house.run(at(3))) == 1
    assert await house.run(at(4)) == []  # the clock is set back past a lead that was never sent
    assert (await house.states())["L7"] == ("skipped", "coalesced")


async def test_what_is_late_waits_for_the_one_that_comes_in_a_moment(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    assert await house.run(at(3, 8, 59)) == []
    assert len(await house.run(at(3, 9, 0))) == 1
    assert await house.run(at(3, 9, 6)) == []


async def test_what_is_late_does_not_wait_for_another_day(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    assert len(await house.run(at(5))) == 1
    assert len(await house.run(at(3))) == 1


async def test_where_the_next_one_comes_late_in_the_day_a_late_one_does_not_wait(house: House) -> None:
    from datetime import time

    await house.found(preferred=time(22))
    await house.planner.run(START)
    assert len(await house.run(at(1, 8))) == 1
    assert len(await house.run(at(1, 22))) == 1


@pytest.mark.parametrize("lost", ["blocked", "gone"])
async def test_on_return_there_is_one_message_and_no_backlog(house: House, lost: str) -> None:
    await house.found(keys=("first", "second"))
    await house.planner.run(START)
    await house.store.contact_state("web:ann", lost)  # type: ignore[arg-type]
    for day in (14, 7, 3):
        assert await house.run(at(day)) == []
    await house.store.contact_state("web:ann", "active")
    [text] = await house.run(at(2))
    assert text.startswith("2 件事要办")
    assert await house.run(at(2, 10)) == []
    assert len(await house.run(at(1))) == 1


async def test_in_a_storm_reminders_are_spread_and_stay_where_they_are(house: House) -> None:
    await house.found()
    for n in range(30):
        await house.join(f"web:{n}")
    stormy = House(house.store, storm_from=10)
    await stormy.planner.run(START)
    rows = [row for row in await house.store.pending(["first"]) if row.lead == 7]
    times = {row.chat: row.due_at for row in rows}
    assert len(set(times.values())) > 20
    assert all(at(7) <= when < at(7, 9, 20) for when in times.values())
    fresh = await House(house.store, storm_from=10).planner.run(START)
    assert (fresh.new, fresh.superseded) == (0, 0)
    assert {row.chat: row.due_at for row in await house.store.pending(["first"]) if row.lead == 7} == times


async def test_a_storm_that_is_over_brings_everybody_back_to_their_hour(house: House) -> None:
    await house.found()
    await House(house.store, storm_from=0).planner.run(START)
    await house.planner.run(START)
    assert {row.due_at.minute for row in await house.store.pending(["first"])} == {0}

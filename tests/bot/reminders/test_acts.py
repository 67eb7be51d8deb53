"""What contacts do about reminders: Done, Snooze, Mute, once each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.reminders import acts
from bot.reminders.acts import Outcome
from storage.records import Subscription
from tests.bot.reminders.house import DUE, START, House, at


async def press(
    house: House, act: str, *, chat: str = "web:ann", delivery_id: int = 0, length: str = "1"
) -> Outcome:
    """Press a button under the latest reminder of a chat, now."""
    async with house.store.talk(chat, at=house.now) as talk:
        row = delivery_id or max(talk.sent)
        if act == "done":
            return acts.finish(talk, row, f"done:{row}", at=house.now)
        if act == "seen":
            return acts.see(talk, row, f"seen:{row}", at=house.now)
        if act == "mute":
            return acts.mute(talk, row, f"mute:{row}", at=house.now)
        return acts.snooze(talk, row, f"snooze:{row}:{length}", length, at=house.now)


@pytest.fixture
async def told(house: House) -> House:
    """A house in which the reminder of seven days before has arrived."""
    await house.found()
    await house.planner.run(START)
    await house.run(at(7))
    return house


async def test_done_settles_the_deadline_and_silences_it(told: House) -> None:
    outcome = await press(told, "done")
    assert outcome.what == "done"
    assert [len(await told.run(at(day))) for day in (3, 1, 0, -1, -7)] == [0] * 5
    async with told.store.talk("web:ann", at=told.now) as talk:
        settled = talk.deadlines["first"]
        assert (settled.state, settled.settled_at, settled.settled_by) == ("done", at(7), talk.contact.id)


async def test_done_by_one_stops_and_tells_the_others(house: House) -> None:
    await house.found()
    await house.join("web:bob", language="en")
    await house.planner.run(START)
    await house.run(at(7))
    house.sender.seen.clear()
    outcome = await press(house, "done")
    assert outcome.told == 1
    [text] = await house.run(at(7))
    assert text.startswith("A colleague marked “do first”")
    assert [chat for chat, _, _ in house.sender.seen] == ["web:bob"]
    assert await house.run(at(3)) == []


@pytest.mark.parametrize("states", ["muted", "ended"])
async def test_colleagues_without_reminders_are_not_told(house: House, states: str) -> None:
    await house.found()
    bob = await house.join("web:bob")
    async with house.store.talk("web:bob", at=START) as talk:
        talk.subscriptions[f"w-{bob}"] = Subscription(f"w-{bob}", bob, "acme", state=states)  # type: ignore[arg-type]
    await house.planner.run(START)
    await house.run(at(7))
    assert (await press(house, "done")).told == 0


async def test_pressing_done_twice_changes_nothing_twice(house: House) -> None:
    await house.found()
    await house.join("web:bob")
    await house.planner.run(START)
    await house.run(at(7))
    outcomes = [(await press(house, "done")).what for _ in range(3)]
    outcomes.append((await press(house, "done", chat="web:bob")).what)
    assert outcomes == ["done", "already", "already", "already"]
    assert len(await house.run(at(7, 10))) == 1


async def test_done_works_under_an_old_reminder_too(told: House) -> None:
    await told.run(at(3))
    assert (await press(told, "done", delivery_id=2)).what == "done"


async def test_snooze_reminds_again_at_the_contacts_hour(told: House) -> None:
    outcome = await press(told, "snooze", length="1")
    assert (outcome.what, outcome.until) == ("snoozed", at(6))
    assert await told.run(at(6, 8, 59)) == []
    [text] = await told.run(at(6))
    assert text.startswith("还有 6 天")


async def test_snooze_to_the_next_working_day_skips_the_weekend(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.run(at(3))  # a Friday
    outcome = await press(house, "snooze", length="work")
    assert outcome.until == at(0)


async def test_snooze_never_passes_the_deadline_and_says_so(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.run(at(1))
    outcome = await press(house, "snooze", length="3")
    assert (outcome.what, outcome.until) == ("clamped", at(0))
    assert [len(await house.run(at(0, hour))) for hour in (9, 10)] == [1, 0]


async def test_on_the_last_day_a_snooze_stays_within_it(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.run(at(0))
    outcome = await press(house, "snooze", length="1")
    assert (outcome.what, outcome.until) == ("clamped", at(0, 11))
    house.now = at(0, 23)
    assert (await press(house, "snooze", length="3")).what == "too_late"


async def test_a_snooze_into_quiet_hours_of_the_last_day_is_too_late(house: House) -> None:
    from datetime import time

    await house.found(quiet_from=time(20), quiet_to=time(7))
    await house.planner.run(START)
    await house.run(at(0))
    house.now = at(0, 19)
    assert (await press(house, "snooze")).what == "too_late"


async def test_an_overdue_reminder_can_be_snoozed_freely(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.run(at(-1))
    outcome = await press(house, "snooze", length="1")
    assert (outcome.what, outcome.until) == ("snoozed", at(-2))


async def test_pressing_snooze_twice_reminds_once(told: House) -> None:
    assert [(await press(told, "snooze")).what for _ in range(2)] == ["snoozed", "repeated"]
    assert [len(await told.run(at(6, hour))) for hour in (9, 10)] == [1, 0]


async def test_of_two_snoozes_the_last_one_counts(told: House) -> None:
    await press(told, "snooze", length="1")
    await press(told, "snooze", length="3")
    assert [len(await told.run(at(day))) for day in (6, 5, 4)] == [0, 0, 1]


@pytest.mark.parametrize("length", ["1", "2"])
async def test_a_reminder_that_was_snoozed_and_came_can_be_snoozed_again(told: House, length: str) -> None:
    first = told.sender.seen[-1][2]
    await press(told, "snooze", length="1")
    await told.run(at(6))
    outcomes = [(await press(told, "snooze", length=length, delivery_id=first)).what for _ in range(2)]
    assert outcomes == ["snoozed", "repeated"]
    later = 6 - int(length)
    assert [len(await told.run(at(later, hour))) for hour in (8, 9, 10)] == [0, 1, 0]


async def test_a_snooze_that_another_reminder_spoke_for_can_be_asked_for_again(told: House) -> None:
    first = told.sender.seen[-1][2]
    await press(told, "snooze", length="3")
    [snoozed] = [row for row, _ in await told.store.journal() if row.kind == "snooze"]
    await told.store.skip([snoozed.id], "coalesced")
    assert (await press(told, "snooze", length="1", delivery_id=first)).what == "snoozed"
    assert len(await told.run(at(6))) == 1


async def test_a_snoozed_reminder_of_a_finished_deadline_stays_away(told: House) -> None:
    await press(told, "snooze")
    await press(told, "done")
    assert await told.run(at(6)) == []


async def test_mute_silences_one_contact_and_leaves_the_date(house: House) -> None:
    await house.found()
    await house.join("web:bob")
    await house.planner.run(START)
    await house.run(at(7))
    outcomes = [(await press(house, "mute")).what for _ in range(2)]
    assert outcomes == ["muted", "muted"]
    house.sender.seen.clear()
    await house.run(at(3))
    assert [chat for chat, _, _ in house.sender.seen] == ["web:bob"]
    async with house.store.talk("web:ann", at=house.now) as talk:
        assert talk.deadlines["first"].state == "open"
        assert len(talk.acks) == 1


@pytest.mark.parametrize("act", ["done", "snooze", "mute", "seen"])
async def test_a_button_of_another_chat_or_of_nothing_does_nothing(told: House, act: str) -> None:
    assert (await press(told, act, delivery_id=999)).what == "unknown"
    async with told.store.talk("web:eve", at=told.now) as talk:
        assert acts.finish(talk, max([1]), "done:1", at=told.now).what == "unknown"
        assert not talk.acks


@pytest.mark.parametrize("act", ["done", "snooze", "mute", "seen"])
async def test_a_button_of_a_deadline_that_is_void_says_so(told: House, act: str) -> None:
    await told.change(state="superseded")
    assert (await press(told, act)).what == "settled"


@pytest.mark.parametrize("length", ["0", "-1", "1000", "x", "²"])
async def test_a_length_that_is_none_is_not_acted_upon(told: House, length: str) -> None:
    assert (await press(told, "snooze", length=length)).what == "unknown"
    assert (await told.run(at(6))) == []


async def test_settling_what_is_not_open_tells_nobody(told: House) -> None:
    async with told.store.talk("web:ann", at=told.now) as talk:
        assert acts.settle(talk, talk.deadlines["first"], at=told.now) == 0
        assert acts.settle(talk, talk.deadlines["first"], at=told.now) == 0
        assert talk.skip == [("first", "done")]


async def test_a_moved_deadline_clamps_by_its_new_day(told: House) -> None:
    await told.change(due=DUE - timedelta(days=5))
    outcome = await press(told, "snooze", length="3")
    assert (outcome.what, outcome.until) == ("clamped", at(5))


async def undo(house: House, chat: str = "web:ann", deadline_id: str = "first") -> Outcome:
    """Take Done back."""
    async with house.store.talk(chat, at=house.now) as talk:
        return acts.reopen(talk, deadline_id, at=house.now)


async def test_done_can_be_taken_back_for_a_day(told: House) -> None:
    await press(told, "done")
    assert await told.run(at(6, 9)) == []
    assert (await undo(told)).what == "reopened"
    assert [len(await told.run(at(day))) for day in (3, 1)] == [1, 1]


async def test_taking_done_back_makes_up_for_nothing(told: House) -> None:
    await told.planner.run(at(7))
    await press(told, "done")
    told.now = at(7, 10)
    await undo(told)
    assert await told.run(at(7, 11)) == []


async def test_colleagues_hear_that_it_is_open_again(house: House) -> None:
    await house.found()
    await house.join("web:bob")
    await house.planner.run(START)
    await house.run(at(7))
    await press(house, "done")
    await house.run(at(7))
    assert (await undo(house)).told == 1
    [text] = await house.run(at(7, 9, 1))
    assert "撤回了完成" in text


async def test_after_a_day_done_stays_done(told: House) -> None:
    await press(told, "done")
    told.now = at(5)
    assert (await undo(told)).what == "too_late_to_undo"
    assert await told.run(at(3)) == []


@pytest.mark.parametrize(("deadline_id", "what"), [("first", "not_done"), ("none", "unknown")])
async def test_there_may_be_nothing_to_take_back(told: House, deadline_id: str, what: str) -> None:
    assert (await undo(told, deadline_id=deadline_id)).what == what


async def test_seen_is_noted_once(told: House) -> None:
    async with told.store.talk("web:ann", at=told.now) as talk:
        row = max(talk.sent)
        outcomes = [acts.see(talk, row, f"seen:{row}", at=told.now).what for _ in range(2)]
        assert outcomes == ["seen", "seen"]
        assert [ack.action for ack in talk.acks.values()] == ["seen"]
    assert len(await told.run(at(3))) == 1


async def test_a_reminder_asked_for_in_words_comes_once_however_often_it_was_asked_for(house: House) -> None:
    await house.found()
    for _ in range(2):
        async with house.store.talk("web:ann", at=house.now) as talk:
            (deadline,) = talk.deadlines.values()
            outcome = acts.remind_on(talk, deadline, "2", at=house.now)
            assert outcome.what == "snoozed"
            keys = {row.dedupe_key for row in talk.outbox}
    assert len(keys) == 1


async def test_a_deadline_is_muted_by_name_before_any_reminder_came(house: House) -> None:
    await house.found()
    async with house.store.talk("web:ann", at=house.now) as talk:
        (deadline,) = talk.deadlines.values()
        assert acts.mute_deadline(talk, deadline).what == "muted"
        assert [wish.state for wish in talk.subscriptions.values() if wish.scope == "deadline"] == ["muted"]

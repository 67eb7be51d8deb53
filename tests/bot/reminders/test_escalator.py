"""A near reminder that nobody answers, or that does not arrive, goes on: by rank, then to the operators."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from bot.reminders import acts
from bot.reminders.escalator import Escalator
from bot.reminders.policy import UNCERTAIN_FOR
from bot.reminders.sending import Ending, SendResult
from storage.records import Membership, Subscription
from tests.bot.reminders.house import DUE, START, House, at

OPERATOR = "web:operator"
SILENT = 13  # o'clock: four working hours after a reminder at nine


class Office:
    """A house with an escalator at work."""

    def __init__(self, house: House, *operators: str) -> None:
        self.house = house
        self.escalator = Escalator(house.store, operators)

    async def run(self, now: datetime) -> dict[str, str]:
        """Plan, escalate and send all that is due; what was seen, by chat."""
        house = self.house
        house.now = now
        before = len(house.sender.seen)
        await house.dispatcher.tidy(now)
        await house.planner.run(now)
        await self.escalator.run(now)
        await house.dispatcher.drain(house.clock)
        seen = zip(house.sender.seen[before:], house.sender.texts[before:], strict=True)
        return {chat: text for (chat, _, _), text in seen}

    async def join(self, chat: str, rank: int = 1) -> str:
        """A colleague who has asked for no reminders; the contact's id."""
        async with self.house.store.talk(chat, at=START) as talk:
            person = talk.contact
        async with self.house.store.talk("web:ann", at=START) as talk:
            talk.members[person.id, "acme"] = Membership(person.id, "acme", rank)
        return person.id

    async def levels(self) -> list[tuple[str, str]]:
        """The escalations: level and chat."""
        rows = [row for row, _ in await self.house.store.journal() if row.kind == "escalation"]
        return [(row.dedupe_key.rpartition(":")[2], row.chat) for row in rows if row.repeat_of is None]


@pytest.fixture
async def office(house: House) -> Office:
    """Ann is reminded; Bob and then Cid come after her; then the operator."""
    await house.found()
    office = Office(house, OPERATOR)
    await office.join("web:cid", 2)
    await office.join("web:bob", 1)
    return office


async def test_unanswered_for_four_working_hours_it_goes_to_the_next_by_rank(office: Office) -> None:
    due = DUE + timedelta(days=1)  # a Tuesday, so that the day before is a working day
    await office.house.change(due=due)
    eve = due - timedelta(days=1)
    assert list(await office.run(at(eve))) == ["web:ann"]
    assert await office.run(at(eve, SILENT - 1, 59)) == {}
    seen = await office.run(at(eve, SILENT))
    assert list(seen) == ["web:bob"]
    assert seen["web:bob"].startswith("明天截止：do first")
    assert "4 个工作小时内没有回应" in seen["web:bob"]
    assert "现在要做：go and do first" in seen["web:bob"]


async def test_level_by_level_to_the_operators_each_once(office: Office) -> None:
    for hour in range(9, 24):
        await office.run(at(0, hour))
    for day in (-1, -2, -3, -7):
        await office.run(at(day))
        await office.run(at(day, SILENT))
    assert await office.levels() == [("E1", "web:bob"), ("E2", "web:cid"), ("E3", OPERATOR)]


async def test_operators_read_who_was_tried_and_why_it_came_to_nothing(house: House) -> None:
    await house.found()
    office = Office(house, OPERATOR)
    await office.run(at(0))
    seen = await office.run(at(0, SILENT))
    assert "没有人回应：do first，2030年5月20日（周一）截止（Acme）" in seen[OPERATOR]
    assert "web:ann：4 个工作小时内没有回应" in seen[OPERATOR]


@pytest.mark.parametrize("act", [acts.see, acts.finish, acts.mute])
async def test_an_answer_stops_it(office: Office, act: object) -> None:
    await office.run(at(0))
    async with office.house.store.talk("web:ann", at=at(0, 10)) as talk:
        row = max(talk.sent)
        act(talk, row, f"x:{row}", at=at(0, 10))  # type: ignore[operator]
    assert "web:bob" not in await office.run(at(0, SILENT))
    assert await office.levels() == []


async def test_an_answer_holds_until_the_next_near_reminder(office: Office) -> None:
    await office.run(at(1))
    async with office.house.store.talk("web:ann", at=at(1, 10)) as talk:
        acts.see(talk, max(talk.sent), "seen", at=at(1, 10))
    assert await office.run(at(1, 20)) == {}
    assert list(await office.run(at(0))) == ["web:ann"]
    assert list(await office.run(at(0, SILENT))) == ["web:bob"]


async def test_an_answer_to_an_escalation_counts_too(office: Office) -> None:
    await office.run(at(0))
    await office.run(at(0, SILENT))
    async with office.house.store.talk("web:bob", at=at(0, 14)) as talk:
        outcome = acts.see(talk, max(talk.sent), "seen", at=at(0, 14))
    assert outcome.what == "seen"
    assert [await office.run(at(0, hour)) for hour in (18, 23)] == [{}, {}]


async def test_early_reminders_are_not_escalated(office: Office) -> None:
    for day in (7, 3):
        await office.run(at(day))
        assert await office.run(at(day, 20)) == {}
    assert await office.levels() == []


@pytest.mark.parametrize(
    ("ending", "why"),
    [(Ending.BLOCKED, "已收不到消息"), (Ending.GONE, "会话已不存在"), (Ending.REFUSED, "没能送达")],
)
async def test_what_cannot_be_delivered_goes_on_at_once(office: Office, ending: Ending, why: str) -> None:
    office.house.sender.endings = [SendResult(ending)]
    await office.run(at(0))
    seen = await office.run(at(0, 9, 1))
    assert list(seen) == ["web:bob"]
    assert why in seen["web:bob"]


async def test_a_contact_lost_long_ago_is_not_waited_for(office: Office) -> None:
    await office.house.store.contact_state("web:ann", "blocked")
    assert await office.run(at(2)) == {}
    seen = await office.run(at(1))
    assert list(seen) == ["web:bob"]


async def test_uncertain_twice_over_it_goes_on(office: Office) -> None:
    office.house.sender.endings = [SendResult(Ending.UNCERTAIN), SendResult(Ending.UNCERTAIN)]
    now = at(0)
    for _ in range(5):
        await office.run(now)
        now += UNCERTAIN_FOR + timedelta(seconds=1)
    assert await office.levels() == [("E1", "web:bob")]


async def test_who_is_away_or_does_not_want_to_hear_is_left_out(office: Office) -> None:
    await office.house.store.contact_state("web:bob", "paused")
    async with office.house.store.talk("web:cid", at=START) as talk:
        own = Subscription("m", talk.contact.id, "acme", "deadline", "first", state="muted")
        talk.subscriptions["m"] = own
    await office.run(at(0))
    assert list(await office.run(at(0, SILENT))) == [OPERATOR]


async def test_quiet_hours_of_the_next_contact_are_kept(office: Office) -> None:
    async with office.house.store.talk("web:bob", at=START) as talk:
        talk.contact = replace(talk.contact, quiet_from=time(12), quiet_to=time(15))
    await office.run(at(0))
    assert await office.run(at(0, SILENT)) == {}
    assert list(await office.run(at(0, 15))) == ["web:bob"]


async def test_the_days_before_are_those_of_the_contact_it_goes_to(office: Office) -> None:
    await office.house.store.contact_state("web:ann", "blocked")
    await office.run(at(0, 7))  # the day before, by UTC
    [row] = [row for row, _ in await office.house.store.journal() if row.kind == "escalation"]
    assert (row.chat, row.lead) == ("web:bob", 0)


async def test_on_the_last_stretch_plain_hours_count(office: Office) -> None:
    sunday = DUE - timedelta(days=1)
    await office.house.change(due=sunday)
    await office.run(at(sunday - timedelta(days=1)))
    assert list(await office.run(at(sunday - timedelta(days=1), SILENT))) == ["web:bob"]


async def test_a_colleague_reminded_too_is_told_in_one_message(house: House) -> None:
    await house.found()
    await house.join("web:bob")
    office = Office(house)
    await house.planner.run(START)
    await house.store.contact_state("web:ann", "blocked")
    seen = await office.run(at(0))
    assert [chat for chat, _, _ in house.sender.seen] == ["web:bob"]
    assert "已收不到消息" in seen["web:bob"]


async def test_a_moved_deadline_starts_anew(office: Office) -> None:
    await office.run(at(0))
    await office.run(at(0, SILENT))
    later = DUE + timedelta(days=7)
    await office.house.change(due=later)
    await office.run(at(later))
    await office.run(at(later, SILENT))
    assert await office.levels() == [("E1", "web:bob"), ("E1", "web:bob")]


async def test_without_operators_it_ends_with_the_contacts(house: House) -> None:
    await house.found()
    office = Office(house)
    await office.run(at(0))
    assert await office.run(at(0, SILENT)) == {}
    assert await office.levels() == []


async def test_a_done_deadline_is_not_escalated_even_when_it_waits(office: Office) -> None:
    await office.run(at(0))
    office.house.now = at(0, SILENT)
    await office.escalator.run(at(0, SILENT))
    async with office.house.store.talk("web:ann", at=at(0, SILENT)) as talk:
        acts.settle(talk, talk.deadlines["first"], at=at(0, SILENT))
    assert await office.run(at(0, SILENT, 1)) == {}


async def test_running_again_and_a_fresh_escalator_write_nothing_more(office: Office) -> None:
    await office.run(at(0))
    await office.run(at(0, SILENT))
    assert [await Escalator(office.house.store, [OPERATOR]).run(at(0, SILENT)) for _ in range(2)] == [0, 0]

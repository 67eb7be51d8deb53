"""Sending: once, in order, by the endings; nothing lost silently, nothing doubled unmarked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages import Intent, Reply, Text
from bot.reminders import dispatcher as dispatching
from bot.reminders.limits import Limits
from bot.reminders.sending import Ending, SendResult
from bot.wire import pack
from storage.records import NewDelivery
from storage.store import Store
from tests.bot.reminders.house import DUE, START, House, at, deadline

SECOND = timedelta(seconds=1)
LOST = SendResult(Ending.UNCERTAIN, detail="read timeout")


def reply(text: str = "您好", key: str = "u1:0", chat: str = "web:ann") -> NewDelivery:
    """An answer of the assistant on its way."""
    said = Reply(Intent.HELP, (Text(text, "headline"),))
    return NewDelivery(key, chat, "reply", START, pack(said), priority=0)


async def test_a_reminder_arrives_once_however_often_the_loop_runs(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    assert len(await house.run(at(14))) == 1
    assert await house.run(at(7, 8, 59)) == []
    sent = [await house.run(at(7, 9, minute)) for minute in range(30)]
    assert [len(texts) for texts in sent] == [1, *[0] * 29]
    assert (await house.states())["L7"] == ("sent", "")


async def test_replies_are_unpacked_and_sent(house: House) -> None:
    await house.store.enqueue([reply()])
    assert await house.run(START) == ["您好"]


async def test_replies_go_before_reminders(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.store.enqueue([replace(reply(), due_at=at(7))])
    texts = await house.run(at(7))
    assert [text[:2] for text in texts] == ["您好", "还有"]


async def test_several_deadlines_of_a_day_travel_together(house: House) -> None:
    await house.found(keys=("first", "second", "third"))
    await house.planner.run(START)
    [text] = await house.run(at(7))
    assert all(f"do {key}" in text for key in ("first", "second", "third"))
    [states] = {(row.state, row.message_id) for row, _ in await house.store.journal() if row.lead == 7}
    assert states == ("sent", "1")


async def test_after_two_days_down_each_deadline_is_mentioned_once_with_the_days_truly_left(
    house: House,
) -> None:
    await house.found(keys=("first", "second"))
    await house.change("second", due=DUE + timedelta(days=2))
    await house.planner.run(START)
    [text] = await house.run(at(0, 10))
    assert "今天截止" in text
    assert "还有 2 天" in text
    assert (text.count("do first"), text.count("do second")) == (1, 1)
    aside = {
        row.reason for row, _ in await house.store.journal() if row.deadline_id == "first" and row.lead == 3
    }
    assert aside == {"coalesced"}
    assert await house.run(at(0, 10, 30)) == []


async def test_before_the_planner_runs_the_dispatcher_coalesces_by_itself(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    house.now = at(2)
    await house.dispatcher.drain(house.clock)
    [text] = house.sender.texts
    assert text.startswith("还有 2 天")
    assert {name: state for name, (state, _) in (await house.states()).items()}["L7"] == "skipped"


async def test_a_late_reminder_of_today_never_says_today(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    assert await house.run(at(-1, 8)) == []  # the one of nine o'clock says it all
    [text] = await house.run(at(-1))
    assert text.startswith("已逾期 1 天")


async def test_a_chat_gets_one_message_of_reminders_in_five_minutes(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    await house.run(at(7))
    async with house.store.talk("web:ann", at=at(7)) as talk:
        row = replace((await _rows(house))[0], due_at=at(7, 9, 1))
        talk.deadlines["second"] = deadline("second")
        talk.outbox.append(_again(row, "second"))
    assert await house.run(at(7, 9, 2)) == []
    assert len(await house.run(at(7, 9, 5))) == 1
    attempts = [attempts for row, attempts in await house.store.journal() if row.dedupe_key == "other"]
    assert [len(tried) for tried in attempts] == [1]


async def _rows(house: House) -> list[NewDelivery]:
    return [row for row, _ in await house.store.journal() if row.lead == 7]


def _again(row: NewDelivery, deadline_id: str) -> NewDelivery:
    return NewDelivery(
        "other",
        row.chat,
        "snooze",
        row.due_at,
        {},
        contact_id=row.contact_id,
        company_id="acme",
        deadline_id=deadline_id,
        revision=1,
        lead=7,
    )


# --- endings ---------------------------------------------------------------------------------------


async def test_a_refused_connection_is_tried_again_with_growing_waits(house: House) -> None:
    await house.store.enqueue([reply()])
    house.sender.endings = [SendResult(Ending.NOT_SENT, detail="connect")] * 3
    assert await house.run(START) == []
    assert await house.run(START + 0.9 * SECOND) == []
    assert house.sender.tries == 1
    await house.run(START + SECOND)
    await house.run(START + 3 * SECOND)
    assert await house.run(START + 7 * SECOND) == ["您好"]
    [(row, attempts)] = await house.store.journal()
    assert [attempt.outcome for attempt in attempts] == ["not_sent"] * 3 + ["sent"]
    assert row.attempts == 4


async def test_being_told_to_wait_is_honoured_and_burns_no_attempt(store: Store) -> None:
    house = House(store, limits=Limits())
    await house.store.enqueue([reply(), reply("zwei", "u2:0")])
    house.sender.endings = [SendResult(Ending.LIMITED, retry_after=30)]
    await house.run(START)
    assert await house.run(START + 29 * SECOND) == []
    assert house.sender.tries == 1
    await house.run(START + 34 * SECOND)
    assert await house.run(START + 35 * SECOND) == []
    assert [row.attempts for row, _ in await store.journal()] == [1, 1]


async def test_a_blocked_chat_is_tried_once_and_left_alone(house: House) -> None:
    await house.found()
    await house.join("web:bob")
    await house.planner.run(START)
    house.sender.endings = [SendResult(Ending.BLOCKED)]
    await house.run(at(7))
    assert house.sender.tries == 2  # the other contact is told all the same
    for day in (3, 1, 0):
        await house.run(at(day))
    assert house.sender.tries == 5
    states = sorted(contact.state for contact in await house.store.contacts("acme"))
    assert states == ["active", "blocked"]


async def test_after_unblocking_one_message_comes_and_no_backlog(house: House) -> None:
    await house.found(keys=("first", "second"))
    await house.planner.run(START)
    house.sender.endings = [SendResult(Ending.BLOCKED)]
    await house.run(at(14))
    await house.run(at(7))
    await house.store.contact_state("web:ann", "active")
    [text] = await house.run(at(2))
    assert (text.count("do first"), text.count("do second")) == (1, 1)
    assert "还有 2 天" in text
    assert await house.run(at(2, 12)) == []


async def test_a_chat_that_is_gone_is_marked_so(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    house.sender.endings = [SendResult(Ending.GONE)]
    await house.run(at(7))
    assert [contact.state for contact in await house.store.contacts("acme")] == ["gone"]
    assert (await house.states())["L3"] == ("skipped", "gone")


async def test_a_moved_chat_gets_its_message_at_the_new_place(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    house.sender.endings = [SendResult(Ending.MOVED, new_chat="web:-100")]
    await house.run(at(7))
    assert [chat for chat, _, _ in house.sender.seen] == ["web:-100"]
    await house.run(at(3))
    assert [chat for chat, _, _ in house.sender.seen] == ["web:-100"] * 2


async def test_a_refused_message_does_not_hold_up_the_chats_others(house: House) -> None:
    await house.store.enqueue([reply("bad"), reply("good", "u2:0")])
    house.sender.endings = [SendResult(Ending.REFUSED, detail="can't parse entities")]
    assert await house.run(START) == ["good"]
    assert (await house.states())["0"] == ("sent", "")
    row = await house.store.delivery(1)
    assert row is not None
    assert row.reason == "refused: can't parse entities"


async def test_a_wrong_token_stops_the_channel_and_loses_nothing(house: House) -> None:
    await house.store.enqueue([reply(f"r{n}", f"u{n}:0", f"web:{n}") for n in range(5)])
    house.sender.endings = [SendResult(Ending.MISCONFIGURED)] * 2
    for seconds in (0, 10, 59):
        await house.run(START + seconds * SECOND)
    assert house.sender.tries == 1
    await house.run(START + 61 * SECOND)
    assert house.sender.tries == 2
    assert len(await house.run(START + 130 * SECOND)) == 5


async def test_a_lost_answer_to_an_early_lead_is_held_and_visible(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    house.sender.endings = [LOST]
    assert len(await house.run(at(7))) == 1
    assert (await house.states())["L7"] == ("uncertain", "")
    for minute in (1, 3, 60):
        assert await house.run(at(7) + minute * 60 * SECOND) == []
    assert (await house.states())["L7"] == ("closed", "held")


@pytest.mark.parametrize("day", [1, 0, -3])
async def test_a_lost_answer_near_the_deadline_is_repeated_once_with_a_mark(house: House, day: int) -> None:
    await house.found()
    await house.planner.run(START)
    house.sender.endings = [LOST, LOST]
    await house.run(at(day))
    [again] = await house.run(at(day) + 95 * SECOND)
    assert again.startswith("重发")
    for minute in (10, 20, 30):
        assert await house.run(at(day) + minute * 60 * SECOND) == []


async def test_a_lost_reply_is_repeated_while_it_is_fresh(house: House) -> None:
    await house.store.enqueue([reply()])
    house.sender.endings = [LOST]
    await house.run(START)
    [again] = await house.run(START + 91 * SECOND)
    assert again.startswith("重发")
    assert again.endswith("您好")


async def test_what_was_proved_meanwhile_is_not_repeated(house: House) -> None:
    await house.found()
    await house.planner.run(START)
    house.sender.endings = [LOST]
    await house.run(at(1))
    [row] = [row for row, _ in await house.store.journal() if row.lead == 1]
    house.now = at(1) + 91 * SECOND
    await house.dispatcher.tidy(house.now)
    repeat = next(row for row, _ in await house.store.journal() if row.repeat_of == row.id or row.repeat_of)
    assert repeat.repeat_of == row.id
    await _prove(house.store, row.id)
    assert await house.run(house.now) == []
    assert (await house.states())["repeat"] == ("skipped", "proved")


async def _prove(store: Store, delivery_id: int) -> None:
    """A late answer that arrives after the decision, as another sender would write it."""
    connection = store._connection  # type: ignore[attr-defined]
    connection.execute("update delivery set state = 'sent' where id = ?", (delivery_id,))


async def test_a_sender_that_raises_leaves_the_fate_open(house: House) -> None:
    await house.store.enqueue([reply()])
    house.sender.endings = [RuntimeError("bug")]
    await house.run(START)
    assert (await house.states())["0"] == ("uncertain", "")


async def test_a_sender_that_hangs_is_given_up_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatching, "SEND_TIMEOUT", 0.01)
    house.sender.slow = 30
    await house.store.enqueue([reply()])
    await house.run(START)
    assert (await house.states())["0"] == ("uncertain", "")


async def test_a_reply_that_cannot_be_put_into_words_holds_up_nobody(house: House) -> None:
    spoilt = replace(reply(), payload={"intent": "nonsense"})
    await house.store.enqueue([spoilt, reply("good", "u2:0")])
    assert await house.run(START) == ["good"]
    row = await house.store.delivery(1)
    assert row is not None
    assert row.state == "pending"

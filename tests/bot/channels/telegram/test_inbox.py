import asyncio
import logging
from datetime import timedelta

import pytest

from bot.channels.telegram import answering, inbox
from bot.errors import UserError
from bot.messages import Audience, Incoming
from storage.errors import StoreUnavailable
from storage.records import NewDelivery, Update
from tests.bot.channels.telegram.house import House, open_house, until


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "LOOK_AGAIN", 0.02)


async def _contact_state(house: House, chat: str) -> str:
    async with house.store.talk(chat, at=house.now) as talk:
        return talk.contact.state


async def test_what_is_heard_names_chat_time_sender_and_update() -> None:
    async with open_house() as house:
        number = house.world.user(7).writes("你好")
        await house.ready()
        assert house.assistant.heard == [
            Incoming(
                "telegram:7",
                house.now,
                text="你好",
                sender="7",
                update=f"telegram:{number}",
                message="1",
                name="用户7",
                audience=Audience.PRIVATE,
                link="https://t.me/XizeTestBot?start={payload}",
            )
        ]


async def test_a_chats_messages_are_answered_in_their_order() -> None:
    async with open_house() as house:
        people = [house.world.user(n) for n in range(1, 6)]
        for n in range(20):
            for person in people:
                person.writes(f"第{n}句")
        await house.ready()
        for person in people:
            assert person.sees() == [f"回答：第{n}句" for n in range(20)]


async def test_a_backlog_is_worked_off_without_looking_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "LOOK_AGAIN", 3600)
    monkeypatch.setattr(inbox, "AT_ONCE", 8)
    async with open_house() as house:
        people = [house.world.user(n) for n in (1, 2, 3)]
        for n in range(30):
            for person in people:
                person.writes(f"第{n}句")
        await house.ready()
        for person in people:
            assert person.sees() == [f"回答：第{n}句" for n in range(30)]


async def test_a_correction_by_editing_is_answered_again() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("3 名审核师")
        await ann.hears()
        ann.edits("4 名审核师")
        assert await ann.hears() == "回答：4 名审核师"


async def test_a_file_is_read_while_it_is_answered_and_then_gone() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.sends_file("../名单.csv", "姓名\n张三".encode())
        assert await ann.hears() == "回答：名单.csv"
        assert house.assistant.files == ["姓名\n张三".encode()]
        path = house.assistant.heard[0].file
        assert path is not None
        assert not path.exists()
        assert not path.parent.exists()


@pytest.mark.parametrize("declared", [True, False])
async def test_a_file_too_large_is_said(monkeypatch: pytest.MonkeyPatch, *, declared: bool) -> None:
    async with open_house() as house:
        monkeypatch.setattr(answering, "FILE_LIMIT", 10 if declared else 1000)
        house.world.download_limit = 10
        ann = house.world.user(1)
        ann.sends_file("名单.csv", b"x" * 100)
        assert "文件太大" in await ann.hears()
        assert not house.assistant.heard


async def test_a_voice_gets_a_word_about_what_can_be_read() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.sends_voice()
        assert "只读文字" in await ann.hears()
        await house.ready()
        assert not house.assistant.heard


async def test_a_tap_that_telegram_finds_too_old_is_answered_all_the_same() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("第十条")
        await ann.hears()
        ann.taps("期限怎么算")
        house.world.unanswered_taps.clear()
        assert await ann.hears() == "回答：dates"


async def test_a_double_tap_is_two_taps_each_released() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("第十条")
        await ann.hears()
        ann.taps("期限怎么算")
        ann.taps("期限怎么算")
        await house.ready()
        assert [item.tap for item in house.assistant.heard[1:]] == ["dates", "dates"]
        assert len({item.update for item in house.assistant.heard}) == 3

        async def released() -> bool:
            return not house.world.unanswered_taps

        await until(released)


async def test_one_that_fails_at_first_is_answered_in_the_end() -> None:
    async with open_house() as house:
        failures = iter([RuntimeError("once"), RuntimeError("twice")])

        def trouble(_: Incoming) -> None:
            for failure in failures:
                raise failure

        house.channel._inbox._steps = (0.0,)
        house.assistant.trouble = trouble
        ann = house.world.user(1)
        ann.writes("第十条")
        assert await ann.hears() == "回答：第十条"
        await house.ready()
        assert len(ann.sees()) == 1


async def test_one_that_keeps_failing_is_set_aside_said_once_and_blocks_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.CRITICAL)
    async with open_house() as house:

        def trouble(incoming: Incoming) -> None:
            if incoming.text == "毒":
                raise RuntimeError("cannot")

        house.channel._inbox._steps = (0.0,)
        house.assistant.trouble = trouble
        ann, ben = house.world.user(1), house.world.user(2)
        ann.writes("毒")
        ann.writes("第十条")
        ben.writes("第十一条")
        await house.ready()
        assert len(ann.sees()) == 2
        assert "没能处理" in ann.sees()[0]
        assert ann.sees()[1] == "回答：第十条"
        assert ben.sees() == ["回答：第十一条"]
        assert await house.store.waiting() == []


async def test_what_the_user_can_mend_is_said_at_once() -> None:
    async with open_house() as house:

        def trouble(_: Incoming) -> None:
            raise UserError("telegram.unreadable")

        house.assistant.trouble = trouble
        ann = house.world.user(1)
        ann.writes("第十条")
        assert "只读文字" in await ann.hears()
        assert await house.store.waiting() == []


async def test_a_store_that_is_away_costs_no_attempt(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    async with open_house() as house:
        outage = iter([StoreUnavailable("locked")] * (inbox.ATTEMPTS + 2))

        def trouble(_: Incoming) -> None:
            for failure in outage:
                raise failure

        house.channel._inbox._steps = (0.0,)
        house.assistant.trouble = trouble
        ann = house.world.user(1)
        ann.writes("第十条")
        assert await ann.hears() == "回答：第十条"


async def test_an_inbox_that_cannot_be_read_is_looked_into_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    async with open_house(serve=False) as house:
        waiting, failures = house.store.waiting, iter([StoreUnavailable("locked"), ValueError("odd row")])

        async def shaky(limit: int = 100, *, channel: str | None = None) -> list[Update]:
            for failure in failures:
                raise failure
            return await waiting(limit, channel=channel)

        monkeypatch.setattr(house.store, "waiting", shaky)
        house.world.user(1).writes("第十条")
        stop = asyncio.Event()
        running = asyncio.create_task(house.channel.run(stop))

        async def heard() -> bool:
            return bool(house.assistant.heard)

        await until(heard)
        stop.set()
        await running
        assert len(house.assistant.heard) == 1


async def test_blocking_is_noted_what_waits_is_skipped_and_start_brings_back() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("你好")
        await ann.hears()
        later = NewDelivery("x", "telegram:1", "lead", house.now + timedelta(days=1), {})
        await house.store.enqueue([later])
        ann.blocks()
        await house.ready()
        assert await _contact_state(house, "telegram:1") == "blocked"
        house.now += timedelta(days=2)
        assert await house.store.claim("x", now=house.now, lease=timedelta(1), limit=9) == []
        ann.unblocks()
        await house.ready()
        assert await _contact_state(house, "telegram:1") == "active"


async def test_a_greeting_makes_a_chat_thought_gone_reachable_again() -> None:
    async with open_house() as house:
        ann = house.world.user(1)
        ann.writes("你好")
        await ann.hears()
        await house.store.contact_state("telegram:1", "gone")
        ann.starts()
        await ann.hears()
        assert await _contact_state(house, "telegram:1") == "active"


async def test_a_group_keeps_its_contact_when_it_moves() -> None:
    async with open_house() as house:
        group = house.world.group(-5)
        ann = group.member(1)
        ann.writes("/check")
        await ann.hears()
        async with house.store.talk("telegram:-5", at=house.now) as talk:
            before = talk.contact.id
        moved = group.migrates(-1005, ann)
        await house.ready()
        async with house.store.talk("telegram:-1005", at=house.now) as talk:
            assert talk.contact.id == before
        ben = moved.member(2)
        ben.writes("/deadlines")
        assert await ben.hears() == "回答：/deadlines"


async def test_talk_in_a_group_is_not_even_kept() -> None:
    async with open_house() as house:
        ann = house.world.group(-5).member(1)
        ann.writes("今天中午吃什么")
        ann.writes("@XizeTestBot 第十条")
        assert await ann.hears() == "回答：第十条"
        assert [item.text for item in house.assistant.heard] == ["第十条"]


async def test_an_update_that_nobody_can_read_is_set_aside(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    async with open_house() as house:
        house.channel._inbox._steps = (0.0,)
        house.world.happen("message", {"message_id": "?", "chat": 7})
        ann = house.world.user(1)
        ann.writes("第十条")
        assert await ann.hears() == "回答：第十条"
        await house.ready()
        assert await house.store.waiting() == []


async def test_a_stop_lets_the_answer_under_way_end() -> None:
    async with open_house(serve=False) as house:
        begun, go_on = asyncio.Event(), asyncio.Event()
        respond = house.assistant.respond

        async def slowly(incoming: Incoming) -> object:
            begun.set()
            await go_on.wait()
            return await respond(incoming)

        house.assistant.respond = slowly  # type: ignore[assignment, method-assign]
        ann = house.world.user(1)
        ann.writes("第十条")
        stop = asyncio.Event()
        running = asyncio.create_task(house.channel.run(stop))
        await begun.wait()
        stop.set()
        go_on.set()
        await running
        await house.deliver()
        assert ann.sees() == ["回答：第十条"]

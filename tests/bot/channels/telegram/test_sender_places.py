"""Where a message goes: a forum's topic, the place of another message, and what happens when that is gone."""

from dataclasses import replace

import httpx
import pytest

from bot.channels.telegram.building import build_telegram
from bot.channels.telegram.sender import REMINDERS_THREAD, TelegramSender
from bot.messages import Attachment, Button, Intent, Place, Reply, Text
from bot.reminders.sending import Ending
from storage.errors import StoreUnavailable
from tests.bot.channels.telegram.house import reply
from tests.bot.channels.telegram.test_sender import LONG, Notes
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_errors import answers, limited, network
from tests.fakes.telegram_people import Person

KEY = Button("几点", "settings:hour")


@pytest.fixture
def world() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def sender(world: FakeTelegram, notes: Notes) -> TelegramSender:
    bot = build_telegram(world.token, request=world.request, updates_request=world.request)
    return TelegramSender(bot, notes)


@pytest.fixture
def forum(world: FakeTelegram) -> Person:
    group = world.group(-5)
    group.opens_topics(11)
    return group.member(1)


def _at(answer: Reply, thread: int = 0, replaces: int = 0) -> Reply:
    return replace(answer, place=Place(thread, replaces))


# --- topics --------------------------------------------------------------------------------------


async def test_every_part_goes_to_the_topic(sender: TelegramSender, forum: Person) -> None:
    await sender.send("telegram:-5", _at(LONG, 11), delivery_id=1)
    assert len(forum.sees()) > 1
    assert {message["message_thread_id"] for message in forum.chat.messages} == {11}


async def test_files_go_to_the_topic(sender: TelegramSender, forum: Person, tmp_path: object) -> None:
    path = tmp_path / "a.ics"  # type: ignore[operator]
    path.write_bytes(b"x")
    answer = replace(reply("日历"), attachments=(Attachment("a.ics", "text/calendar", path),))
    await sender.send("telegram:-5", _at(answer, 11), delivery_id=1)
    assert [message["message_thread_id"] for message in forum.chat.messages] == [11, 11]


async def test_when_a_topic_is_gone_the_group_is_told(sender: TelegramSender, forum: Person) -> None:
    result = await sender.send("telegram:-5", _at(reply("还有 7 天"), 12), delivery_id=1)
    assert result.ending is Ending.SENT
    assert "message_thread_id" not in forum.last()


async def test_a_reminder_goes_where_it_was_asked_for_and_an_answer_does_not(
    sender: TelegramSender, forum: Person, notes: Notes
) -> None:
    notes.kept[REMINDERS_THREAD.format(chat="telegram:-5")] = "11"
    await sender.send("telegram:-5", reply("还有 7 天"), delivery_id=1)
    assert forum.last()["message_thread_id"] == 11
    await sender.send("telegram:-5", _at(reply("至少 4 名")), delivery_id=2)
    assert "message_thread_id" not in forum.last()


async def test_a_person_has_no_topics_to_look_up(
    world: FakeTelegram, sender: TelegramSender, notes: Notes
) -> None:
    notes.kept[REMINDERS_THREAD.format(chat="telegram:1")] = "11"
    ann = world.user(1)
    assert (await sender.send("telegram:1", reply(), delivery_id=1)).ending is Ending.SENT
    assert "message_thread_id" not in ann.last()


async def test_a_store_that_is_away_leaves_the_message_unsent(
    sender: TelegramSender, forum: Person, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(name: str) -> str | None:
        raise StoreUnavailable("gone")

    monkeypatch.setattr(notes, "bookmark", fail)
    assert (await sender.send("telegram:-5", reply(), delivery_id=1)).ending is Ending.NOT_SENT
    assert forum.sees() == []


# --- edits ---------------------------------------------------------------------------------------


async def _shown(world: FakeTelegram, sender: TelegramSender) -> tuple[Person, int]:
    ann = world.user(1)
    result = await sender.send("telegram:1", reply("设置", KEY), delivery_id=1)
    return ann, int(result.message_id or 0)


async def test_a_page_takes_the_place_of_the_one_before(world: FakeTelegram, sender: TelegramSender) -> None:
    ann, message = await _shown(world, sender)
    result = await sender.send("telegram:1", _at(reply("几点提醒？", KEY), 0, message), delivery_id=2)
    assert (result.ending, result.message_id) == (Ending.SENT, str(message))
    assert ann.sees() == ["几点提醒？"]


async def test_the_same_page_again_counts_as_sent(world: FakeTelegram, sender: TelegramSender) -> None:
    ann, message = await _shown(world, sender)
    for delivery in (2, 3):
        result = await sender.send("telegram:1", _at(reply("设置", KEY), 0, message), delivery_id=delivery)
        assert (result.ending, result.message_id) == (Ending.SENT, str(message))
    assert ann.sees() == ["设置"]


@pytest.mark.parametrize(
    "gone", ["message can't be edited", "message to edit not found", "MESSAGE_ID_INVALID"]
)
async def test_where_no_edit_is_possible_a_new_message_says_it(
    world: FakeTelegram, sender: TelegramSender, gone: str
) -> None:
    ann, message = await _shown(world, sender)
    world.faults.next("editMessageText", answers(400, f"Bad Request: {gone}"))
    result = await sender.send("telegram:1", _at(reply("几点提醒？"), 0, message), delivery_id=2)
    assert result.ending is Ending.SENT
    assert ann.sees() == ["设置", "几点提醒？"]


@pytest.mark.parametrize("accepted", [True, False])
async def test_an_edit_whose_answer_was_lost_is_simply_done_again(
    world: FakeTelegram, sender: TelegramSender, *, accepted: bool
) -> None:
    ann, message = await _shown(world, sender)
    world.faults.next("editMessageText", network(httpx.ReadTimeout, accepted=accepted))
    page = _at(reply("几点提醒？"), 0, message)
    assert (await sender.send("telegram:1", page, delivery_id=2)).ending is Ending.NOT_SENT
    assert (await sender.send("telegram:1", page, delivery_id=2)).ending is Ending.SENT
    assert ann.sees() == ["几点提醒？"]


async def test_an_edit_may_have_to_wait_like_anything_else(
    world: FakeTelegram, sender: TelegramSender
) -> None:
    _, message = await _shown(world, sender)
    world.faults.next("editMessageText", limited(7))
    result = await sender.send("telegram:1", _at(reply("几点？"), 0, message), delivery_id=2)
    assert (result.ending, result.retry_after) == (Ending.LIMITED, 7)


async def test_a_page_too_long_for_one_message_is_sent_anew(
    world: FakeTelegram, sender: TelegramSender
) -> None:
    ann, message = await _shown(world, sender)
    await sender.send("telegram:1", _at(LONG, 0, message), delivery_id=2)
    assert ann.sees()[0] == "设置"
    assert len(ann.sees()) > 2


async def test_a_page_that_cannot_be_read_as_markup_arrives_in_plain_words(
    world: FakeTelegram, sender: TelegramSender
) -> None:
    ann, message = await _shown(world, sender)
    world.faults.next("editMessageText", answers(400, "Bad Request: can't parse entities: x"))
    answer = Reply(Intent.HELP, (Text("几点？", "headline"),))
    assert (await sender.send("telegram:1", _at(answer, 0, message), delivery_id=2)).ending is Ending.SENT
    assert ann.sees()[-1] == "几点？"

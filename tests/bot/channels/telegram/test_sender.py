import logging
from pathlib import Path

import httpx
import pytest

from bot.channels.telegram.building import build_telegram
from bot.channels.telegram.sender import TelegramSender
from bot.messages import Attachment, Bullets, Button, Clause, Intent, Reply, Text
from bot.reminders.sending import Ending
from storage.errors import StoreUnavailable
from tests.bot.channels.telegram.house import reply
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_errors import Fault, answers, garbage, gateway, limited, network


class Notes:
    """Bookmarks in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.closed = False

    async def bookmark(self, name: str) -> str | None:
        return self.kept.get(name)

    async def set_bookmark(self, name: str, value: str) -> None:
        if self.closed:
            raise StoreUnavailable("disk full")
        self.kept[name] = value


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


LONG = Reply(
    Intent.LOOKUP,
    (
        Text("至少 4 名", "headline"),
        *(Bullets(tuple(f"{n}第{i}条" * 20 for i in range(20))) for n in "甲乙丙"),
    ),
    (Button("看条款", "ref:art_10"),),
)


async def test_words_and_buttons_arrive(world: FakeTelegram, sender: TelegramSender) -> None:
    ann = world.user(1)
    result = await sender.send("telegram:1", reply("至少 4 名。", Button("看条款", "ref:x")), delivery_id=1)
    assert result.ending is Ending.SENT
    assert result.message_id == str(ann.last()["message_id"])
    assert ann.sees() == ["至少 4 名。"]
    assert ann.buttons() == ["看条款"]


async def test_links_are_not_previewed(world: FakeTelegram, sender: TelegramSender) -> None:
    world.user(1)
    await sender.send("telegram:1", reply(), delivery_id=1)
    assert world.called("sendMessage")[0]["link_preview_options"] == '{"is_disabled": true}'


async def test_what_looks_like_markup_is_shown_as_written(
    world: FakeTelegram, sender: TelegramSender
) -> None:
    ann = world.user(1)
    text = "<b>4 名</b> & <script>“x”</script>"
    clause = Clause("x", text, text, True, text, text, text)
    await sender.send("telegram:1", Reply(Intent.LOOKUP, (Text(text), clause)), delivery_id=1)
    assert ann.last()["text"].count(text) == 6


async def test_a_long_reply_becomes_several_messages_with_the_buttons_last(
    world: FakeTelegram, sender: TelegramSender
) -> None:
    ann = world.user(1)
    result = await sender.send("telegram:1", LONG, delivery_id=1)
    assert result.ending is Ending.SENT
    assert len(ann.sees()) > 1
    assert "reply_markup" in ann.last()
    assert sum("reply_markup" in message for message in ann.chat.messages) == 1
    assert result.message_id == str(ann.last()["message_id"])


async def test_files_follow_the_words(world: FakeTelegram, sender: TelegramSender, tmp_path: Path) -> None:
    ann = world.user(1)
    path = tmp_path / "x"
    path.write_bytes(b"BEGIN:VCALENDAR")
    files = (Attachment("期限.ics", "text/calendar", path),)
    result = await sender.send("telegram:1", reply("日历：", Button("好", "ok"), files=files), delivery_id=1)
    assert ann.files() == [("期限.ics", b"BEGIN:VCALENDAR")]
    assert result.message_id == str(ann.chat.messages[0]["message_id"])


async def test_a_file_alone_carries_the_buttons(
    world: FakeTelegram, sender: TelegramSender, tmp_path: Path
) -> None:
    ann = world.user(1)
    (tmp_path / "x").write_bytes(b"x")
    alone = Reply(
        Intent.EXPORT, (), (Button("好", "ok"),), attachments=(Attachment("a", "b", tmp_path / "x"),)
    )
    assert (await sender.send("telegram:1", alone, delivery_id=1)).ending is Ending.SENT
    assert ann.buttons() == ["好"]


async def test_a_file_that_is_gone_is_said_and_the_words_arrive(
    world: FakeTelegram, sender: TelegramSender, tmp_path: Path
) -> None:
    ann = world.user(1)
    files = (Attachment("期限.ics", "text/calendar", tmp_path / "gone"),)
    assert (
        await sender.send("telegram:1", reply("日历：", files=files), delivery_id=1)
    ).ending is Ending.SENT
    assert ann.sees()[0].startswith("日历：")
    assert "期限.ics" in ann.sees()[0]


async def test_html_that_telegram_cannot_read_goes_as_plain_text(
    world: FakeTelegram, sender: TelegramSender, caplog: pytest.LogCaptureFixture
) -> None:
    ann = world.user(1)
    world.faults.next("sendMessage", answers(400, "Bad Request: can't parse entities: Unsupported start tag"))
    with caplog.at_level(logging.ERROR):
        result = await sender.send("telegram:1", reply("4 名 & 以上"), delivery_id=1)
    assert result.ending is Ending.SENT
    assert ann.sees() == ["4 名 & 以上"]
    assert "template" in caplog.text


async def test_words_arrive_even_where_the_keyboard_is_refused(
    world: FakeTelegram, sender: TelegramSender
) -> None:
    ann = world.user(1)
    local = reply("至少 4 名。", Button("网页", url="http://localhost:8080/"))
    assert (await sender.send("telegram:1", local, delivery_id=1)).ending is Ending.SENT
    assert ann.sees() == ["至少 4 名。"]
    assert ann.buttons() == []


@pytest.mark.parametrize(
    ("fault", "ending", "seen"),
    [
        (network(httpx.ConnectError), Ending.NOT_SENT, 0),
        (network(httpx.ConnectTimeout), Ending.NOT_SENT, 0),
        (network(httpx.PoolTimeout), Ending.NOT_SENT, 0),
        (network(httpx.ReadTimeout), Ending.UNCERTAIN, 0),
        (network(httpx.ReadTimeout, accepted=True), Ending.UNCERTAIN, 1),
        (network(httpx.RemoteProtocolError, accepted=True), Ending.UNCERTAIN, 1),
        (gateway(502), Ending.UNCERTAIN, 0),
        (gateway(504, accepted=True), Ending.UNCERTAIN, 1),
        (garbage(), Ending.UNCERTAIN, 1),
        (garbage(b"{}"), Ending.UNCERTAIN, 1),
        (garbage(b'{"ok": true, "result": {}}'), Ending.UNCERTAIN, 1),
        (limited(3), Ending.LIMITED, 0),
        (answers(403, "Forbidden: user is deactivated"), Ending.BLOCKED, 0),
        (answers(400, "Bad Request: chat not found"), Ending.GONE, 0),
        (answers(400, "Bad Request: message is too long"), Ending.REFUSED, 0),
        (answers(401, "Unauthorized"), Ending.MISCONFIGURED, 0),
        (answers(409, "Conflict: another"), Ending.MISCONFIGURED, 0),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_whatever_happens_is_an_ending_and_nothing_is_sent_twice(
    world: FakeTelegram, sender: TelegramSender, fault: Fault, ending: Ending, seen: int
) -> None:
    ann = world.user(1)
    world.faults.next("sendMessage", fault)
    result = await sender.send("telegram:1", reply(), delivery_id=1)
    assert result.ending is ending
    assert len(ann.sees()) == seen


async def test_a_blocked_chat_an_unknown_one_and_a_moved_one(
    world: FakeTelegram, sender: TelegramSender
) -> None:
    ann = world.user(1)
    ann.blocks()
    assert (await sender.send("telegram:1", reply(), delivery_id=1)).ending is Ending.BLOCKED
    assert (await sender.send("telegram:99", reply(), delivery_id=2)).ending is Ending.GONE
    group = world.group(-5)
    group.migrates(-1005, ann)
    moved = await sender.send("telegram:-5", reply(), delivery_id=3)
    assert (moved.ending, moved.new_chat) == (Ending.MOVED, "telegram:-1005")


@pytest.mark.parametrize("fault", [limited(3), network(httpx.ConnectError)])
async def test_a_reply_broken_off_goes_on_where_it_stopped(
    world: FakeTelegram, sender: TelegramSender, notes: Notes, fault: Fault
) -> None:
    ann, ben = world.user(1), world.user(2)
    await sender.send("telegram:2", LONG, delivery_id=7)
    world.faults.next("sendMessage", None, fault)
    broken = await sender.send("telegram:1", LONG, delivery_id=8)
    assert broken.ending in (Ending.LIMITED, Ending.NOT_SENT)
    assert len(ann.sees()) == 1
    again = TelegramSender(sender._bot, notes)
    assert (await again.send("telegram:1", LONG, delivery_id=8)).ending is Ending.SENT
    assert ann.sees() == ben.sees()


async def test_where_progress_cannot_be_kept_a_repeat_must_be_marked(
    world: FakeTelegram, sender: TelegramSender, notes: Notes
) -> None:
    world.user(1)
    notes.closed = True
    world.faults.next("sendMessage", None, limited(3))
    assert (await sender.send("telegram:1", LONG, delivery_id=8)).ending is Ending.UNCERTAIN


@pytest.mark.parametrize(
    ("chat", "said"), [("telegram:1", Reply(Intent.HELP, ())), ("web:ab", reply()), ("telegram:x", reply())]
)
async def test_what_cannot_be_sent_at_all_is_refused(
    world: FakeTelegram, sender: TelegramSender, chat: str, said: Reply
) -> None:
    world.user(1)
    assert (await sender.send(chat, said, delivery_id=1)).ending is Ending.REFUSED

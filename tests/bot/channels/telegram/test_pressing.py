"""What a pressed button shows at once."""

import httpx
import pytest

from bot.channels.telegram.building import TelegramBot, build_telegram
from bot.channels.telegram.pressing import TOAST, is_rating, release, show_rating, turns_page, without_ratings
from bot.channels.telegram.reading import Tapped
from bot.messages import Button, Intent, Reply, Text
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_errors import network
from tests.fakes.telegram_people import Person

UP, DOWN, NEXT = Button("👍", "liked:k"), Button("👎", "disliked:k"), Button("看第十六条", "clause:x#art_16")


@pytest.fixture
def world() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def bot(world: FakeTelegram) -> TelegramBot:
    return build_telegram(world.token, request=world.request, updates_request=world.request)


def _tapped(tap: str, *taps: str) -> Tapped:
    return Tapped(tap, "q", tuple((Button(one, one),) for one in taps))


@pytest.mark.parametrize(
    ("tapped", "turns"),
    [
        (_tapped("settings:hour", "settings:hour", "settings:quiet", "reminders"), True),
        (_tapped("settings", "reminders", "calendar", "settings", "unsubscribe"), False),
        (_tapped("reminders", "settings:hour", "settings:quiet", "reminders"), False),
        (_tapped("stats:7", "stats:7"), True),
        (_tapped("unanswered:page", "unanswered:page"), True),
        (_tapped("broadcast:report:x", "broadcast:report:x"), True),
        (_tapped("clause:x#art_1", "clause:x#art_1", "clause:x#art_2"), False),
        (_tapped("done:7", "done:7", "done:8"), False),
    ],
)
def test_a_walk_stays_in_one_message(tapped: Tapped, turns: bool) -> None:
    assert turns_page(tapped) is turns


def test_ratings_are_told_from_steps() -> None:
    assert [is_rating(one.tap) for one in (UP, DOWN, NEXT)] == [True, True, False]
    assert without_ratings(((NEXT, UP), (UP, DOWN))) == [[NEXT]]


async def _shown(world: FakeTelegram, bot: TelegramBot, buttons: tuple[Button, ...]) -> Person:
    """An answer with thumbs, one of which is pressed, and what then stands under it."""
    ann = world.user(1)
    keys = ((NEXT,), (UP, DOWN))
    rows = [[{"text": key.label, "callback_data": key.tap} for key in row] for row in keys]
    markup = {"inline_keyboard": rows}
    message = world.say(ann.chat, world.bot_user, {"text": "至少 4 名", "reply_markup": markup})
    ann.taps("👎")
    reply = Reply(Intent.HELP, (Text("哪里不好？"),), buttons)
    tapped = Tapped("disliked:k", "tap1", keys)
    await show_rating(bot, "telegram:1", message["message_id"], tapped, reply)
    return ann


async def test_a_dislike_becomes_the_question_why_under_the_same_answer(
    world: FakeTelegram, bot: TelegramBot
) -> None:
    ann = await _shown(world, bot, (Button("内容不对", "disliked:k:wrong"),))
    assert ann.sees() == ["至少 4 名"]
    assert ann.rows() == [["看第十六条"], ["内容不对"]]
    assert not world.unanswered_taps
    assert world.called("answerCallbackQuery")[0]["text"] == "哪里不好？"


async def test_when_all_is_said_the_steps_remain(world: FakeTelegram, bot: TelegramBot) -> None:
    assert (await _shown(world, bot, ())).rows() == [["看第十六条"]]


async def test_a_network_that_fails_costs_nothing(world: FakeTelegram, bot: TelegramBot) -> None:
    for method in ("answerCallbackQuery", "editMessageReplyMarkup"):
        world.faults.always(method, network(httpx.ReadTimeout))
    assert (await _shown(world, bot, ())).sees() == ["至少 4 名"]


async def test_a_toast_is_cut_to_what_telegram_shows(world: FakeTelegram, bot: TelegramBot) -> None:
    world.unanswered_taps.add("q")
    await release(bot, "q", "长" * 500)
    assert len(world.called("answerCallbackQuery")[0]["text"]) == TOAST

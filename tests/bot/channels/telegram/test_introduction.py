import httpx
import pytest

from bot.channels.telegram.building import TelegramBot, build_telegram
from bot.channels.telegram.introduction import introduce
from bot.menu import COMMANDS, commands_for
from bot.messages import Audience
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_errors import network


@pytest.fixture
def world() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def bot(world: FakeTelegram) -> TelegramBot:
    return build_telegram(world.token, request=world.request, updates_request=world.request)


async def test_name_descriptions_and_menus_are_set_in_both_languages(
    world: FakeTelegram, bot: TelegramBot
) -> None:
    await introduce(bot)
    assert set(world.about) == {
        (field, code) for field in ("name", "description", "short_description") for code in ("", "en")
    }
    assert all(world.about.values())
    private = world.menus["all_private_chats", ""]
    assert [item["command"] for item in private] == [item.name for item in commands_for(Audience.PRIVATE)]
    assert world.menus["all_private_chats", "en"] != private
    assert len(world.menus["all_group_chats", ""]) < len(private)


async def test_what_stands_already_is_not_set_again(world: FakeTelegram, bot: TelegramBot) -> None:
    await introduce(bot)
    world.calls.clear()
    await introduce(bot)
    assert [name for name, _ in world.calls if name.startswith("set")] == []


async def test_a_refusal_leaves_the_rest_in_place(world: FakeTelegram, bot: TelegramBot) -> None:
    world.faults.always("setMyName", network(httpx.ReadTimeout))
    await introduce(bot)
    assert ("description", "en") in world.about
    assert ("name", "") not in world.about


async def test_an_operator_gets_a_menu_of_their_own(world: FakeTelegram, bot: TelegramBot) -> None:
    await introduce(bot, operators=[77])
    chinese, english = world.menus["chat77", ""], world.menus["chat77", "en"]
    assert [item["command"] for item in chinese] == [command.name for command in COMMANDS]
    assert [item["description"] for item in english] == [command.description("en") for command in COMMANDS]


async def test_the_menu_button_opens_the_commands(world: FakeTelegram, bot: TelegramBot) -> None:
    await introduce(bot)
    assert world.menu_button == {"type": "commands"}


async def test_a_menu_button_that_is_refused_keeps_nothing_back(
    world: FakeTelegram, bot: TelegramBot
) -> None:
    world.faults.always("setChatMenuButton", network(httpx.ReadTimeout))
    await introduce(bot, operators=[77])
    assert world.menu_button == {"type": "default"}
    assert ("chat77", "") in world.menus

from telegram.request import HTTPXRequest

from bot.channels.telegram.building import READ_TIMEOUT, build_telegram
from tests.fakes.telegram import TOKEN, FakeTelegram


async def test_telegrams_own_server_is_the_default() -> None:
    bot = build_telegram(TOKEN)
    assert bot.base_url == f"https://api.telegram.org/bot{TOKEN}"
    assert isinstance(bot.request, HTTPXRequest)
    assert bot.request.read_timeout == READ_TIMEOUT


async def test_a_self_hosted_server_serves_calls_and_files() -> None:
    bot = build_telegram(TOKEN, api_url="http://127.0.0.1:8081/")
    assert bot.base_url == f"http://127.0.0.1:8081/bot{TOKEN}"
    assert bot.base_file_url == f"http://127.0.0.1:8081/file/bot{TOKEN}"


async def test_a_proxy_can_be_set() -> None:
    bot = build_telegram(TOKEN, proxy="http://127.0.0.1:3128")
    assert isinstance(bot.request, HTTPXRequest)


async def test_updates_are_given_as_they_came() -> None:
    world = FakeTelegram()
    bot = build_telegram(world.token, request=world.request, updates_request=world.request)
    world.happen("message", {"something": "new"})
    assert await bot.fetch(0, 0, ["message"]) == [{"update_id": 1001, "message": {"something": "new"}}]

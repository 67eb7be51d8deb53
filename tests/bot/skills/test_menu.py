from bot.menu import COMMANDS
from bot.messages import Audience, Incoming, Reply
from tests.bot.talks import Desk, headline, text_of


async def _says(desk: Desk, text: str, audience: Audience | None) -> Reply:
    return await desk.assistant.respond(Incoming("telegram:1", desk.now, text=text, audience=audience))


async def test_help_lists_the_commands_of_the_channels_menu(desk: Desk) -> None:
    said = text_of(await _says(desk, "/help", Audience.PRIVATE))
    for command in COMMANDS:
        assert (f"/{command.name} " in said) == (command.audience is not Audience.OPERATORS)


async def test_operators_see_theirs_too_and_groups_fewer(desk: Desk) -> None:
    assert "/broadcast " in text_of(await _says(desk, "/help", Audience.OPERATORS))
    group = text_of(await _says(desk, "/help", Audience.EVERYONE))
    assert "/export " not in group
    assert "/article " in group


async def test_a_channel_without_a_menu_lists_none(desk: Desk) -> None:
    assert "/article " not in text_of(await _says(desk, "/help", None))


async def test_an_operators_command_given_by_somebody_else_is_refused_in_one_sentence(desk: Desk) -> None:
    for command in ("publish", "stats", "unanswered", "broadcast 大家好"):
        reply = await _says(desk, f"/{command}", Audience.PRIVATE)
        assert headline(reply) == "这个命令只给运营人员用。"
        assert len(reply.blocks) == 1

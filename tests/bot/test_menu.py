"""The one table of commands: who sees what, and that everything in it can be done."""

import re

import pytest

from bot import routing
from bot.menu import COMMANDS, Command, commands_for
from bot.messages import Audience
from bot.skills.operators import desk


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_can_be_typed_and_says_what_it_is_for(command: Command) -> None:
    assert re.fullmatch(r"[a-z0-9_]{1,32}", command.name)
    texts = {command.description(language) for language in ("zh-Hans", "zh-Hant", "en")}
    assert all(1 <= len(text) <= 256 for text in texts)
    assert len(texts) >= 2


def test_each_command_stands_once_and_operators_see_all() -> None:
    names = [command.name for command in COMMANDS]
    assert len(set(names)) == len(names)
    assert commands_for(Audience.OPERATORS) == COMMANDS


def test_a_group_sees_fewer_than_a_person() -> None:
    group, person = set(commands_for(Audience.EVERYONE)), set(commands_for(Audience.PRIVATE))
    assert group < person
    assert not any(command.audience is Audience.OPERATORS for command in person)


def test_every_command_leads_somewhere() -> None:
    for command in COMMANDS:
        served = desk._COMMANDS if command.audience is Audience.OPERATORS else routing.COMMANDS
        assert command.name in served

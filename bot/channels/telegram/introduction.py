"""How the bot presents itself in Telegram: name, descriptions, menu button and commands. Set only where it
differs, because Telegram limits these calls; a failure never keeps the bot from serving."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)

from bot.logs import redact
from bot.menu import commands_for
from bot.messages import Audience, Language
from bot.phrases import phrases

log = logging.getLogger(__name__)

# Telegram's language codes: none is everybody else's.
LANGUAGES: tuple[tuple[str | None, Language], ...] = ((None, "zh-Hans"), ("en", "en"))


async def introduce(bot: Bot, operators: Iterable[int] = ()) -> None:
    """Set what differs. ``operators`` are the Telegram users who see the operators' commands too."""
    for code, language in LANGUAGES:
        for step in (_name, _description, _short_description, _menus):
            try:
                await step(bot, code, language)
            except Exception as error:
                log.warning("Telegram did not take the bot's %s: %s", step.__name__[1:], redact(repr(error)))
    try:
        await _menu_button(bot)
    except Exception as error:
        log.warning("Telegram did not take the bot's menu button: %s", redact(repr(error)))
    for operator in operators:
        try:
            for code, language in LANGUAGES:
                await _menu(bot, Audience.OPERATORS, BotCommandScopeChat(operator), code, language)
        except Exception as error:
            log.warning(
                "operator %d has no menu yet, they must write to the bot first: %s",
                operator,
                redact(repr(error)),
            )


async def _name(bot: Bot, code: str | None, language: Language) -> None:
    wanted = phrases(language).say("telegram.name")
    if (await bot.get_my_name(code)).name != wanted:
        await bot.set_my_name(wanted, language_code=code)


async def _description(bot: Bot, code: str | None, language: Language) -> None:
    wanted = phrases(language).say("telegram.description")
    if (await bot.get_my_description(code)).description != wanted:
        await bot.set_my_description(wanted, language_code=code)


async def _short_description(bot: Bot, code: str | None, language: Language) -> None:
    wanted = phrases(language).say("telegram.short_description")
    if (await bot.get_my_short_description(code)).short_description != wanted:
        await bot.set_my_short_description(wanted, language_code=code)


async def _menu_button(bot: Bot) -> None:
    """The button beside the text field opens the commands, whatever it was set to before."""
    wanted = MenuButtonCommands()
    if await bot.get_chat_menu_button() != wanted:
        await bot.set_chat_menu_button(menu_button=wanted)


async def _menus(bot: Bot, code: str | None, language: Language) -> None:
    await _menu(bot, Audience.PRIVATE, BotCommandScopeAllPrivateChats(), code, language)
    await _menu(bot, Audience.EVERYONE, BotCommandScopeAllGroupChats(), code, language)


async def _menu(
    bot: Bot, audience: Audience, scope: BotCommandScope, code: str | None, language: Language
) -> None:
    wanted = tuple(BotCommand(item.name, item.description(language)) for item in commands_for(audience))
    if await bot.get_my_commands(scope, code) != wanted:
        await bot.set_my_commands(wanted, scope, code)

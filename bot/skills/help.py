"""What the assistant can do, small talk in a line, and leaving what was begun."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Bullets, Button, Intent, Language, Reply, Text
from bot.taps import button, offered
from bot.turn import Turn

LANGUAGES: Mapping[str, Language] = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}
LANGUAGE_NAMES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}


def answer(turn: Turn) -> Reply:
    """What can be asked, with examples to tap."""
    say = turn.say.say
    return Reply(
        Intent.HELP,
        (
            Text(say("help.headline"), "headline"),
            Bullets(tuple(say("help.examples").splitlines())),
            Text(say("help.limit"), "standing"),
        ),
        _starts(turn),
    )


def smalltalk(turn: Turn) -> Reply:
    """One friendly line and where to go on."""
    return Reply(Intent.SMALLTALK, (Text(turn.say.say("smalltalk.line"), "headline"),), _starts(turn))


def cancel(turn: Turn) -> Reply:
    """Leave the check or question in play; what was said about the company stays."""
    begun = bool(turn.session.goals or turn.session.asked or turn.session.pending or turn.session.wanted)
    turn.session.leave_check()
    return Reply(
        Intent.CANCEL,
        (Text(turn.say.say("cancel.done" if begun else "cancel.nothing"), "headline"),),
        _starts(turn),
    )


def restart(turn: Turn) -> Reply:
    """Begin anew: leave what was begun and forget what the talk was about; company facts stay."""
    turn.session.leave_check()
    turn.session.last_refs = turn.session.last_topics = turn.session.last_facts = ()
    return Reply(Intent.CANCEL, (Text(turn.say.say("cancel.restart"), "headline"),), _starts(turn))


def unclear(turn: Turn) -> Reply:
    """Nothing could be read: ask what is wanted."""
    return Reply(
        Intent.HELP, (Text(turn.say.say("help.unclear"), "headline"),), _starts(turn), asks=("intent",)
    )


def language(turn: Turn) -> Reply:
    """Choose the language of the answers; without a choice, offer the languages."""
    chosen = turn.tap.argument if turn.tap is not None else ""
    if chosen in LANGUAGES:
        turn.language = LANGUAGES[chosen]
        return Reply(Intent.HELP, (Text(turn.say.say("language.chosen"), "headline"),), _starts(turn))
    buttons = offered(*(button(label, "lang", code) for code, label in LANGUAGE_NAMES.items()))
    return Reply(Intent.HELP, (Text(turn.say.say("language.which"), "headline"),), buttons)


def unread_file(turn: Turn) -> Reply:
    """A file came in, and files are not read yet."""
    return Reply(Intent.HELP, (Text(turn.say.say("file.unread"), "headline"),), _starts(turn))


def stale(turn: Turn) -> Reply:
    """A button that no longer means anything."""
    return Reply(Intent.HELP, (Text(turn.say.say("tap.stale"), "headline"),), _starts(turn))


def _starts(turn: Turn) -> tuple[Button, ...]:
    say = turn.say.say
    return offered(
        button(say("button.check"), "check"),
        button(say("button.dates"), "dates"),
        button(say("button.help"), "help"),
    )

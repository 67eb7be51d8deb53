"""What the assistant can do, and leaving what was begun."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Bullets, Button, Intent, Language, Reply, Text
from bot.skills.cues import hear
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
        starts(turn),
    )


def cancel(turn: Turn) -> Reply:
    """Leave the check or question in play; what was said about the company stays."""
    session = turn.session
    begun = bool(session.goals or session.asked or session.pending or session.wanted)
    said = "done" if begun else "nothing"
    if session.pending == "forget" and session.last_intent is Intent.FORGET:
        session.pending, said = None, "kept"
    else:
        session.leave_check()
    return Reply(Intent.CANCEL, (Text(turn.say.say(f"cancel.{said}"), "headline"),), starts(turn))


def restart(turn: Turn) -> Reply:
    """Begin anew: leave what was begun and forget what the talk was about; company facts stay."""
    turn.session.leave_check()
    turn.session.last_refs = turn.session.last_topics = turn.session.last_facts = ()
    return Reply(Intent.CANCEL, (Text(turn.say.say("cancel.restart"), "headline"),), starts(turn))


def unclear(turn: Turn) -> Reply:
    """Nothing could be read: ask what is wanted."""
    return Reply(
        Intent.HELP, (Text(turn.say.say("help.unclear"), "headline"),), starts(turn), asks=("intent",)
    )


def which(turn: Turn, *readings: tuple[str, str]) -> Reply:
    """Two readings are near: a short question, and a button (label, verb) for each."""
    labels = [turn.say.say(label) for label, _ in readings]
    return Reply(
        Intent.HELP,
        (Text(turn.say.say("help.which", readings=labels), "headline"),),
        offered(*(button(turn.say.say(label), verb) for label, verb in readings)),
        asks=("intent",),
    )


def language(turn: Turn) -> Reply:
    """Choose the language of the answers; without a choice, offer the languages."""
    said = turn.read.argument or turn.read.text
    chosen = turn.tap.argument if turn.tap is not None else hear(said).language or said
    if chosen in LANGUAGES:
        turn.session.spoken = turn.language = LANGUAGES[chosen]
        return Reply(Intent.HELP, (Text(turn.say.say("language.chosen"), "headline"),), starts(turn))
    buttons = offered(*(button(label, "lang", code) for code, label in LANGUAGE_NAMES.items()))
    return Reply(Intent.HELP, (Text(turn.say.say("language.which"), "headline"),), buttons)


def stale(turn: Turn) -> Reply:
    """A button that no longer means anything."""
    return Reply(Intent.HELP, (Text(turn.say.say("tap.stale"), "headline"),), starts(turn))


def starts(turn: Turn) -> tuple[Button, ...]:
    say = turn.say.say
    return offered(
        button(say("button.check"), "check"),
        button(say("button.dates"), "dates"),
        button(say("button.help"), "help"),
    )

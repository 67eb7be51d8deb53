"""What the assistant can do, small talk in a line, and leaving what was begun."""

from __future__ import annotations

from bot.messages import Bullets, Button, Intent, Reply, Text
from bot.taps import button, offered
from bot.turn import Turn


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

"""One question a message, with buttons for likely answers and "I don't know" among them."""

from __future__ import annotations

from bot.messages import Block, Button, Intent, Reply, Text
from bot.skills.showing import value
from bot.taps import button, offered, value_button
from bot.turn import Turn


def ask(turn: Turn, intent: Intent, names: tuple[str, ...], *, headline: str = "") -> Reply:
    """Ask for the first of these facts that the user has not already said not to know."""
    names = tuple(name for name in names if name not in turn.session.unknown) or names
    turn.session.asked, turn.session.asking = names, intent
    blocks: tuple[Block, ...] = (Text(headline, "headline"),) if headline else ()
    if names:
        blocks += (Text(question(turn, names[0])),)
    return Reply(
        intent=intent, blocks=blocks, buttons=answers(turn, names[0]) if names else (), asks=names[:1]
    )


def asked_still(turn: Turn) -> tuple[Block, ...]:
    """Back to what was asked, after a side question."""
    names = turn.session.asked
    if not names or turn.session.asking is None:
        return ()
    return (Text(turn.say.say("asking.back", question=question(turn, names[0]))),)


def question(turn: Turn, name: str) -> str:
    """The question for a fact."""
    definition = turn.sources.rulebook.facts.get(name)
    if definition is None:
        return turn.say.say(f"ask.{name}")
    return turn.say.words(definition.question)


def answers(turn: Turn, name: str) -> tuple[Button, ...]:
    """Likely answers as buttons."""
    definition = turn.sources.rulebook.facts.get(name)
    likely = definition.likely if definition is not None else ()
    buttons = [value_button(value(turn, name, answer), name, answer) for answer in likely]
    return offered(*buttons, button(turn.say.say("button.unknown"), "unknown", name))

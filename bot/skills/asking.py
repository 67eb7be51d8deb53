"""One question a message, with buttons for likely answers and "I don't know" among them."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.messages import Block, Button, Intent, Reply, Text
from bot.skills.cues import hear
from bot.skills.help import stale, starts
from bot.skills.help import unclear as not_understood
from bot.skills.showing import brief, label, value
from bot.taps import button, offered, value_button
from bot.turn import Turn
from bot.understanding.model import Doubt
from knowledge.numerals import to_int

_STEPS_BACK = 20
_NUMERAL = re.compile(r"\d+|[零〇一二两俩仨三四五六七八九十百]+")


def numbers_in(words: str) -> list[int]:
    """The numbers that words say, in order."""
    told = (to_int(one, digit_strings=False) for one in _NUMERAL.findall(words))
    return [number for number in told if number is not None]


def last_number(words: str) -> int | None:
    """The number said last; None where none is."""
    return next(reversed(numbers_in(words)), None)


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


def note(turn: Turn) -> None:
    """Note what is not known, and which question the message answers, so that one can go back to it."""
    session = turn.session
    if turn.read.unknown and _leaves_it_open(turn):
        turn.read = replace(turn.read, unknown=())
    unknown = turn.read.unknown
    heard = hear(turn.read.text)
    if not unknown and not turn.understood and "skip" in heard and "bare_count" not in heard:
        unknown = session.asked[:1]
        turn.read = replace(turn.read, unknown=unknown)
    session.unknown = tuple(dict.fromkeys((*session.unknown, *unknown)))
    answered = [name for name in session.asked if name in turn.understood or name in unknown]
    session.trail = tuple(dict.fromkeys((*answered, *session.trail)))[:_STEPS_BACK]


def close(turn: Turn, reply: Reply) -> None:
    """What is told now is asked no more, unless the reply asks again: no side question comes back to it."""
    session = turn.session
    if session.asked[:1] and session.asked[0] in turn.understood and not reply.asks:
        session.asked = ()  # what else was asked for stood in its stead: any one of several days
    session.asked = tuple(name for name in session.asked if name in reply.asks or name not in turn.understood)


def _leaves_it_open(turn: Turn) -> bool:
    """没想好自己做还是请人, where something else was asked; 哪些还没定 asks."""
    heard = hear(turn.read.text)
    return "verdict" in heard or ("torn" in heard and "route" not in turn.session.asked[:1])


def unclear(turn: Turn) -> Reply:
    """Nothing could be read: back to what was asked, else ask what is wanted."""
    if not asked_still(turn):
        return not_understood(turn)
    name = turn.session.asked[0]
    said = Text(turn.say.say("asking.unclear", question=question(turn, name)), "headline")
    return Reply(Intent.HELP, (said,), answers(turn, name), asks=(name,))


def unclear_which(turn: Turn) -> Doubt | None:
    """The doubt which fact a bare value replaces: 不对，是5个, after two counts."""
    known = turn.sources.rulebook.facts
    return next(
        (
            doubt
            for doubt in turn.read.doubts
            if doubt.kind == "referent" and doubt.fact is None and len(set(doubt.options) & set(known)) > 1
        ),
        None,
    )


def which_fact(turn: Turn) -> Reply:
    """Ask which fact the new value is for, a button for each."""
    doubt = unclear_which(turn)
    assert doubt is not None  # noqa: S101 - routed here by one that is
    names, told = tuple(doubt.options), last_number(doubt.words)
    return Reply(
        Intent.CHECK,
        (Text(turn.say.say("doubt.which_fact", words=doubt.words), "headline"),),
        offered(
            *(value_button(f"{brief(turn, name)} {told}", name, told) for name in names if told is not None)
        ),
        asks=names,
    )


def back(turn: Turn) -> Reply:
    """The question before the last one, with what was said to it. What was said since stays."""
    session = turn.session
    if not session.trail:
        first = (Text(turn.say.say("asking.first"), "headline"), *asked_still(turn))
        buttons = answers(turn, session.asked[0]) if session.asked else starts(turn)
        return Reply(Intent.HELP, first, buttons, asks=session.asked[:1])
    name, *rest = session.trail
    session.trail = tuple(rest)
    session.unknown = tuple(one for one in session.unknown if one != name)
    held = turn.facts.get(name)
    said = value(turn, name, held) if held is not None else ""
    headline = turn.say.say("asking.again", name=label(turn, name), value=said)
    following = (one for one in session.asked if one != name)
    return ask(turn, session.asking or Intent.CHECK, (name, *following), headline=headline)


def change(turn: Turn) -> Reply:
    """The button beside a fact noted, ``change:<fact>``: what it is now, and its question once more."""
    name = turn.tap.argument if turn.tap is not None else ""
    return anew(turn, name) if name in turn.facts else stale(turn)


def anew(turn: Turn, name: str) -> Reply:
    """What is held of a fact, and its question once more."""
    held = value(turn, name, turn.facts[name])
    dated = name in turn.sources.rulebook.schedule_facts and turn.deadlines
    intent = Intent.DEADLINES if dated else Intent.CHECK if turn.session.goals else Intent.COMPANY
    headline = turn.say.say("asking.again", name=label(turn, name), value=held)
    return ask(turn, intent, (name,), headline=headline)


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
    buttons = [value_button(_as_said(turn, name, answer), name, answer) for answer in likely]
    return offered(*buttons, button(turn.say.say("button.unknown"), "unknown", name))


def _as_said(turn: Turn, name: str, answer: object) -> str:
    """An answer as people say it: 4 人, 80 分, 没有 for none."""
    said = value(turn, name, answer)
    definition = turn.sources.rulebook.facts.get(name)
    if definition is None or definition.unit is None:
        return said
    return turn.say.say("value.counted", value=said, unit=turn.say.words(definition.unit))

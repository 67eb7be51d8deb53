"""What is said beside the matter: a greeting, thanks, a sigh, a question about the assistant itself."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Intent, Reply, Text
from bot.skills import checks
from bot.skills.asking import answers, asked_still, question
from bot.skills.cues import hear
from bot.skills.help import starts
from bot.taps import button, offered
from bot.turn import Turn

PARTING = ("thanks", "thankful", "bye")  # after which nothing is asked again
REMARKS = ("greeting", "remark", *PARTING)
ABOUT = tuple(
    f"about_{what}"
    for what in (
        "who",
        "trust",
        "privacy",
        "cost",
        "media",
        "languages",
        "several",
        "groups",
        "contact",
        "sources",
    )
)
_CLEAR = 0.5  # evidence for something else than talk


def tells_nothing(turn: Turn) -> bool:
    """Whether nothing was read that a fact, a company, a date or a way to go could be taken from."""
    read = turn.read
    told = read.facts or read.hypothetical or read.unknown or read.doubts or read.rejected
    named = read.route or read.audit_kind or read.company or read.leads or read.noticed or read.deadline
    return not (told or named or hear(read.text).trade)


def is_remark(turn: Turn) -> bool:
    """Whether a message is nothing but small talk, and nothing else was read in it."""
    wanted = (item for item in turn.read.intents if item.words and item.intent is not Intent.SMALLTALK)
    alone = all(item.weight < _CLEAR or item.intent is Intent.LOOKUP for item in wanted)
    said = hear(turn.read.text).cues.intersection(REMARKS)
    # 在吗 asks nothing; 就这些？ does.
    return alone and bool(said) and ("greeting" in said or not turn.read.question) and tells_nothing(turn)


def smalltalk(turn: Turn) -> Reply:
    """One friendly line; then what is asked still, or where to go on."""
    said = hear(turn.read.text).cues
    parting = said.intersection(PARTING)
    key = ("thanks" if parting & {"thanks", "thankful"} else "bye") if parting else "line"
    if not parting and "greeting" not in said and (turn.session.last_intent or "remark" in said):
        key = "noted"
    line = Text(turn.say.say(f"smalltalk.{key}"), "headline")
    back = () if parting else asked_still(turn)
    if back:
        asked = turn.session.asked[:1]
        return Reply(Intent.SMALLTALK, (line, *back), answers(turn, asked[0]), asks=asked)
    begun = turn.session.goals or turn.session.asked
    go_on = button(turn.say.say("button.go_on"), "resume") if begun else None
    return Reply(Intent.SMALLTALK, (line,), offered(go_on, *starts(turn)))


def hedged(turn: Turn) -> Reply:
    """应该有吧, to the question how many: that this is no number, and the question again."""
    session = turn.session
    asked = question(turn, session.asked[0])
    words = turn.read.original.strip()
    said = Text(turn.say.say("asking.hedged", words=words, question=asked), "headline")
    if session.asking is Intent.CHECK and session.goals:
        return replace(checks.answer(turn), blocks=(said,))
    return Reply(
        session.asking or Intent.HELP, (said,), answers(turn, session.asked[0]), asks=session.asked[:1]
    )


def cross(turn: Turn) -> Reply:
    """Somebody is annoyed, or asks for a person: one line that helps."""
    return Reply(Intent.SMALLTALK, (Text(turn.say.say("smalltalk.cross"), "headline"),), starts(turn))


def asks_about_us(turn: Turn) -> bool:
    """Whether a message asks about the assistant itself, and tells nothing."""
    return _about(turn) is not None and tells_nothing(turn)


def about(turn: Turn) -> Reply:
    """What the assistant is, on what it rests, what becomes of what is told; then what is asked still."""
    line = Text(turn.say.say(f"about.{_about(turn)}"), "headline")
    back = asked_still(turn)
    asked = turn.session.asked[:1] if back else ()
    buttons = answers(turn, asked[0]) if asked else starts(turn)
    return Reply(Intent.HELP, (line, *back), buttons, asks=asked)


def _about(turn: Turn) -> str | None:
    heard = hear(turn.read.text)
    return next((cue.removeprefix("about_") for cue in ABOUT if cue in heard), None)

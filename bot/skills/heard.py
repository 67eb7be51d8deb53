"""What was heard but could not be kept, or was kept on an assumption: said in any reply, and asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.messages import Block, Button, Reply, Text
from bot.skills.showing import day, label, value
from bot.taps import offered, value_button
from bot.turn import Turn
from bot.understanding.model import Doubt, StatedFact
from knowledge.model import PartFound

# Doubts about what was meant, not about a value: the skills ask about those themselves.
_MEANT = ("intent", "company")
_COUNTED = ("count", "counts", "number", "records")


def to_ask_again(turn: Turn) -> tuple[str, ...]:
    """Facts that were said in a way that cannot be kept, in order."""
    doubted = (doubt.fact for doubt in turn.read.doubts if doubt.fact and doubt.kind not in _MEANT)
    known = turn.sources.rulebook.facts
    return tuple(name for name in dict.fromkeys((*turn.rejected, *doubted)) if name in known)


def with_remarks(turn: Turn, reply: Reply) -> Reply:
    """The reply, saying also what of the message was not kept, and which year was supplied."""
    if any(doubt.kind == "company" for doubt in turn.read.doubts):
        return reply  # first of all, which company
    remarks: list[Block] = [Text(reason, "body") for reason in turn.rejected.values()]
    remarks += [
        Text(
            turn.say.say(f"doubt.{_kind(turn, doubt)}", name=label(turn, doubt.fact), words=doubt.words),
            "body",
        )
        for doubt in turn.read.doubts
        if doubt.fact and doubt.kind not in _MEANT and doubt.fact not in turn.understood
    ]
    remarks += [
        Text(_assumed(turn, name, assumed), "body")
        for name, assumed in turn.confirm.items()
        if not _said_in_headline(reply, name)
    ]
    if turn.read.cut:
        remarks.append(Text(turn.say.say("doubt.cut"), "note"))
    if not remarks and not turn.confirm:
        return reply
    return replace(
        reply,
        blocks=(*reply.blocks[:1], *remarks, *reply.blocks[1:]),
        buttons=offered(*reply.buttons, *(_other_day(turn, name) for name in turn.confirm)),
    )


def _kind(turn: Turn, doubt: Doubt) -> str:
    """The doubt as it is said: only of what is counted is a number asked for."""
    known = turn.sources.rulebook.facts.get(doubt.fact or "")
    counted = known is None or known.type in _COUNTED
    return doubt.kind if counted or doubt.kind != "value" else "unsure"


def _assumed(turn: Turn, name: str, assumed: str) -> str:
    shown = turn.understood[name]
    said = value(turn, name, shown)
    return turn.say.say(f"doubt.{assumed}", name=label(turn, name), value=said)


def _said_in_headline(reply: Reply, name: str) -> bool:
    return reply.schedule is not None and any(item.trigger == name for item in reply.schedule.deadlines[:1])


def _day(turn: Turn, name: str) -> date:
    return date.fromisoformat(turn.understood[name])


def _other_day(turn: Turn, name: str) -> Button | None:
    """One tap to the year before, when the year was supplied by us, or to day and month exchanged."""
    if not isinstance(turn.understood.get(name), str):
        return None
    supplied, assumed = _day(turn, name), turn.confirm[name]
    try:
        if assumed == "order":
            other = supplied.replace(month=supplied.day, day=supplied.month)
        elif assumed == "year":
            other = supplied.replace(year=supplied.year - 1)
        else:
            return None
    except ValueError:  # 29 February
        return None
    return value_button(turn.say.say("button.other_year", day=day(turn, other)), name, other.isoformat())


def asks_several(facts: Sequence[StatedFact], parts: Sequence[PartFound]) -> bool:
    """Whether the parts of a message ask several things; in 重点企业，多久一轮 what is told is none."""
    told = {"".join(fact.words.split()) for fact in facts}
    asked = [{"".join(words.split()).strip("?,") for words in part.asked} for part in parts]
    return bool(parts) and (not told or sum(not one <= told for one in asked) > 1)

"""The periods that run from an event, said while its day is not known: so long for this, so long for that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.messages import Bullets, Intent, Reply, Text
from bot.skills.asking import ask
from bot.skills.clauses import standing
from bot.skills.showing import label
from bot.turn import Turn
from rules_engine.definitions import DeadlineDefinition, Period
from rules_engine.errors import NotInForce


def before_the_day(turn: Turn, wanted: tuple[str, ...]) -> Reply:
    """Ask for the day of the event; where its periods are fixed, these first."""
    event = wanted[0] if wanted else ""
    rules = [rule for rule in turn.sources.rulebook.rules.deadlines.values() if rule.trigger == event]
    items = tuple(_within(turn, rules))
    asking = ask(turn, Intent.DEADLINES, wanted, headline="" if items else turn.say.say("deadlines.none"))
    if not items:
        return asking
    refs = tuple(dict.fromkeys(ref for rule in rules for ref in rule.citations))
    labels = [turn.clause_label(ref) for ref in refs]
    first = Text(turn.say.say("deadlines.general", event=label(turn, event), labels=labels), "headline")
    limits = standing(turn, turn.sources.library.provision(refs[0]).instrument) if refs else []
    return replace(asking, blocks=(first, Bullets(items), *asking.blocks, *limits), citations=turn.cite(refs))


def _within(turn: Turn, rules: list[DeadlineDefinition]) -> Iterator[str]:
    for rule in rules:
        period = _period(turn, rule)
        if period is not None:
            yield turn.say.say("deadlines.within", period=period, title=turn.say.words(rule.title))


def _period(turn: Turn, rule: DeadlineDefinition) -> Period | None:
    """The period of a deadline under today's rules; None where it is not fixed or not in force."""
    if rule.add is None or isinstance(rule.add, Period):
        return rule.add
    try:
        held = turn.sources.rulebook.parameter(rule.add.name, turn.today)
    except NotInForce:
        return None
    return held if isinstance(held, Period) else None

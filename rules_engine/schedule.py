"""Answers what is due when: deadlines, how often rounds come back, and what has no date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from rules_engine.cycles import CycleFinder
from rules_engine.deadlines import Trigger, rounds, single, trigger_of
from rules_engine.definitions import DeadlineDefinition, Test
from rules_engine.judging import judge
from rules_engine.model import (
    Cycle,
    DeadlineResult,
    RulebookStamp,
    Schedule,
    ScheduleRequest,
    Words,
)
from rules_engine.rules import Rules
from rules_engine.situation import Situation, settle
from rules_engine.values import Kleene, NoSuchDay
from rules_engine.wording import say
from rules_engine.workdays import Workdays


@dataclass(slots=True)
class _Draft:
    deadlines: list[DeadlineResult] = field(default_factory=list)
    asks: dict[str, None] = field(default_factory=dict)
    notes: dict[Words, None] = field(default_factory=dict)
    citations: dict[str, None] = field(default_factory=dict)
    next_list: Words | None = None
    cycle: Cycle | None = None


class Scheduler:
    """Computes schedules on one rulebook."""

    def __init__(self, rules: Rules, stamp: RulebookStamp, workdays: Workdays) -> None:
        self.rules = rules
        self.stamp = stamp
        self.workdays = workdays

    def schedule(self, request: ScheduleRequest) -> Schedule:
        """All that follows from the events and facts of a request."""
        run = _Run(self.rules, self.workdays, request)
        draft = run.draft
        return Schedule(
            deadlines=tuple(draft.deadlines),
            cycle=draft.cycle,
            next_list=draft.next_list,
            asks=tuple(draft.asks),
            rejected=run.situation.rejected,
            notes=tuple(draft.notes),
            citations=tuple(draft.citations),
            rulebook=self.stamp,
            standing=tuple(note for note in draft.notes if note in self.rules.standing),
        )


class _Run:
    """One request, worked through deadline by deadline."""

    def __init__(self, rules: Rules, workdays: Workdays, request: ScheduleRequest) -> None:
        self.rules = rules
        self.workdays = workdays
        self.request = request
        self.draft = _Draft()
        self.situation: Situation = settle(rules, request.facts, request.today)
        for definition in rules.deadlines.values():
            self._deadline(definition)
        self._consequences()
        for deadline in self.draft.deadlines:
            self._differs_from_notice(deadline)

    def _holds(self, test: Test) -> Kleene:
        resolve = self.rules.resolver(self.request.today)
        return judge(test, self.situation.values, resolve, self.rules.requirements)

    def _note(self, note: Words) -> None:
        self.draft.notes[note] = None

    def _cite(self, citations: tuple[str, ...], notes: tuple[str, ...] = ()) -> None:
        self.draft.citations.update(dict.fromkeys(citations))
        for name in notes:
            note = self.rules.notes[name]
            if note.when is None or self._holds(note.when) is True:
                self._note(note.text)
                self.draft.citations.update(dict.fromkeys(note.citations))

    def _deadline(self, definition: DeadlineDefinition) -> None:
        years = self._cycle(definition) if definition.table else None
        event = self.situation.values.get(definition.trigger)
        applies = definition.applies is None or self._holds(definition.applies) is not False
        if event is None or not applies or (definition.table and years is None):
            return
        trigger = trigger_of(definition.trigger, self.rules.facts[definition.trigger].label, event)
        if trigger is None:
            self.draft.asks[definition.trigger] = None
        elif self._in_force(definition, trigger):
            self._compute(definition, trigger, years)

    def _cycle(self, definition: DeadlineDefinition) -> int | None:
        """How often the round comes back; None while it cannot be told or never does."""
        finder = CycleFinder(self.rules, self.situation, self.request.today)
        found = finder.find(self.rules.tables[definition.table])
        if found is None:
            return None
        self.draft.cycle = found.cycle
        self.draft.asks.update(dict.fromkeys(found.asks))
        self._cite(found.citations or definition.citations, found.notes)
        for remark in found.remarks:
            self._note(remark)
        return found.cycle.years

    def _in_force(self, definition: DeadlineDefinition, trigger: Trigger) -> bool:
        layer = self.rules.layers[definition.layer]
        # A round that comes back is a matter of today's rules, a period that began is one of its own day's.
        if layer.holds(self.request.today if definition.table else trigger.on):
            return True
        self._note(
            say(
                "deadlines.no_rule",
                event=trigger.label,
                day=trigger.on,
                layer=layer.title,
                start=layer.start,
            )
        )
        self._cite(layer.citations)
        return False

    def _compute(self, definition: DeadlineDefinition, trigger: Trigger, years: int | None) -> None:
        if trigger.until is not None:
            self.draft.asks[trigger.fact] = None
            last = "?" if trigger.until == date.max else trigger.until
            self._note(say("deadlines.earliest", event=trigger.label, low=trigger.on, high=last))
        try:
            if years is not None:
                found = list(rounds(definition, trigger, years, self.request, self.workdays))
            else:
                period = self.rules.resolver(trigger.on)(definition.add)
                found = [single(definition, trigger, period, self.request, self.workdays)]
        except NoSuchDay:
            self._note(say("deadlines.no_day"))
            return
        except OverflowError:
            self._note(say("deadlines.out_of_calendar"))
            return
        self.draft.deadlines += found
        for deadline in found:
            self._cite(deadline.citations)
        self._cite((), definition.notes + self.rules.layers[definition.layer].notes)

    def _consequences(self) -> None:
        for consequence in self.rules.consequences.values():
            if self._holds(consequence.when) is True:
                self.draft.next_list = consequence.text
                self._cite(consequence.citations, consequence.notes)

    def _differs_from_notice(self, deadline: DeadlineResult) -> None:
        if deadline.computed is not None and deadline.computed != deadline.due:
            self._note(
                say(
                    "deadlines.noticed",
                    title=deadline.title,
                    noticed=deadline.due,
                    computed=deadline.computed,
                )
            )

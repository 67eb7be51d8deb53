"""Renders a goal as a table that a lawyer can review: clause, words, condition, figure, since, examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rules_engine.definitions import (
    AllOf,
    AnyOf,
    AtLeast,
    Case,
    Compare,
    Demand,
    GoalDefinition,
    Not,
    Parameter,
    SameYear,
    Test,
    Use,
)
from rules_engine.judging import facts_in, obligation
from rules_engine.model import Outcome
from rules_engine.rulebook import Rulebook
from rules_engine.values import to_json
from rules_engine.wording import say

COLUMNS = ("clause", "words", "condition", "figure", "since", "met", "not_met")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One demand of a goal, in words."""

    clause: str
    words: str
    condition: str
    figure: str
    since: str
    met: str
    not_met: str


@dataclass(frozen=True, slots=True)
class Review:
    """A goal's table with the notes beside it and the stamp that a reviewer signs."""

    title: str
    heading: tuple[str, ...]
    rows: tuple[ReviewRow, ...]
    notes: tuple[str, ...]
    stamp: str


def review(
    rulebook: Rulebook, goal: GoalDefinition, cases: Iterable[Case], on: date, language: str = "zh-Hans"
) -> Review:
    """The goal's table by the rules of a day. Examples come from the rulebook's cases."""
    writer = _Writer(rulebook, on, language)
    own = tuple(case for case in cases if case.goal == goal.id)
    names = [*rulebook.rules.layers[goal.layer].notes, *goal.notes]
    names += [
        name for demand in goal.demands for name in rulebook.rules.requirements[demand.requirement].notes
    ]
    stamp = rulebook.stamp
    return Review(
        title=goal.title.said_in(language),
        heading=tuple(say(f"review.{name}").said_in(language) for name in COLUMNS),
        rows=tuple(writer.row(goal, demand, own) for demand in goal.demands),
        notes=tuple(rulebook.rules.notes[name].text.said_in(language) for name in dict.fromkeys(names)),
        stamp=f"{stamp.id} {stamp.version} sha256 {stamp.sha256}",
    )


class _Writer:
    def __init__(self, rulebook: Rulebook, on: date, language: str) -> None:
        self.rulebook = rulebook
        self.rules = rulebook.rules
        self.on = on
        self.language = language

    def row(self, goal: GoalDefinition, demand: Demand, cases: tuple[Case, ...]) -> ReviewRow:
        requirement = self.rules.requirements[demand.requirement]
        citations = demand.citations or requirement.citations
        test = obligation(requirement)
        return ReviewRow(
            clause="\n".join(citations),
            words="\n".join(quote for ref in citations if (quote := self.rulebook.quotes(ref))),
            condition=f"{requirement.title.said_in(self.language)}: {self.condition(test)}",
            figure=", ".join(self._figures(test)),
            since=", ".join(self._since(test)) or self.rules.layers[requirement.layer].start.isoformat(),
            met=self._example(goal, demand, cases, Outcome.MET),
            not_met=self._example(goal, demand, cases, Outcome.NOT_MET),
        )

    def condition(self, test: Test) -> str:
        """A test in words and symbols."""
        if isinstance(test, Compare):
            return self._comparison(test)
        if isinstance(test, SameYear):
            labels = {"one": self._label(test.fact), "other": self._label(test.other)}
            return say("tree.same_year", **labels).said_in(self.language)
        if isinstance(test, Use):
            return self.rules.requirements[test.requirement].title.said_in(self.language)
        if isinstance(test, Not):
            return f"{say('tree.not').said_in(self.language)} ({self.condition(test.of)})"
        parts = "; ".join(self.condition(part) for part in test.of)
        return f"{self._joined(test)} ({parts})"

    def _joined(self, test: AllOf | AnyOf | AtLeast) -> str:
        if isinstance(test, AtLeast):
            return say("tree.at_least", count=test.count).said_in(self.language)
        return say("tree.all" if isinstance(test, AllOf) else "tree.any").said_in(self.language)

    def _comparison(self, test: Compare) -> str:
        value = to_json(self.rules.resolver(self.on)(test.value))
        symbols = {"at_least": "≥", "at_most": "≤", "before": "<", "on_or_after": "≥"}
        return f"{self._label(test.fact)} {symbols.get(test.op, '=')} {self._shown(value)}"

    def _shown(self, value: Any) -> str:
        if isinstance(value, bool):
            return say("review.yes" if value else "review.no").said_in(self.language)
        return " / ".join(map(str, value)) if isinstance(value, list) else str(value)

    def _label(self, fact: str) -> str:
        return self.rules.facts[fact].label.said_in(self.language)

    def _parameters(self, test: Test) -> list[Parameter]:
        if isinstance(test, Compare):
            return [test.value] if isinstance(test.value, Parameter) else []
        if isinstance(test, SameYear | Use):
            return []
        parts = (test.of,) if isinstance(test, Not) else test.of
        return [parameter for part in parts for parameter in self._parameters(part)]

    def _figures(self, test: Test) -> list[str]:
        return [str(to_json(self.rules.resolver(self.on)(parameter))) for parameter in self._parameters(test)]

    def _since(self, test: Test) -> list[str]:
        periods = [self.rules.parameters[parameter.name].on(self.on) for parameter in self._parameters(test)]
        return [period.start.isoformat() for period in periods if period is not None]

    def _example(self, goal: GoalDefinition, demand: Demand, cases: tuple[Case, ...], wanted: Outcome) -> str:
        """The first case that shows the outcome, told in the facts that this demand reads."""
        names = facts_in(obligation(self.rules.requirements[demand.requirement]), self.rules.requirements)
        for case in cases:
            said = {name: case.facts[name] for name in names if name in case.facts}
            if not said:
                continue
            result = self.rulebook.check(goal.id, case.facts, case.on)
            if any(row.id == demand.requirement and row.outcome is wanted for row in result.requirements):
                return "; ".join(f"{self._label(name)}: {self._shown(value)}" for name, value in said.items())
        return ""


def as_markdown(table: Review) -> str:
    """The table as Markdown."""
    lines = [f"# {table.title}", "", _line(table.heading), _line(["---"] * len(table.heading))]
    lines += [_line([getattr(row, name) for name in COLUMNS]) for row in table.rows]
    lines += ["", *(f"- {note}" for note in table.notes), "", table.stamp, ""]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    escaped = (cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def write_docx(table: Review, file: Path) -> None:
    """The table as a Word document in landscape."""
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(table.title, level=1)
    grid = document.add_table(rows=1, cols=len(table.heading), style="Table Grid")
    for cell, text in zip(grid.rows[0].cells, table.heading, strict=True):
        cell.text = text
    for row in table.rows:
        for cell, name in zip(grid.add_row().cells, COLUMNS, strict=True):
            cell.text = getattr(row, name)
    for note in table.notes:
        document.add_paragraph(note, style="List Bullet")
    document.add_paragraph(table.stamp)
    document.save(str(file))

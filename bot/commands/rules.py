"""``xize rules``: list, show, test and check the rulebook, and print the grammar of its files."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rules_engine.errors import RulebookInvalid, UnknownFact, UnknownGoal

if TYPE_CHECKING:
    from knowledge.library import Library
    from rules_engine.rulebook import Rulebook

_DIRECTORY = click.option(
    "--rulebook",
    "path",
    type=click.Path(exists=True, path_type=Path),
    help="Another rulebook: a directory or a file; the built-in one when left out.",
)


@click.group()
def rules() -> None:
    """List, show, test and check the rulebook."""


@rules.command("list")
@_DIRECTORY
def list_goals(path: Path | None) -> None:
    """List the goals with what they rest on."""
    rulebook = _open(path)
    click.echo(f"{rulebook.stamp.id} {rulebook.stamp.version} sha256 {rulebook.stamp.sha256}")
    for goal in rulebook.goals.values():
        click.echo(f"{goal.id:32} {goal.title.zh} [{', '.join(goal.citations)}]")


@rules.command()
@click.argument("goal")
@click.option(
    "--docx", "docx", type=click.Path(dir_okay=False, path_type=Path), help="Write a Word document."
)
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose rules apply; today when left out."
)
@click.option("--lang", type=click.Choice(["zh-Hans", "en"]), default="zh-Hans", show_default=True)
@_DIRECTORY
def show(goal: str, docx: Path | None, on: datetime | None, lang: str, path: Path | None) -> None:
    """Show GOAL as a table for review, in Markdown or as a Word document."""
    from rules_engine.loader import BUILT_IN, read_cases
    from rules_engine.review import as_markdown, review, write_docx

    rulebook = _open(path)
    if goal not in rulebook.goals:
        raise click.UsageError(str(_unknown(rulebook, goal)))
    day = on.date() if on is not None else _today()
    if not rulebook.in_force(goal, day):
        raise click.UsageError(f"{goal}: no rule in force on {day}")
    table = review(rulebook, rulebook.goals[goal], read_cases(path or BUILT_IN), day, lang)
    if docx is None:
        click.echo(as_markdown(table))
    else:
        write_docx(table, docx)
        click.echo(f"{docx}")


@rules.command()
@click.argument("sides", nargs=-1, required=True, metavar="GOAL[@DATE]... [FACT=VALUE]...")
@click.option("--lang", type=click.Choice(["zh-Hans", "en"]), default="zh-Hans", show_default=True)
@_DIRECTORY
def diff(sides: tuple[str, ...], lang: str, path: Path | None) -> None:
    """The same case under several goals or days, side by side: what each demands and what it comes to."""
    rulebook = _open(path)
    goals = [_side(rulebook, side) for side in sides if "=" not in side]
    if len(goals) < 2:
        raise click.UsageError("name two goals or more, such as national-consultant consultant-voluntary")
    facts = {name: _value(text) for name, _, text in (side.partition("=") for side in sides if "=" in side)}
    try:
        found = rulebook.diff(goals, facts)
    except UnknownFact as error:
        raise click.UsageError(str(error)) from None
    _row("", [f"{goal} @ {day}" for goal, day in goals])
    _row("---", ["---"] * len(goals))
    for name, demanded in found.demands.items():
        cells = ["–" if value is None else json.dumps(value, ensure_ascii=False) for value in demanded]
        _row(rulebook.facts[name].label.said_in(lang), cells)
    _row("=", [str(result.verdict) for result in found.sides])
    for result in found.sides:
        for note in result.notes:
            click.echo(f"{result.goal}: {note.said_in(lang)}")


def _side(rulebook: Rulebook, text: str) -> tuple[str, date]:
    goal, _, day = text.partition("@")
    if goal not in rulebook.goals:
        raise click.UsageError(str(_unknown(rulebook, goal)))
    try:
        return goal, date.fromisoformat(day) if day else _today()
    except ValueError:
        raise click.UsageError(f"no such day: {day}") from None


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _row(head: str, cells: list[str]) -> None:
    click.echo(f"| {head} | {' | '.join(cells)} |")


@rules.command("test")
@_DIRECTORY
def test_cases(path: Path | None) -> None:
    """Run the rulebook's cases and print which outcomes no case has shown."""
    from rules_engine.cases import run_cases
    from rules_engine.loader import BUILT_IN, read_cases

    rulebook = _open(path, prove=False)
    trial = run_cases(rulebook, read_cases(path or BUILT_IN))
    for failure in trial.failures:
        click.echo(failure, err=True)
    unseen = trial.unseen(rulebook)
    for goal, requirement, outcomes in unseen:
        click.echo(f"{goal}: {requirement}: never seen {', '.join(outcomes)}")
    demands = sum(len(goal.demands) for goal in rulebook.goals.values())
    wanted, left = 3 * demands, sum(len(outcomes) for _, _, outcomes in unseen)
    seen = f"{wanted - left} of {wanted} outcomes of {demands} demands seen"
    click.echo(f"{trial.count} cases, {len(trial.failures)} failed; {seen}")
    if trial.failures:
        raise SystemExit(1)


@rules.command()
@_DIRECTORY
def check(path: Path | None) -> None:
    """Check the rulebook: grammar, names, types, circles, tables, citations, cases."""
    rulebook = _open(path, prove=True)
    click.echo(f"{rulebook.stamp.id} {rulebook.stamp.version}: {len(rulebook.goals)} goals, no problems")


@rules.command()
def schema() -> None:
    """Print the JSON Schema of a rulebook file."""
    from rules_engine.grammar import schema as rulebook_schema

    click.echo(json.dumps(rulebook_schema(), ensure_ascii=False, indent=1))


def _open(path: Path | None, *, prove: bool | None = None) -> Rulebook:
    """The rulebook with its citations held against the law library; its problems end the command."""
    from bot.app import imported_texts
    from knowledge.library import BUILT_IN as LAW
    from knowledge.library import Library
    from rules_engine.loader import BUILT_IN, load

    library = Library.load((LAW, imported_texts()))
    try:
        return load(
            path or BUILT_IN,
            resolves=lambda ref: _provides(library, ref),
            quotes=lambda ref: library.provision(ref).quote,
            prove=prove,
        )
    except RulebookInvalid as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        raise SystemExit(1) from None


def _provides(library: Library, ref: str) -> bool:
    from knowledge.errors import UnknownReference

    try:
        library.provision(ref)
    except UnknownReference:
        return False
    return True


def _unknown(rulebook: Rulebook, goal: str) -> UnknownGoal:
    try:
        rulebook.check(goal, {}, _today())
    except UnknownGoal as error:
        return error
    raise AssertionError(goal)


def _today() -> date:
    from bot.app import today

    return today()

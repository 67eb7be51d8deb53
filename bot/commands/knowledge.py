"""``xize knowledge``: import law texts, list and show them, compare versions, check the corpus."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bot import app
from knowledge.errors import CorpusError, UnknownReference
from knowledge.model import ParsedInstrument, ParsedItem, Status

_STATUSES = [status.value for status in Status]
_FILE = click.Path(path_type=Path)
_DIRECTORY = click.Path(file_okay=False, path_type=Path)
_directory_option = click.option(
    "--into", "directory", type=_DIRECTORY, help="The operator's directory; from the settings when left out."
)


@click.group()
def knowledge() -> None:
    """Import, list, show, compare and check law texts."""


@knowledge.command("import")
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the text's tree as JSON; nothing is stored.")
@click.option(
    "--dry-run", is_flag=True, help="Check everything and say what would be stored; nothing is stored."
)
@click.option("--id", "identity", default="", help="Id of the instrument; from title and year when left out.")
@click.option("--title", default="", help="Title, where the file's is wrong or missing.")
@click.option("--number", default="", help="Document number (文号).")
@click.option("--issuer", default="", help="Issuing authority.")
@click.option("--status", type=click.Choice(_STATUSES), default="unverified", show_default=True)
@click.option("--effective", type=click.DateTime(["%Y-%m-%d"]), help="The day from which the status holds.")
@click.option(
    "--replace", "replacing", is_flag=True, help="Replace a text of the same id; says what changed."
)
@_directory_option
def import_(
    file: Path, as_json: bool, dry_run: bool, directory: Path | None, replacing: bool, **given: Any
) -> None:
    """Take a law text (.txt .md .docx .pdf .html) into the library, beside what is there."""
    from knowledge.importing import Particulars, import_instrument, read_legal_text

    if as_json:
        parsed, notes = read_legal_text(file)
        _say_notes(notes)
        click.echo(json.dumps(tree_as_json(parsed), ensure_ascii=False))
        return
    particulars = Particulars(
        given["identity"],
        given["title"],
        given["number"],
        given["issuer"],
        Status(given["status"]),
        _day(given["effective"]),
    )
    into = _operators_directory(directory)
    made = import_instrument(
        file, into, particulars, replacing=replacing, taken=_built_in_ids(), store=not dry_run
    )
    _say_notes((*made.notes, *made.parsed.warnings))
    where = f"stored as {made.path}" if made.path else "not stored (--dry-run)"
    click.echo(f"{made.id}  {made.parsed.title}  {len(made.parsed.articles)} articles  {where}")
    if made.changes is not None:
        _show_changes(made.changes.differing)


@knowledge.command("list")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose standing is shown; today when left out."
)
@_directory_option
def list_(on: datetime | None, directory: Path | None) -> None:
    """All instruments: id, standing, title."""
    day = _day(on) or app.today()
    for instrument in _library(directory).instruments.values():
        origin = "" if instrument.built_in else "  (imported)"
        click.echo(f"{instrument.id:28} {instrument.status_on(day).value:11} {instrument.title}{origin}")


@knowledge.command()
@click.argument("ref")
@_directory_option
def show(ref: str, directory: Path | None) -> None:
    """A provision's words by reference (sz-rules-2018-draft#art_10) or as people name it (第十条)."""
    library = _library(directory)
    refs = [ref]
    if ref.partition("#")[0] not in library.instruments:
        refs = [one for resolution in library.find(ref) for one in resolution.refs]
        if not refs:
            raise UnknownReference(f"没有这一条：{ref} (no such provision)")
    for one in refs:
        provision = library.provision(one)
        click.echo(f"{provision.label}  [{provision.ref}, {provision.wording.value}]")
        click.echo(provision.text or "（来源未给出正文）")
        for child in provision.children if not provision.text else ():
            click.echo(f"  {provision.instrument}#{child}")
        for link in provision.links:
            click.echo(f"  {link.kind.value}: {link.ref}")
        for goal in app.load_sources().rulebook.applying(one):
            click.echo(f"  applied_by: {goal}")


@knowledge.command("diff")
@click.argument("before")
@click.argument("after")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with all articles.")
@_directory_option
def diff_(before: str, after: str, as_json: bool, directory: Path | None) -> None:
    """What changed between two versions, article by article; each an id of the library or a file."""
    from knowledge.diff import compare

    comparison = compare(_passages(before, directory), _passages(after, directory))
    if as_json:
        click.echo(
            json.dumps({"changes": [_change_as_json(one) for one in comparison.changes]}, ensure_ascii=False)
        )
    else:
        _show_changes(comparison.differing)


@knowledge.command()
@_directory_option
def check(directory: Path | None) -> None:
    """Refuse unresolved references and goals, quotes that are not in their source, and ids given twice."""
    from rules_engine.loader import BUILT_IN, load

    library = _library(directory)
    goals = load(BUILT_IN, prove=False).goals
    problems = library.check(goals.__contains__)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise CorpusError(f"{len(problems)} problems in the corpus")
    click.echo(f"{len(library.instruments)} instruments, no problems")


def tree_as_json(parsed: ParsedInstrument) -> dict[str, Any]:
    """A parsed text as the machine interface shows it."""
    return {
        "title": parsed.title,
        "chapters": list(parsed.chapters),
        "articles": [
            {
                "number": article.number,
                "address": article.address,
                "paragraphs": [paragraph.text for paragraph in article.paragraphs],
                "items": [
                    _item_as_json(item) for paragraph in article.paragraphs for item in paragraph.items
                ],
            }
            for article in parsed.articles
        ],
        "warnings": list(parsed.warnings),
    }


def _item_as_json(item: ParsedItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "address": item.address,
        "text": item.text,
        "items": [_item_as_json(below) for below in item.items],
    }


def _change_as_json(change: Any) -> dict[str, Any]:
    def side(passage: Any) -> dict[str, str] | None:
        return passage and {"number": passage.number, "label": passage.label, "text": passage.text}

    spans = [{"kind": span.kind, "text": span.text} for span in change.spans]
    return {
        "change": change.change.value,
        "before": side(change.before),
        "after": side(change.after),
        "spans": spans,
    }


def _show_changes(changes: Iterable[Any]) -> None:
    shown = 0
    for shown, change in enumerate(changes, 1):  # noqa: B007
        old, new = change.before, change.after
        names = dict.fromkeys(side.label for side in (old, new) if side is not None)
        click.echo(f"[{change.change.value}] {' → '.join(names)}")
        marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
        if change.spans:
            click.echo("".join(marks[span.kind].format(span.text) for span in change.spans))
        elif old is None or new is None:
            click.echo((new or old).text)
    if not shown:
        click.echo("没有变化 (no changes)")


def _passages(named: str, directory: Path | None) -> Any:
    from knowledge.diff import parsed_passages, passages_of
    from knowledge.importing import read_legal_text

    if Path(named).is_file():
        parsed, notes = read_legal_text(Path(named))
        _say_notes(notes)
        return parsed_passages(parsed)
    return passages_of(_library(directory).instrument(named))


def _say_notes(notes: Iterable[str]) -> None:
    for note in notes:
        click.echo(note, err=True)


def _library(directory: Path | None) -> Any:
    from knowledge.library import BUILT_IN, Library

    return Library.load((BUILT_IN, _operators_directory(directory)))


def _built_in_ids() -> frozenset[str]:
    from knowledge.library import BUILT_IN, Library

    return frozenset(Library.load((BUILT_IN,)).instruments)


def _operators_directory(given: Path | None) -> Path:
    """The directory of imported texts. Settings are heavy to load, so they are asked only where needed."""
    if given is not None:
        return given
    from bot.settings import read_settings

    return read_settings().library


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None

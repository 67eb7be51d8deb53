"""Files to take away: which there are now, and each by a tap: ``document:<name>``; ``files`` lists them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from bot.attachments import place
from bot.documents import report, tables, timeline
from bot.messages import Attachment, Button, Incoming, Intent, Reply, Text
from bot.phrases import Phrases, phrases
from bot.reminders.proof import export as export_proof
from bot.skills import calendars, checks, deadlines, feeds, goals, privacy
from bot.skills.reports import write_check
from bot.skills.rosters import again, held_roster
from bot.skills.sheets import write_deadlines, write_empty_roster, write_roster
from bot.skills.showing import timeline as shown
from bot.taps import button, offered
from bot.turn import Turn
from bot.zones import zone_of
from storage.store import Store

_PROOF = "document:proof"
_FORMS = Path(__file__).parents[1] / "lexicon" / "documents.toml"
_CSV = "text/csv"


def answer(turn: Turn) -> Reply:
    """The file that a button names; without a name, what there is."""
    name = turn.tap.argument if turn.tap is not None else ""
    return MAKERS.get(name, menu)(turn)


def menu(turn: Turn) -> Reply:
    """What can be taken away now."""
    own = bool(turn.deadlines or goals.in_play(turn))
    said = turn.say.say("files.menu" if own else "files.none")
    return Reply(Intent.EXPORT, (Text(said, "headline"),), _ways(turn))


def export(turn: Turn) -> Reply:
    """The file that the words name; all of one's own data where they name none, and what else there is."""
    said = turn.read.text.lower()
    wanted = next((name for name, form in _forms().items() if form.search(said)), None)
    if wanted is not None:
        return MAKERS[wanted](turn)
    whole = privacy.export(turn)
    return replace(whole, buttons=offered(*whole.buttons, *_ways(turn)))


async def prepare(store: Store, incoming: Incoming) -> Path | None:
    """The delivery journal of the company in play, where a button asks for it; None where nothing was sent.
    Read before the talk is opened, for the talk does not hold it."""
    if incoming.tap != _PROOF:
        return None
    async with store.talk(incoming.chat, at=incoming.at) as talk:
        company, zone = talk.contact.company_id, zone_of(talk.contact)
        say = phrases(talk.contact.language)
        if company not in talk.companies:
            return None
    path = place("journal.csv", incoming.at)
    # The mark at the beginning tells spreadsheet programs that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        called = partial(_called, say)
        count = await export_proof(store, out, zone, company, called)
    return path if count else None


def _called(say: Phrases, column: str, code: str) -> str:
    return say.called(f"journal.{column}", code)


def make_report(turn: Turn) -> Reply:
    """The check in play as a Word report."""
    in_play = goals.in_play(turn)
    results = [checks.judge(turn, goal, turn.facts) for goal in in_play]
    if not results or goals.differ(results):
        return checks.answer(turn)
    turn.session.goals = in_play
    path = _place(turn, "report")
    write_check(turn, results[0], path, both=len(results) > 1)
    given = _given(turn, "report", path, report.MEDIA_TYPE)
    return replace(given, citations=turn.cite(results[0].citations), check=results[0])


def make_spreadsheet(turn: Turn) -> Reply:
    """The dates as a spreadsheet."""
    schedule = deadlines.compute(turn)
    if not schedule.deadlines:
        return deadlines.answer(turn)
    path = _place(turn, "spreadsheet")
    write_deadlines(turn, schedule, path)
    given = _given(turn, "spreadsheet", path, tables.MEDIA_TYPE, count=len(schedule.deadlines))
    return replace(given, citations=turn.cite(schedule.citations), schedule=schedule)


def make_timeline(turn: Turn) -> Reply:
    """The dates as a picture; as text where no font here can write them."""
    schedule = deadlines.compute(turn)
    if not schedule.deadlines:
        return deadlines.answer(turn)
    block = shown(turn, schedule.deadlines)
    labels = [turn.clause_label(ref) for ref in deadlines.basis(schedule)]
    notes = [turn.say.say("deadlines.basis", labels=labels), *map(turn.say.words, schedule.standing)]
    words = timeline.Words(calendars.calendar_name(turn), notes, turn.language)
    path = _place(turn, "timeline")
    if timeline.draw_timeline(path, block.rows, words):
        given = _given(turn, "timeline", path, timeline.MEDIA_TYPE)
    else:
        given = Reply(Intent.EXPORT, (Text(turn.say.say("files.no_font"), "headline"), block))
    return replace(given, citations=turn.cite(schedule.citations), schedule=schedule)


def make_roster(turn: Turn) -> Reply:
    """The roster at hand with everybody's result."""
    at_hand = held_roster(turn)
    if at_hand is None:
        return again(turn)
    _, roster = at_hand
    path = _place(turn, "roster")
    write_roster(turn, roster, path)
    return _given(turn, "roster", path, tables.MEDIA_TYPE, people=len(roster.people))


def make_template(turn: Turn) -> Reply:
    """The roster to fill in."""
    path = _place(turn, "template")
    write_empty_roster(turn, path)
    return _given(turn, "template", path, tables.MEDIA_TYPE)


def make_proof(turn: Turn) -> Reply:
    """The company's delivery journal, which ``prepare`` read; a button for it where words asked."""
    if turn.proof is not None:
        return _given(turn, "proof", turn.proof, _CSV)
    asked = turn.incoming.tap != _PROOF and turn.company is not None
    if asked:
        ask = button(turn.say.say("files.label.proof"), "document", "proof")
        return Reply(Intent.EXPORT, (Text(turn.say.say("files.proof_ask"), "headline"),), offered(ask))
    return Reply(Intent.EXPORT, (Text(turn.say.say("files.proof_none"), "headline"),), _ways(turn))


MAKERS: Mapping[str, Callable[[Turn], Reply]] = {
    "report": make_report,
    "spreadsheet": make_spreadsheet,
    "timeline": make_timeline,
    "roster": make_roster,
    "template": make_template,
    "proof": make_proof,
    "calendar": calendars.answer,
    "feed": feeds.answer,
}


def _ways(turn: Turn) -> tuple[Button, ...]:
    """A button for each file that there is something for."""
    has_dates, has_check = bool(turn.deadlines), bool(goals.in_play(turn))
    has_reminders = turn.subscription is not None or bool(turn.talk.sent)
    there = {
        "report": has_check,
        "spreadsheet": has_dates,
        "timeline": has_dates,
        "calendar": has_dates,
        "feed": has_dates and bool(turn.public_url),
        "roster": held_roster(turn) is not None,
        "proof": has_reminders,
        "template": True,
    }
    own = [
        button(turn.say.say(f"files.label.{name}"), "document", name)
        for name, is_there in there.items()
        if is_there
    ]
    return offered(*own, button(turn.say.say("files.label.export"), "export"))


def _place(turn: Turn, name: str) -> Path:
    return place(turn.say.say(f"files.name.{name}"), turn.now)


def _given(turn: Turn, name: str, path: Path, media_type: str, **fill: object) -> Reply:
    """The file with a line on what it is."""
    called = turn.say.say(f"files.name.{name}")
    return Reply(
        Intent.EXPORT,
        (Text(turn.say.say(f"files.{name}", **fill), "headline"),),
        offered(button(turn.say.say("files.button"), "files")),
        attachments=(Attachment(called, media_type, path),),
    )


@cache
def _forms() -> Mapping[str, re.Pattern[str]]:
    said = tomllib.loads(_FORMS.read_text(encoding="utf-8"))["document_said"]
    return {name: re.compile(form) for name, form in said.items()}

"""Several questions in one message: a short numbered block each, from the law and from what is known of the
company; the rest, the dates and the check a tap away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.messages import Block, Bullets, Button, Intent, Reply, Text
from bot.skills import checks, clauses, deadlines, goals
from bot.skills.asking import answers, asked_still
from bot.skills.dates_said import cycle
from bot.skills.showing import day, label, remaining
from bot.skills.verdicts import headline
from bot.taps import button, offered
from bot.turn import Turn
from bot.understanding.model import Doubt
from bot.understanding.notices import deadlines_in
from knowledge.model import Abstain, Finding, PartFound, Statement, Words
from rules_engine.model import CheckResult, DeadlineResult, Outcome, Schedule

PARTS = 6  # questions answered in one reply; further ones are a button away
LINES = 6  # statements of the law in all, one or two a question
SILENT = 2  # statements where the first says that the law is silent
TITLE = 28  # characters of a question as it is repeated
SHORT = 160  # characters of a clause that is shown among others
BUTTONS = 6
DATES = "dates"


def answer(turn: Turn) -> Reply:
    """Answer the message from the law: question by question where it holds several."""
    tap = turn.tap
    if tap is not None or not (finding := clauses.find(turn, turn.read.text)).parts:
        return clauses.answer(turn)
    turn.read = replace(turn.read, doubts=tuple(_doubted(turn.read.doubts, finding)))
    return compose(turn, finding)


def compose(turn: Turn, finding: Finding) -> Reply:
    """The questions with their answers, numbered."""
    clauses.remember(turn, finding)
    shown, further = finding.parts[:PARTS], finding.parts[PARTS:]
    schedule = _schedule(turn)
    owns = [_own(turn, part, schedule) for part in shown]
    dated = schedule if any(own.dates for own in owns) else None
    check = next((own.check for own in owns if own.check is not None), None)
    lines = min(2, max(1, LINES // len(shown)))
    blocks: list[Block] = [Text(_headline(turn, finding, dated), "headline")]
    for number, (part, own) in enumerate(zip(shown, owns, strict=True), 1):
        blocks += [_block(turn, number, part, own, lines), *_words(turn, part)]
    blocks += [Text(turn.say.say("several.further", count=len(further)), "note")] if further else []
    blocks += [*_readings(turn, dated), *clauses.standing(turn, finding.standing_of)]
    back = asked_still(turn)
    abstain = finding.abstain or _nowhere(shown[0])
    refs = [ref for part in shown for one in _shown(part, lines) for ref in one.refs]
    own_refs = (*(dated.citations if dated else ()), *(check.citations if check else ()))
    steps = (
        *(answers(turn, turn.session.asked[0]) if back else ()),
        *_steps(turn, shown, further, lines, dated),
        *_clause_buttons(turn, finding),
    )
    return Reply(
        intent=Intent.ABSTAIN if abstain else Intent.LOOKUP,
        blocks=(*blocks, *back),
        buttons=_with_what_applies(turn, finding, offered(*steps)),
        asks=turn.session.asked[:1] if back else (),
        abstain=str(abstain) if abstain else None,
        citations=turn.cite((*refs, *finding.quotes, *own_refs)),
        schedule=dated,
        check=check,
    )


@dataclass(frozen=True, slots=True)
class _Own:
    """What is known of the company itself on a question: its dates, how often, how it fares."""

    dates: tuple[DeadlineResult, ...] = ()
    lines: tuple[str, ...] = ()
    check: CheckResult | None = None


def _own(turn: Turn, part: PartFound, schedule: Schedule | None) -> _Own:
    dates = _dates(part, schedule) if schedule is not None else ()
    check = _check(turn, part)
    said = [
        turn.say.say(
            "several.date",
            title=turn.say.words(item.title),
            on=day(turn, item.due),
            left=remaining(turn, item),
        )
        for item in dates
    ]
    if schedule is not None and _about_the_cycle(part, schedule):
        said.append(cycle(turn, schedule))
    if check is not None:
        said.append(turn.say.say("several.told", verdict=headline(turn, check)))
    return _Own(dates, tuple(said), check)


def _block(turn: Turn, number: int, part: PartFound, own: _Own, lines: int) -> Bullets:
    asked = [_cut(turn.say.words(Words(words, words))) for words in part.asked]
    said = (clauses.in_words(turn, one) for one in _shown(part, lines))
    return Bullets((*own.lines, *said), turn.say.say("several.part", number=number, asked=asked))


def _nowhere(part: PartFound) -> Abstain | None:
    """第三十五条呢，有没有说可以申诉: what is asked first does not exist, so nothing of it can be said."""
    return part.finding.abstain if part.finding.abstain is Abstain.OUT_OF_RANGE else None


def _shown(part: PartFound, lines: int) -> Sequence[Statement]:
    """The first statements of a question; where they only say that it is not given, what is said instead."""
    return part.finding.statements[: max(lines, SILENT) if part.finding.abstain else lines]


def _words(turn: Turn, part: PartFound) -> list[Block]:
    """The words of a clause that was asked for by its number, where they are short."""
    if part.finding.topics:
        return []
    held = (turn.sources.library.provision(ref) for ref in part.finding.quotes[:1])
    return [clauses.clause_card(turn, one.ref) for one in held if 0 < len(one.text) <= SHORT]


def _cut(words: str) -> str:
    """A question as it is repeated: its beginning, where it is long."""
    words = words.strip(" ?.,、")
    words = words[:1].upper() + words[1:]
    return words if len(words) <= TITLE or words.isascii() else f"{words[: TITLE - 1]}…"


def _headline(turn: Turn, finding: Finding, dated: Schedule | None) -> str:
    count = sum(len(part.asked) for part in finding.parts)
    if dated is None:
        return turn.say.say("several.headline", count=count)
    first = dated.deadlines[0]
    return turn.say.say(
        "several.counted",
        count=count,
        day=day(turn, first.trigger_on),
        event=label(turn, first.trigger),
        assumed=turn.confirm.get(first.trigger),
    )


# --- what is known of the company -------------------------------------------------------------------


def _schedule(turn: Turn) -> Schedule | None:
    """The company's dates, where anything that decides them is known."""
    return deadlines.compute(turn) if turn.facts.keys() & turn.sources.rulebook.schedule_facts else None


def _dates(part: PartFound, schedule: Schedule) -> tuple[DeadlineResult, ...]:
    """The company's own dates that a question is about: those named, or all that its answer leads on to."""
    refs = {ref for one in part.finding.statements for ref in one.refs}
    fitting = tuple(item for item in schedule.deadlines if refs & set(item.citations))
    named = {name for words in part.asked for name in deadlines_in(words)}
    if chosen := tuple(item for item in fitting if item.id in named):
        return chosen
    leads_on = any(step.action == DATES for step in part.finding.steps)
    return deadlines.nearest(fitting) if leads_on and not named else ()


def _about_the_cycle(part: PartFound, schedule: Schedule) -> bool:
    """Whether a question's answer rests on what only the company's cycle rests on."""
    if schedule.cycle is None or not schedule.cycle.years:
        return False
    dated = {ref for item in schedule.deadlines for ref in item.citations}
    refs = {ref for one in part.finding.statements for ref in one.refs}
    return bool(refs & (set(schedule.citations) - dated))


def _check(turn: Turn, part: PartFound) -> CheckResult | None:
    """The check that what a question itself tells decides: 第三方只有3个审核师行吗."""
    asked = "".join("".join(part.asked).split())
    told = {fact.name for fact in turn.read.facts if "".join(fact.words.lower().split()) in asked}
    for goal in goals.in_play(turn)[:1] if told else ():
        result = checks.judge(turn, goal, turn.facts)
        rows = [row for row in result.requirements if row.outcome in (Outcome.MET, Outcome.NOT_MET)]
        if any(told & set(row.facts) for row in rows):
            return result
    return None


def _doubted(doubts: Sequence[Doubt], finding: Finding) -> Iterator[Doubt]:
    """The doubts about what was told: 审核师几个, a question, is no number said unclearly."""
    asked = ["".join(words.split()).rstrip("?") for part in finding.parts for words in part.asked]
    for doubt in doubts:
        words = "".join(doubt.words.lower().split())
        if not any(words in one or one in words for one in asked):
            yield doubt


def _readings(turn: Turn, dated: Schedule | None) -> list[Block]:
    """That a day is only roughly known, where dates are counted from it."""
    if dated is None or dated.deadlines[0].latest_trigger is None:
        return []
    readings = [note for note in dated.notes if note not in dated.standing]
    return [Text(turn.say.words(note), "note") for note in readings[:1]]


# --- next steps -------------------------------------------------------------------------------------


def _steps(
    turn: Turn, shown: Sequence[PartFound], further: Sequence[PartFound], lines: int, dated: Schedule | None
) -> Iterator[Button | None]:
    """The questions not yet answered, the company's dates, what an answer goes on with."""
    library = turn.sources.library
    for part in further:
        yield button(_cut(turn.say.words(Words(part.asked[0], part.asked[0]))), "ask", part.asked[0])
    if dated is not None:
        yield button(turn.say.say("button.dates"), DATES)
        if turn.subscription is None:
            yield button(turn.say.say("button.subscribe"), "subscribe")
    for part in shown:
        if len(part.finding.statements) > lines and part.finding.topics:
            topic = library.topics.topics[part.finding.topics[0]]
            yield button(turn.say.words(topic.label), "topic", topic.id)
    for part in shown:
        yield from (clauses.step_button(turn, step) for step in part.finding.steps if step.action == "goal")


def _with_what_applies(turn: Turn, finding: Finding, buttons: tuple[Button, ...]) -> tuple[Button, ...]:
    """As many buttons as fit, the last one leading to what is in force, where what was said is not."""
    applying = turn.sources.library.topics.lexicon.applying
    last = [clauses.step_button(turn, step) for step in finding.steps if step.target == applying]
    return offered(*buttons[: BUTTONS - len(last)], *last)


def _clause_buttons(turn: Turn, finding: Finding) -> Iterator[Button | None]:
    quotes = dict.fromkeys(ref for part in finding.parts for ref in part.finding.quotes[:1])
    return (button(turn.clause_label(ref), "clause", ref) for ref in quotes)

"""Who qualifies: a goal judged on what is known, line by line, and the one question that decides most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.messages import Block, Button, Intent, Reply, Text
from bot.skills import goals, whose
from bot.skills.asking import answers, ask, asked_still, last_number, numbers_in, question
from bot.skills.clauses import standing
from bot.skills.heard import to_ask_again
from bot.skills.help import stale
from bot.skills.implied import none_of_them
from bot.skills.showing import brief
from bot.skills.verdicts import (
    card,
    change,
    changes,
    headline,
    is_count,
    mending,
    said,
    said_of,
    title,
    would_be,
)
from bot.subjects import subject_of, subjects
from bot.taps import button, offered
from bot.turn import Turn
from rules_engine.model import CheckResult, Outcome, Verdict
from storage.records import Company

ROUTE = "route"
_KNOWN_BY = 12  # characters of a reading, enough to know it again
_CROWD = 100  # so many are not hired at a time
READINGS = 2  # declared readings shown under a verdict; the rest is in `xize rules show`


def answer(turn: Turn) -> Reply:
    """Judge the goal in play; ask which one is meant when none is, and for the fact that decides most."""
    before, turn.session.goals = turn.session.goals, goals.in_play(turn)
    going_on = bool(turn.understood) and before == turn.session.goals and _just_checked(turn)
    if turn.company is not None and turn.session.goals:
        turn.session.checks[turn.company.id] = list(turn.session.goals)
    if not turn.session.goals:
        which = changes(turn) + turn.say.say("check.which")
        return _either_route(turn) or ask(turn, Intent.CHECK, (ROUTE,), headline=which)
    if turn.understood and _supposed_facts(turn, turn.session.goals[:1]):
        return what_if(turn)
    results = [judge(turn, goal, turn.facts) for goal in turn.session.goals]
    first = results[0]
    if goals.differ(results):
        return _reply(turn, first, (goals.KIND,), said=title(turn, first, both=False))
    called = title(turn, first, both=len(results) > 1)
    return _reply(turn, first, _worth_asking(turn, first), said=called, going_on=going_on)


def _just_checked(turn: Turn) -> bool:
    return turn.session.last_intent is Intent.CHECK


def judge(turn: Turn, goal: str, facts: Mapping[str, Any], company: Company | None = None) -> CheckResult:
    """A goal on these facts under today's rules. ``company``: whose they are, else of the one in play."""
    facts = whose.counted(turn, goal, facts, company)
    return turn.sources.rulebook.check(goal, {**none_of_them(turn, facts), **facts}, turn.today)


def resume(turn: Turn) -> Reply:
    """Take up what was asked, or the check that was left."""
    turn.session.goals = turn.session.goals or turn.session.left
    if turn.session.asked and turn.session.asking not in (None, Intent.CHECK):
        return ask(turn, turn.session.asking or Intent.CHECK, turn.session.asked)
    if not turn.session.asked:
        turn.session.unknown = ()  # whoever goes on may know by now
    return answer(turn)


def ask_again(turn: Turn) -> Reply:
    """不是, to what was taken on an assumption: it no longer counts, and is asked for."""
    names = turn.session.confirming
    if turn.company is not None:
        for name in names:
            turn.talk.facts.pop((turn.company.id, name), None)
    return ask(turn, Intent.CHECK, names)


def supposes(turn: Turn) -> bool:
    """Whether the message only supposes something that the check in play is about."""
    return not turn.understood and bool(_supposed_facts(turn, goals.in_play(turn)))


def decides_nothing(turn: Turn) -> bool:
    """Whether what the message told bears on no requirement of the check: then its question comes first."""
    told = set(turn.understood)
    if not told or turn.session.goals:
        return False
    facts = {**turn.facts, **_supposed_facts(turn, goals.in_play(turn)[:1])}
    rows = [row for goal in goals.in_play(turn)[:1] for row in judge(turn, goal, facts).requirements]
    return not any(told & set(row.facts) and row.outcome is not Outcome.UNKNOWN for row in rows)


def what_if(turn: Turn) -> Reply:
    """The same check with what the message only supposes."""
    goal = goals.in_play(turn)[0]
    told = bool(turn.understood)
    changed = (
        _supposed_facts(turn, (goal,)) if told else {one.name: one.value for one in turn.read.hypothetical}
    )
    planned = all(_is_day(turn, name) for name in changed)
    return supposed(turn, goal, changed, key="asked_if" if told or planned else "what_if")


def _is_day(turn: Turn, name: str) -> bool:
    """Whether a fact is a day: asking about one asks whether something may be done then."""
    definition = turn.sources.rulebook.facts.get(name)
    return definition is not None and definition.type == "date"


def _supposed_facts(turn: Turn, of: Iterable[str]) -> dict[str, Any]:
    """What the message only supposes, or asks about, of what these goals look at."""
    known = turn.sources.rulebook.goals
    names = {name for goal in of if goal in known for name in known[goal].facts} - turn.understood.keys()
    return {fact.name: fact.value for fact in turn.read.hypothetical if fact.name in names}


def suppose(turn: Turn) -> Reply:
    """The button under a failed verdict, ``suppose:<goal>:<n>``: its nth cheapest fix tried."""
    goal, number = (*(turn.tap.arguments if turn.tap is not None else ()), "", "")[:2]
    if goal not in turn.sources.rulebook.goals:
        return stale(turn)
    result = judge(turn, goal, turn.facts)
    if not (number.isdecimal() and int(number) < len(result.fixes)):
        return stale(turn)
    return supposed(turn, goal, _of_what_is_known(result, int(number)))


def failing(turn: Turn) -> CheckResult | None:
    """The check in play where it is failed."""
    held = [goal for goal in turn.session.goals[:1] if goal in turn.sources.rulebook.goals]
    results = (judge(turn, goal, turn.facts) for goal in held)
    return next((result for result in results if result.verdict is Verdict.FAIL), None)


def mended(turn: Turn) -> Reply:
    """如果再考一个呢: the failed check with its cheapest fix supposed; what would mend it, where none is."""
    result = failing(turn)
    if result is None or not result.fixes:
        return remedy(turn)
    return supposed(turn, result.goal, _so_many_more(turn) or _of_what_is_known(result, 0))


def _so_many_more(turn: Turn) -> dict[str, Any]:
    """再招两个呢, where one number falls short: as many more as are said."""
    short, numbers = short_of(turn), numbers_in(turn.read.text)
    held = turn.facts.get(short[0]) if len(short) == 1 else None
    more = numbers[0] if len(numbers) == 1 else None
    if not isinstance(held, int) or more is None or not 0 < more < _CROWD:
        return {}
    return {short[0]: held + more}


def found(turn: Turn) -> Reply:
    """招到了, after a failed check: how many there are now is asked, not guessed."""
    return ask(turn, Intent.CHECK, short_of(turn), headline=turn.say.say("check.found"))


def short_of(turn: Turn) -> tuple[str, ...]:
    """The facts for which the check in play fails, each once."""
    result = failing(turn)
    rows = result.requirements if result is not None else ()
    short = [row for row in rows if row.outcome is Outcome.NOT_MET]
    return tuple(dict.fromkeys(name for row in short for name in row.facts[:1]))


def remedy(turn: Turn) -> Reply:
    """那怎么办, after a failed check: first of all what would mend it."""
    reply = answer(turn)
    said = mending(turn, reply.check) if reply.check is not None else []
    if not said:
        return reply
    rest = (block for block in reply.blocks[1:] if not (isinstance(block, Text) and block.text in said))
    return replace(reply, blocks=(Text(said[0], "headline"), *rest))


def _of_what_is_known(result: CheckResult, number: int) -> Mapping[str, Any]:
    """A fix without what is only unknown: nobody has said that it fails."""
    return {name: wanted for name, wanted in result.fixes[number].items() if name not in result.missing}


def supposed(turn: Turn, goal: str, changed: Mapping[str, Any], *, key: str = "what_if") -> Reply:
    """The check with a change that is not kept; then back to what was asked."""
    turn.session.supposed = _counted_up(turn, changed)
    before = judge(turn, goal, turn.facts)
    after = judge(turn, goal, {**turn.facts, **changed})
    back = _still_open(turn, after) if turn.understood else asked_still(turn)
    first = turn.say.say(
        f"check.{key}",
        changes=[would_be(turn, name, wanted) for name, wanted in changed.items()],
        still=before.verdict == after.verdict,
        verdict=after.verdict.value,
        said=said(turn, after),
    )
    turn.session.last_refs = (after.failing or after.citations)[:4]
    notes = [Text(note, "note") for note in _readings(turn, after)] if turn.understood else []
    return Reply(
        intent=Intent.CHECK,
        blocks=(
            Text(first, "headline"),
            card(turn, after),
            *notes,
            *standing(turn, _instrument(turn, after)),
            *back,
        ),
        buttons=offered(*(answers(turn, turn.session.asked[0]) if back else ()), *_next_steps(turn, after)),
        asks=turn.session.asked[:1] if back else (),
        check=after,
        citations=turn.cite(after.citations),
    )


def _counted_up(turn: Turn, changed: Mapping[str, Any]) -> tuple[str, ...]:
    """The one number that was supposed, and "more" where it was told by how many: for 那两个呢."""
    name, told = next(iter(changed.items()), ("", None))
    if len(changed) != 1 or not is_count(told):
        return ()
    held, said = turn.facts.get(name), last_number(turn.read.text)
    more = isinstance(held, int) and said is not None and held + said == told
    return (name, "more") if more else (name,)


def _still_open(turn: Turn, after: CheckResult) -> tuple[Block, ...]:
    """What is asked next where told and supposed together decide nothing yet."""
    undecided = after.missing if after.verdict is Verdict.UNKNOWN else ()
    names = tuple(name for name in undecided if name not in turn.session.unknown)
    turn.session.asked, turn.session.asking = names, Intent.CHECK
    return (Text(question(turn, names[0])),) if names else ()


def _either_route(turn: Turn) -> Reply | None:
    """The route is open, and what was told comes to the same on either one: said before asking which."""
    routes = [item for item in subjects() if item.principal and item.route]
    if not any(turn.facts.keys() & turn.sources.rulebook.goals[item.goals[0]].facts for item in routes):
        return None
    kind = turn.facts.get(goals.KIND)
    results = [judge(turn, goal, turn.facts) for item in routes for goal in item.narrowed(kind)]
    decided = tuple(row for row in results[0].requirements if row.outcome is not Outcome.UNKNOWN)
    first = replace(results[0], requirements=decided)
    if all(result.verdict is Verdict.FAIL for result in results):
        return _settled_for_all(turn, first, kind)
    met = _met_on_each(turn, results)
    if not met or any(result.verdict is not Verdict.UNKNOWN for result in results):
        return None
    reply = _reply(turn, first, (ROUTE,), said=turn.say.say("check.either_open"))
    enough = changes(turn) + turn.say.say("check.so_far", met=met)
    return replace(reply, blocks=(Text(enough, "headline"), *reply.blocks[1:]))


def _settled_for_all(turn: Turn, result: CheckResult, kind: Any) -> Reply:
    """It fails whatever the route: nothing is asked, and a route that is told goes on from here."""
    said = turn.say.say("check.either_route", kind=kind)
    reply = _reply(turn, replace(result, fixes=()), (ROUTE,), said=said)
    asked, then = question(turn, ROUTE), turn.say.say("check.either_then")
    blocks = (Text(then) if isinstance(one, Text) and one.text == asked else one for one in reply.blocks)
    return replace(reply, blocks=tuple(blocks), asks=(), check=result)


def _met_on_each(turn: Turn, results: Iterable[CheckResult]) -> list[str]:
    """What each of these asks for, and is there: 审核师 4 / 4."""
    met = [{said_of(turn, row) for row in one.requirements if row.outcome is Outcome.MET} for one in results]
    return sorted(set.intersection(*met)) if met else []


def _worth_asking(turn: Turn, result: CheckResult) -> tuple[str, ...]:
    contradicted = (name for name in turn.understood if name in result.rejected)
    # What was said and could not be kept leaves an older value standing that is no longer meant.
    not_kept = set(turn.sources.rulebook.goals[result.goal].facts) - set(turn.understood)
    open_still = {*result.missing, *result.rejected, *not_kept}
    again = tuple(name for name in (*to_ask_again(turn), *contradicted) if name in open_still)
    if result.verdict is Verdict.PASS or (result.verdict is Verdict.FAIL and not result.fixes):
        return again  # nothing more that is told turns it
    missing = (name for name in result.missing if name not in turn.session.unknown)
    return tuple(dict.fromkeys((*again, *missing)))


def _reply(
    turn: Turn, result: CheckResult, wanted: tuple[str, ...], *, said: str, going_on: bool = False
) -> Reply:
    """The verdict with its card. ``said``: what it holds for. ``going_on``: the last reply showed it too."""
    turn.session.asked, turn.session.asking = wanted, Intent.CHECK
    rejected = {name: turn.say.words(reason) for name, reason in result.rejected.items()}
    turn.session.last_refs = (result.failing or result.citations)[:4]
    if turn.read.unknown and not turn.understood:
        skipped = [brief(turn, name) for name in turn.read.unknown]
        blocks: list[Block] = [Text(turn.say.say("check.skipped", names=skipped), "headline")]
    else:
        reasons = dict.fromkeys(rejected.values())
        blocks = _verdict(turn, result, said, reasons, going_on=going_on)
    blocks += _next_question(turn, result, wanted)
    if not wanted:
        blocks += [Text(note, "note") for note in _readings(turn, result)]
    blocks += standing(turn, _instrument(turn, result))
    return Reply(
        intent=Intent.CHECK,
        blocks=tuple(blocks),
        buttons=offered(*(answers(turn, wanted[0]) if wanted else ()), *_next_steps(turn, result)),
        citations=turn.cite(result.citations),
        asks=wanted[:1],
        rejected=rejected,
        check=result,
    )


def _verdict(
    turn: Turn, result: CheckResult, said: str, reasons: Iterable[str], *, going_on: bool
) -> list[Block]:
    """The verdict, what it holds for, what was not taken, line by line, and what would mend it."""
    return [
        Text(headline(turn, result), "headline"),
        Text(said, "note"),
        *(Text(reason) for reason in reasons),
        *(() if going_on else _not_counted(turn, result)),
        card(turn, result, going_on=going_on),
        *(Text(text) for text in mending(turn, result)),
    ]


def _not_counted(turn: Turn, result: CheckResult) -> list[Block]:
    """What was told of the other route's people, which says nothing here."""
    apart = whose.not_theirs(turn, result.goal, turn.facts)
    mine = subject_of(result.goal)
    if not apart or mine is None:
        return []
    needed = {name for row in result.requirements for name in row.facts}
    names = [brief(turn, name) for name in apart if name in needed]
    return [Text(turn.say.say(f"check.not_of.{mine.route}", names=names))] if names else []


def _next_question(turn: Turn, result: CheckResult, wanted: tuple[str, ...]) -> list[Block]:
    """The one question; where nothing is left that the user knows, what to find out."""
    if wanted:
        return [Text(question(turn, wanted[0]))]
    missing = [brief(turn, name) for name in result.missing]
    return [Text(turn.say.say("check.find_out", missing=missing))] if missing else []


def _readings(turn: Turn, result: CheckResult) -> list[str]:
    """The readings that bear on a settled verdict, each once a talk; legal standing has its own line."""
    if result.verdict is Verdict.UNKNOWN and result.requirements:
        return []
    notes = [turn.say.words(note) for note in result.notes if note not in result.standing][:READINGS]
    new = [note for note in notes if note[:_KNOWN_BY] not in turn.session.readings]
    turn.session.readings = (*turn.session.readings, *(note[:_KNOWN_BY] for note in new))
    return new


def _instrument(turn: Turn, result: CheckResult) -> str | None:
    return turn.sources.library.provision(result.citations[0]).instrument if result.citations else None


def _next_steps(turn: Turn, result: CheckResult) -> list[Button | None]:
    refs = (result.failing or result.citations)[:1]
    steps = [button(turn.clause_label(ref), "clause", ref) for ref in refs]
    if result.verdict is Verdict.UNKNOWN:
        return steps
    others: list[Button | None] = [
        button(_instead(turn, result.goal, goal), "goal", goal) for goal in goals.others(result.goal)[:2]
    ]
    dates = button(turn.say.say("button.dates"), "dates")
    return [_try(turn, result), *steps, *others, dates, button(turn.say.say("files.button"), "files")]


def _instead(turn: Turn, goal: str, other: str) -> str:
    """Another check by what is different: the other kind of audit, or the other route."""
    mine, next_one = subject_of(goal), subject_of(other)
    assert mine is not None and next_one is not None  # noqa: S101, PT018 - one follows from the other
    if mine.route != next_one.route:
        return turn.say.say(f"check.instead.{next_one.route}")
    kinds = [kind for kind, held in next_one.by_kind.items() if held == other]
    return turn.say.say(f"check.instead.{kinds[0]}")


def _try(turn: Turn, result: CheckResult) -> Button | None:
    """The cheapest fix as a supposition to tap."""
    fix = _of_what_is_known(result, 0) if result.verdict is Verdict.FAIL and result.fixes else {}
    changes = [change(turn, name, wanted) for name, wanted in fix.items()]
    return (
        button(turn.say.say("check.try", changes=changes), "suppose", result.goal, "0") if changes else None
    )

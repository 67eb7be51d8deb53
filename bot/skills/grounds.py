"""On what an answer rests: the provision behind it, why something is asked, all that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.messages import Block, Bullets, Intent, Reply, Text
from bot.skills import checks, goals
from bot.skills.asking import answers, asked_still
from bot.skills.clauses import clause_card, compose, standing
from bot.skills.verdicts import demand, said, title
from bot.taps import button, offered
from bot.turn import Turn
from knowledge.model import LinkKind
from rules_engine.model import CheckResult, Outcome, RequirementResult, Verdict

CARDS = 2  # clauses behind a verdict that are shown whole


def basis(turn: Turn) -> Reply:
    """依据是哪条: the provision that the last reply rests on, with its words. Others are a button away."""
    if (result := _of_check(turn)) is not None:
        return _of_verdict(turn, result)
    first, *others = turn.session.last_refs
    if whole := _list_of(turn, first, others):
        first, others = whole, [first, *others]
    finding = turn.sources.library.show(first, on=turn.today)
    quotes = tuple(dict.fromkeys((*_in_own_words(turn, first), *finding.quotes)))
    reply = compose(turn, replace(finding, quotes=quotes, nearest=(*others, *finding.nearest)))
    turn.session.last_refs = (first, *others)
    return reply


def _of_check(turn: Turn) -> CheckResult | None:
    """The check in play, where the last reply rested on it."""
    goal = next((goal for goal in turn.session.goals[:1] if goal in turn.sources.rulebook.goals), None)
    result = checks.judge(turn, goal, turn.facts) if goal is not None else None
    if result is None or not _deciding(result):
        return None
    return result if set(turn.session.last_refs) <= {*result.citations, *_deciding(result)} else None


def _deciding(result: CheckResult) -> tuple[str, ...]:
    """The provisions that are not met, or of which nothing is known yet; of a passed check all."""
    deciding = Outcome.MET if result.verdict is Verdict.PASS else Outcome.UNKNOWN
    rows = [row for row in result.requirements if row.outcome is deciding]
    return result.failing or tuple(dict.fromkeys(ref for row in rows for ref in row.citations))


def _of_verdict(turn: Turn, result: CheckResult) -> Reply:
    """凭什么不行: what is not met or still open, then the clauses that ask for it, in their own words."""
    deciding = _deciding(result)
    first, *others = deciding
    whole = "" if result.failing else _list_of(turn, first, others)
    shown = [whole] if whole else [ref for one in deciding[:CARDS] for ref in _in_own_words(turn, one)]
    shown = list(dict.fromkeys(shown))[:CARDS]
    turn.session.last_refs = deciding[:4]
    back = asked_still(turn)
    further = [ref for ref in deciding if ref not in shown][:2]
    return Reply(
        Intent.LOOKUP,
        (
            Text(said(turn, result), "headline"),
            *(clause_card(turn, ref) for ref in shown),
            *_standing(turn, deciding),
            *back,
        ),
        offered(
            *(answers(turn, turn.session.asked[0]) if back else ()),
            *(button(turn.clause_label(ref), "clause", ref) for ref in further),
            button(turn.say.words(result.title), "goal", result.goal),
        ),
        asks=turn.session.asked[:1] if back else (),
        citations=turn.cite((*deciding, *shown)),
    )


def _list_of(turn: Turn, first: str, others: list[str]) -> str:
    """The list that all these provisions are items of, where its words are given; else nothing."""
    library = turn.sources.library
    held = {library.provision(ref).parent for ref in (first, *others)}
    parent = held.pop() if others and len(held) == 1 else None
    listed = f"{library.provision(first).instrument}#{parent}" if parent else ""
    return listed if listed and library.provision(listed).quote is not None else ""


def _in_own_words(turn: Turn, ref: str) -> tuple[str, ...]:
    """The provision where its words stand: itself; the one that it repeats; or, where it is only reported,
    itself and the reasons given for it."""
    library = turn.sources.library
    provision = library.provision(ref)
    if provision.quote is not None:
        return (ref,)
    quoted = [link for link in provision.links if library.provision(link.ref).quote is not None]
    same = [link.ref for link in quoted if link.kind is LinkKind.REPEATED_IN]
    reasons = [link.ref for link in quoted if link.kind is LinkKind.RATIONALE]
    return (same[0],) if same else (ref, *reasons[:1])


def asked_of_check(turn: Turn) -> bool:
    """Whether the question that stands open is one of a check."""
    return turn.session.asking is Intent.CHECK and _asked_for(turn) is not None


def why_asked(turn: Turn) -> Reply:
    """问这个干嘛: the requirement that the open question belongs to, its clause, and the question again."""
    found = _asked_for(turn)
    assert found is not None  # noqa: S101 - routed here by one that is
    result, row = found
    clauses = [turn.clause_label(ref) for ref in row.citations]
    said = turn.say.say("asking.why", title=demand(turn, row), clauses=clauses)
    turn.session.last_refs = row.citations
    blocks: list[Block] = [Text(said, "headline"), *(clause_card(turn, ref) for ref in row.citations[:1])]
    blocks += [*_standing(turn, row.citations), *asked_still(turn)]
    return Reply(
        intent=Intent.CHECK,
        blocks=tuple(blocks),
        buttons=answers(turn, turn.session.asked[0]),
        asks=turn.session.asked[:1],
        citations=turn.cite(row.citations),
        check=result,
    )


def demanded(turn: Turn) -> Reply:
    """都要哪些人, in a check: all that it asks for, each with its clause; then its question again."""
    session = turn.session
    goal = goals.in_play(turn)[0]
    result = checks.judge(turn, goal, turn.facts)
    session.asked = tuple(name for name in session.asked if name not in session.unknown)
    rows = {demand(turn, row): row for row in reversed(result.requirements)}
    items = [_with_clause(turn, said, row) for said, row in reversed(rows.items())]
    session.last_refs = result.citations[:4]
    back = asked_still(turn)
    headline = turn.say.say("check.demanded", title=title(turn, result, both=False), count=len(items))
    clause = button(turn.clause_label(result.citations[0]), "clause", result.citations[0])
    return Reply(
        intent=Intent.CHECK,
        blocks=(Text(headline, "headline"), Bullets(tuple(items)), *_standing(turn, result.citations), *back),
        buttons=offered(*(answers(turn, session.asked[0]) if back else ()), clause),
        asks=session.asked[:1] if back else (),
        citations=turn.cite(result.citations),
        check=result,
    )


def _asked_for(turn: Turn) -> tuple[CheckResult, RequirementResult] | None:
    """The requirement that the open question is about."""
    names = turn.session.asked[:1]
    return next((found for found in _rows(turn) if set(names) & set(found[1].facts)), None)


def _rows(turn: Turn) -> Iterator[tuple[CheckResult, RequirementResult]]:
    known = turn.sources.rulebook.goals
    for goal in [one for one in turn.session.goals if one in known]:
        result = checks.judge(turn, goal, turn.facts)
        yield from ((result, row) for row in result.requirements if row.citations)


def _with_clause(turn: Turn, said: str, row: RequirementResult) -> str:
    labels = [turn.clause_label(ref) for ref in row.citations]
    return turn.say.say("clause.behind", text=said, labels=labels) if labels else said


def _standing(turn: Turn, refs: tuple[str, ...]) -> list[Block]:
    return standing(turn, turn.sources.library.provision(refs[0]).instrument) if refs else []

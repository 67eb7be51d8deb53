"""Which check a talk is about: from a tap, the message, the talk so far, or the facts told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.skills.cues import hear
from bot.subjects import Subject, subject_for_route, subject_of, subjects
from bot.turn import Turn
from rules_engine.model import CheckResult

KIND, ROUTE = "audit_kind", "route"


def in_play(turn: Turn) -> tuple[str, ...]:
    """The goals of the check in play: one, or one for each kind of audit while the kind is open."""
    if turn.tap is not None and turn.tap.verb == "goal":
        return (turn.tap.argument,) if turn.tap.argument in turn.sources.rulebook.goals else ()
    subject = _subject(turn)
    if subject is None:
        return ()
    return subject.narrowed(
        turn.read.audit_kind or turn.facts.get(KIND) or _kind_in_play(turn, subject) or _kind_spoken_of(turn)
    )


def named_other(turn: Turn) -> bool:
    """Whether the words name a check that is not the one in play: 那省级称号呢, 换成国家的条件."""
    named = [name for name in turn.read.goals_named if name in turn.sources.rulebook.goals]
    return bool(named) and not set(named) & set(turn.session.goals)


def differ(results: Sequence[CheckResult]) -> bool:
    """Whether the kinds of audit lead to different verdicts, so that one must be chosen."""
    return len({(result.verdict, result.missing) for result in results}) > 1


def others(goal: str) -> tuple[str, ...]:
    """Checks that one may make next: the same for the other kind, and the other routes for this kind."""
    mine = subject_of(goal)
    if mine is None:
        return ()
    kind = next((name for name, held in mine.by_kind.items() if held == goal), None)
    same = (held for held in mine.goals if held != goal)
    principal = (item for item in subjects() if item.principal and item.route not in (None, mine.route))
    routes = (item.narrowed(kind)[0] for item in principal if mine.route is not None)
    return tuple(dict.fromkeys((*same, *routes)))


def _subject(turn: Turn) -> Subject | None:
    known, told = turn.sources.rulebook.goals, set(turn.understood)
    named = [name for name in turn.read.goals if name in known]
    # 市级验收83分，能评省级吗: of two that are named the one that what was told bears on.
    named.sort(key=lambda name: not told & set(known[name].facts))
    held = turn.session.goals
    mine = subject_of(held[0]) if held else None
    if turns := _new_matter(turn, held):
        return turns
    if _only_tells(turn, named, held) or (named and mine is not None and named[0] in mine.goals):
        named = []  # the check in play, which anything more telling may turn from
    route = turn.understood.get("route") or (turn.facts.get("route") if not held else None)
    candidates = (
        _named(turn, named),
        subject_for_route(route) if route else None,
        subject_for_route(hear(turn.read.text).trade) if not held or _by_route(held) else None,
        _offered(turn) if not held else None,
        _by_facts(turn) if held and _by_route(held) and not _covers(turn, subject_of(held[0])) else None,
        subject_of(held[0]) if held else None,
        _by_facts(turn),
    )
    return next((item for item in candidates if item is not None), None)


def _named(turn: Turn, named: Sequence[str]) -> Subject | None:
    """The check that the message names; one of another route than the one just told is not meant."""
    subject = subject_of(named[0]) if named else None
    told = turn.understood.get(ROUTE) or hear(turn.read.text).trade
    return None if subject is not None and told and subject.route not in (None, told) else subject


def _offered(turn: Turn) -> Subject | None:
    """The check that the last answer from the law led on to, where what was just told is about it."""
    offered = turn.session.offered
    told = set(turn.understood)
    known = turn.sources.rulebook.goals
    about = offered in known and bool(told) and told <= set(known[offered].facts) and not turn.read.question
    return subject_of(offered) if about else None


def _new_matter(turn: Turn, held: Sequence[str]) -> Subject | None:
    """验收过了，86分, in the middle of another check: what is told bears on nothing of it but on this one."""
    known = turn.sources.rulebook.goals
    told = set(turn.understood) - {KIND, ROUTE}
    if not (held and told) or held[0] not in known or told & set(known[held[0]].facts):
        return None
    fitting = [name for name in turn.read.goals if name in known and told & set(known[name].facts)]
    return subject_of(fitting[0]) if fitting else None


def _only_tells(turn: Turn, named: Sequence[str], held: Sequence[str]) -> bool:
    """市级验收过了, in the middle of another check: it tells a fact of that one, and asks for no other. A
    part of the check in play is no other one."""
    known = turn.sources.rulebook.goals
    told = set(turn.understood)
    if not (told and named and held and told <= set(known[held[0]].facts)):
        return False
    if turn.read.question or "judge" in hear(turn.read.text):
        return False
    other = set(known[named[0]].facts) if named[0] in known else set()
    return other <= set(known[held[0]].facts) or not told <= other


def _kind_in_play(turn: Turn, subject: Subject) -> str | None:
    """The kind that the check was last made for, when the talk had settled on one."""
    if len(turn.session.goals) != 1 or len(subject.goals) == 1:
        return None
    before = subject_of(turn.session.goals[0])
    kinds = before.by_kind.items() if before is not None and len(before.goals) > 1 else ()
    return next((kind for kind, goal in kinds if goal == turn.session.goals[0]), None)


def _kind_spoken_of(turn: Turn) -> str | None:
    """强制审核要几个人，那我们够不够: the kind just asked about, where a check begins with it."""
    return turn.session.kind or None if not turn.session.goals else None


def _by_route(held: Sequence[str]) -> bool:
    """Whether the check in play is one that the other route could take the place of."""
    subject = subject_of(held[0])
    return subject is not None and subject.route is not None


def _covers(turn: Turn, subject: Subject | None) -> bool:
    """Whether what was just told are facts of a subject."""
    return subject is not None and set(turn.understood) <= set(
        turn.sources.rulebook.goals[subject.goals[0]].facts
    )


def _by_facts(turn: Turn) -> Subject | None:
    """The one subject that has all the facts just told, or alone has any; None where several could be."""
    told = set(turn.understood)
    goals = turn.sources.rulebook.goals
    fitting = [item for item in subjects() if item.principal and told & set(goals[item.goals[0]].facts)]
    whole = [item for item in fitting if _covers(turn, item)]
    return next((some[0] for some in (whole, fitting) if len(some) == 1), None)

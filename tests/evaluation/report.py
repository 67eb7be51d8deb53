"""Outcomes as figures that a person reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.evaluation.running import Outcome

LABELS = ("right", "wrong", "wrongly answered", "wrongly refused")


def table(title: str, outcomes: Sequence[Outcome]) -> list[str]:
    """Counts by kind; columns that are empty throughout are left out."""
    labels = [one for one in LABELS if one == "right" or any(o.label == one for o in outcomes)]
    kinds = dict.fromkeys(outcome.kind for outcome in outcomes)
    lines = [f"{title:22}{'all':>6}" + "".join(f"{label:>18}" for label in labels)]
    for kind in (*kinds, None):
        counts = Counter(one.label for one in outcomes if kind in (None, one.kind))
        cells = "".join(f"{counts[label]:>18}" for label in labels)
        lines.append(f"  {kind or 'TOTAL':20}{counts.total():>6}{cells}")
    share = sum(one.label == "right" for one in outcomes) / max(len(outcomes), 1)
    return [*lines, f"  {share:.1%} right"]


def fact_line(outcomes: Sequence[Outcome]) -> str:
    """Facts right, missed and invented over all messages."""
    scores = [one.score for one in outcomes if one.score is not None]
    right, missed = sum(one.right for one in scores), sum(one.missed for one in scores)
    invented = sum(one.invented for one in scores)
    due = right + missed
    share = right / max(due, 1)
    return f"  facts: {due} stated, {right} right ({share:.1%}), {missed} missed, {invented} invented"


def talk_line(outcomes: Sequence[Outcome]) -> str:
    """How many dialogues were right in every turn."""
    broken = {one.id.rpartition(".")[0] for one in outcomes if one.label != "right"}
    talks = {one.id.rpartition(".")[0] for one in outcomes}
    return f"  dialogues right throughout: {len(talks) - len(broken)} of {len(talks)}"


def wrong_ones(outcomes: Sequence[Outcome]) -> list[str]:
    """Each outcome that is not right, with its faults."""
    lines = []
    for one in outcomes:
        if one.label != "right":
            lines.append(f"- {one.id} [{one.kind}] {one.label}: {one.text}")
            lines += [f"    {fault}" for fault in one.faults]
    return lines

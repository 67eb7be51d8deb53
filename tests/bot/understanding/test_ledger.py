from __future__ import annotations

import pytest

from bot.understanding.clause import Clause, Mood
from bot.understanding.ledger import Ledger


def clause(mood: Mood, *, hedged: bool = False) -> Clause:
    return Clause((), "words", 0, "", "", mood=mood, hedged=hedged)


def test_only_what_is_told_becomes_a_fact() -> None:
    ledger = Ledger()
    assert ledger.state(clause("tell"), "a", 1)
    assert ledger.facts["a"].value == 1


@pytest.mark.parametrize("mood", ["ask", "rule", "other"])
def test_the_rest_is_dropped(mood: Mood) -> None:
    ledger = Ledger()
    assert not ledger.state(clause(mood), "a", 1)
    assert (ledger.facts, ledger.hypothetical, ledger.doubts) == ({}, {}, [])


@pytest.mark.parametrize("mood", ["suppose", "plan"])
def test_suppositions_are_kept_apart(mood: Mood) -> None:
    ledger = Ledger()
    ledger.state(clause(mood), "a", 1)
    assert ledger.hypothetical["a"].value == 1
    assert not ledger.facts


def test_a_hedge_is_a_doubt_but_not_in_a_correction() -> None:
    ledger = Ledger()
    ledger.state(clause("tell", hedged=True), "a", 1)
    assert ledger.doubts[0].options == (1,)
    ledger.correcting = True
    assert ledger.state(clause("tell", hedged=True), "a", 1)
    assert ledger.facts["a"].correction

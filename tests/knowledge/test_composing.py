"""Parts become one finding: the first leads, nothing is said twice."""

from __future__ import annotations

from knowledge.composing import Part, composed, together
from knowledge.model import Abstain, Finding, PartFound, Statement, Step, Words

A, B = (Statement(Words(text, text), (f"law#{text}",)) for text in "ab")


def test_the_first_part_leads_and_repeats_fall_away() -> None:
    finding = composed(
        [Part((A,), quotes=("x",), confidence=0.4), Part((A, B), quotes=("x", "y"), confidence=0.9)], "law"
    )
    assert finding.statements == (A, B)
    assert finding.quotes == ("x", "y")
    assert (finding.confidence, finding.standing_of) == (0.9, "law")


def test_an_answer_abstains_only_where_all_of_it_does() -> None:
    silent = Part((A,), abstain=Abstain.OUT_OF_RANGE)
    assert composed([silent, Part((B,), abstain=Abstain.NOT_IN_SOURCE)], None).abstain is Abstain.OUT_OF_RANGE
    assert composed([silent, Part((B,))], None).abstain is None
    assert composed([Part((B,))], None, abstain=Abstain.NOT_IN_SOURCE).abstain is Abstain.NOT_IN_SOURCE


def test_several_questions_share_the_steps_and_abstain_only_together() -> None:
    steps = [Step(Words(name, name), "topic", name) for name in "abc"]
    first = Finding((A,), abstain=Abstain.NOT_IN_SOURCE, steps=(steps[0], steps[2]), confidence=0.5)
    second = Finding((B,), steps=(steps[1],), confidence=0.8)

    finding = together([PartFound(("a?",), first), PartFound(("b?",), second)])

    assert finding.statements == (A, B)
    assert finding.steps == (steps[0], steps[1], steps[2])
    assert (finding.abstain, finding.confidence) == (None, 0.8)
    assert together(finding.parts[:1]).abstain is Abstain.NOT_IN_SOURCE

"""Samples speak for their topic: what is rare among topics tells most; nearness is 1 for the same words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.likeness import Likeness, learn

NOTHING: frozenset[str] = frozenset()
SAMPLES = [
    ("守灯人要几个", "guards", frozenset({"guard"})),
    ("谁来守灯", "guards", frozenset({"guard"})),
    ("灯油多久加一次", "oil", frozenset({"oil"})),
    ("加油的日子", "oil", NOTHING),
    ("灯塔归谁管", "office", NOTHING),
]
LIKENESS = Likeness(learn(SAMPLES))


def foremost(text: str, concepts: frozenset[str] = NOTHING) -> str:
    compared = LIKENESS.compare(text, concepts)
    return max(compared, key=compared.__getitem__)


def nearest(text: str, concepts: frozenset[str] = NOTHING) -> dict[str, float]:
    return {topic: near for topic, (_, near) in LIKENESS.compare(text, concepts).items()}


def test_a_question_in_other_words_goes_to_the_topic_whose_samples_share_them() -> None:
    assert foremost("几个人守着灯") == "guards"
    assert foremost("哪天加灯油") == "oil"
    assert foremost("塔归哪里管") == "office"


def test_a_concept_tells_more_than_a_letter() -> None:
    assert foremost("归") == "office"
    assert foremost("归", frozenset({"oil"})) == "oil"


def test_the_very_sample_is_as_near_as_can_be() -> None:
    text, topic, concepts = SAMPLES[0]
    near = nearest(text, concepts)
    assert max(near, key=near.__getitem__) == topic
    assert abs(near[topic] - 1) < 1e-9


def test_several_near_samples_say_more_than_one() -> None:
    alone = Likeness(learn(SAMPLES[1:])).compare("守灯人几个", NOTHING)["guards"][0]
    assert LIKENESS.compare("守灯人几个", NOTHING)["guards"][0] > alone


def test_what_nearly_every_sample_says_makes_none_nearer() -> None:
    many = [(f"请问{chr(0x4E00 + number)}", f"topic{number % 3}", NOTHING) for number in range(60)]
    assert not any(near for _, near in Likeness(learn(many)).compare("请问", NOTHING).values())


def test_nothing_said_is_no_evidence() -> None:
    assert LIKENESS.compare("?!", NOTHING) == {}
    assert LIKENESS.compare("", NOTHING) == {}


def test_without_samples_nothing_is_near() -> None:
    assert Likeness(learn([])).compare("守灯", frozenset({"guard"})) == {}


@given(st.text(max_size=40), st.frozensets(st.sampled_from(["guard", "oil", "new"])))
def test_nearness_lies_between_0_and_1_for_any_text(text: str, concepts: frozenset[str]) -> None:
    assert all(0 <= near <= 1 + 1e-9 for near in nearest(text, concepts).values())

"""The telling concept beats the common one; foreign words and foreign instruments weigh against."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.lexicon import Lexicon
from knowledge.library import Library
from knowledge.matching import TopicMatcher
from knowledge.model import Abstain, Statement, Words
from knowledge.topics import Alternative, DatedStatement, Topic
from knowledge.wording import plain

LEXICON = Lexicon(
    {
        "concepts": {"lamp": ["灯"], "guard": ["看守的人"], "count": ["几"], "fire": ["烟花"]},
        "filler": {"terms": ["要"]},
    }
)


def topic(
    identity: str,
    *when: str,
    ref: str = "law#art_1",
    ask: tuple[str, ...] = (),
    abstain: Abstain | None = None,
) -> Topic:
    said = DatedStatement(Statement(Words(identity, identity), (ref,)), date.min, date.max)
    alternatives = tuple(
        Alternative(
            tuple(frozenset(word.split("|")) for word in words.split() if word[0] != "-"),
            frozenset(word[1:] for word in words.split() if word[0] == "-"),
        )
        for words in when
    )
    return Topic(
        identity, Words(identity, identity), alternatives, frozenset(), ask, (said,), abstain=abstain
    )


TOPICS = {
    one.id: one
    for one in (
        topic("lamps", "lamp", "lamp count"),
        topic("guards", "guard -fire", ref="law#art_2", ask=("谁来看守灯会",)),
        topic("fire", "fire", ask=("放烟花要批准吗",), abstain=Abstain.OUT_OF_SCOPE),
    )
}
MATCHER = TopicMatcher(TOPICS, LEXICON)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("要几盏灯", "lamps"),
        ("看守的人要几", "guards"),
        ("看守的人放烟花", "fire"),
        ("谁来看守灯会呀", "guards"),
    ],
)
def test_the_best_fitting_topic_comes_first(question: str, best: str) -> None:
    assert MATCHER.match(LEXICON.read(question))[0].topic.id == best


@pytest.mark.parametrize("question", ["天气预报说明天下雨", "放焰火要批准吗"])
def test_foreign_words_and_foreign_likeness_prove_nothing(question: str) -> None:
    assert MATCHER.match(LEXICON.read(question)) == []


def test_a_named_clause_lifts_the_topic_that_rests_on_it() -> None:
    reading = LEXICON.read("看守的人和灯")
    plain, named = (MATCHER.match(reading, named=frozenset(refs))[0].points for refs in ((), ("law#art_2",)))
    assert named > plain


def test_another_instruments_name_weighs_against() -> None:
    reading = LEXICON.read("看守的人")
    here, there = (MATCHER.match(reading, instruments=frozenset({one}))[0].points for one in ("law", "other"))
    assert here > there


@pytest.mark.parametrize("said", ["看下我们公司够不够条件呀", "帮我们算下日期吧", "我们想自己做,看看行不行"])
def test_what_asks_nothing_of_the_text_lets_no_sample_speak(library: Library, said: str) -> None:
    lexicon = library.topics.lexicon
    matcher = TopicMatcher(library.topics.topics, lexicon)
    assert not any(match.spoken_for for match in matcher.match(lexicon.read(plain(said))))


def test_the_core_of_a_topic_are_the_concepts_of_its_samples() -> None:
    assert MATCHER.core("guards") == {"lamp"}
    assert MATCHER.core("unknown") == frozenset()

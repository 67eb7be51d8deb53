"""Words become concepts; what is unknown stays visible."""

from __future__ import annotations

from knowledge.lexicon import Lexicon
from knowledge.library import Library
from knowledge.wording import plain

LEXICON = Lexicon(
    {
        "matching": {
            "contrast": [["own", "hired"]],
            "instead": {"unhired": {"drop": ["hired"], "add": ["own"]}},
            "hides": {"灯火管制": ["lamp"]},
        },
        "concepts": {
            "lamp": ["灯", "lamp"],
            "own": ["自办"],
            "hired": ["请人"],
            "unhired": ["re:不请人"],
            "guard": ["守灯人"],
        },
        "filler": {"terms": ["我们", "吗", "the"]},
    }
)


def test_terms_and_patterns_name_concepts() -> None:
    assert LEXICON.read("我们自办灯会吗").concepts == {"own", "lamp"}


def test_a_negated_concept_turns_into_its_opposite() -> None:
    assert LEXICON.read("不请人").concepts == {"own", "unhired"}


def test_a_phrase_hides_the_shorter_term_inside_it() -> None:
    assert LEXICON.read("灯火管制").concepts == frozenset()
    assert LEXICON.read("灯火管制时挂灯").concepts == {"lamp"}


def test_the_share_of_unknown_words_is_measured() -> None:
    assert LEXICON.read("我们自办吗").unexplained == 0
    assert LEXICON.read("天气").unexplained == 1
    assert LEXICON.read("the lamp moon").unexplained == 1 / 3


def test_pinyin_is_read_as_its_characters() -> None:
    assert LEXICON.read("shou deng ren").concepts == {"guard"}
    assert LEXICON.read("sdr").concepts == {"guard"}


def test_homophones_are_heard_as_the_term() -> None:
    assert LEXICON.by_sound("守登人").concepts == {"guard"}
    assert LEXICON.by_sound("天气").concepts == frozenset()


def test_a_follow_up_exchanges_opposites() -> None:
    assert LEXICON.swapped({"own", "lamp"}, frozenset({"hired"})) == {"hired", "lamp"}


def test_many_texts_read_at_once_hold_what_each_holds_alone(library: Library) -> None:
    lexicon = library.topics.lexicon
    texts = [plain(sample) for topic in library.topics.topics.values() for sample in topic.ask[:12]]
    texts = [text for text in texts if any(letter > "\u3400" for letter in text)]
    together = dict(zip(texts, lexicon.concepts(texts), strict=True))
    assert together == {text: lexicon.read(text).concepts for text in texts}


def test_a_word_in_letters_is_no_part_of_another() -> None:
    assert LEXICON.read("a clamp and a lampoon").concepts == set()
    assert LEXICON.read("lamps, please").concepts == {"lamp"}


def test_a_form_of_a_small_word_asks_for_nothing() -> None:
    lexicon = Lexicon({"concepts": {"lamp": ["lamp"]}, "filler": {"terms": ["factory", "make", "want"]}})

    assert lexicon.read("factories making lamps wanted").strays == ()
    assert lexicon.read("lamps gilded").strays == ("gilded",)

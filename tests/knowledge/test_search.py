import random
from collections import Counter
from itertools import pairwise
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search import DocumentFrequencies, SearchIndex

ARTICLES = [
    ("art_1", "为了规范清洁生产审核，制定本细则。"),
    ("art_10", "委托咨询服务机构的企业须提交1年以上社保缴交证明材料。"),
    ("art_12", "通过市级验收，评分为80分或以上的，可以推荐申请省级称号。"),
    ("art_21", "自行组织审核的企业应具备ISO14001检测分析器具。"),
]
INDEX = SearchIndex(ARTICLES)


def ids(query: str, limit: int = 10) -> list[str]:
    return [identifier for identifier, _ in INDEX.search(query, limit)]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("社保要交多久", "art_10"),
        ("省级称号怎么申请", "art_12"),
        ("检测器具", "art_21"),
        ("iso 14001", "art_21"),
        ("ＩＳＯ", "art_21"),
        ("80分", "art_12"),
        ("规", "art_1"),
    ],
)
def test_the_article_about_it_comes_first(query: str, best: str) -> None:
    assert ids(query)[0] == best


@pytest.mark.parametrize("query", ["", "   ", "？！。", "龘靐", "zebra"])
def test_a_query_without_known_terms_finds_nothing(query: str) -> None:
    assert ids(query) == []


def test_a_digit_is_not_found_inside_a_longer_number() -> None:
    assert ids("8") == []


@pytest.mark.parametrize("limit", [0, -1])
def test_no_results_are_asked_for(limit: int) -> None:
    assert ids("审核", limit) == []


def test_an_empty_index_finds_nothing() -> None:
    assert SearchIndex([]).search("审核") == []
    assert SearchIndex([("a", ""), ("b", "。")]).search("审核") == []


def test_one_document() -> None:
    assert [found for found, _ in SearchIndex([("a", "清洁生产")]).search("清洁")] == ["a"]


def test_duplicates_are_all_found_in_the_order_of_indexing() -> None:
    twins = SearchIndex([("b", "清洁生产"), ("a", "清洁生产"), ("c", "无关")])
    found = twins.search("清洁生产")
    assert [identifier for identifier, _ in found] == ["b", "a"]
    assert found[0][1] == found[1][1] > 0


def test_a_query_of_ten_thousand_characters() -> None:
    assert ids("社保证明" + "啊喔" * 5_000)[0] == "art_10"


def test_background_frequencies_make_common_terms_of_the_field_light() -> None:
    query = "企业称号"
    plain = dict(INDEX.search(query))["art_12"]
    background = DocumentFrequencies.of(["授予称号的企业"] * 50)
    weighed = dict(SearchIndex(ARTICLES, background=background).search(query))["art_12"]
    assert weighed < plain


def _exact(documents: list[str], query: str) -> list[float]:
    """BM25 over distinct characters and bigrams of Chinese text, the plain way."""

    def terms(text: str) -> Counter[str]:
        return Counter(text) + Counter(map("".join, pairwise(text)))

    mean = sum(map(len, documents)) / len(documents)
    scores = [0.0] * len(documents)
    for term in terms(query):
        holding = sum(term in text for text in documents)
        weight = log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        for number, text in enumerate(documents):
            times = text.count(term)
            norm = 1.2 * (0.25 + 0.75 * len(text) / mean)
            scores[number] += weight * times * 2.2 / (times + norm) if times else 0.0
    return scores


@given(
    st.lists(st.text("企业审核清洁生产验收", min_size=1, max_size=30), min_size=1, max_size=30),
    st.text("企业审核清洁生产验收未知", min_size=1, max_size=8).filter(
        lambda text: len(set(text)) == len(text)
    ),
)
def test_a_small_index_scores_as_plain_bm25_does(documents: list[str], query: str) -> None:
    found = SearchIndex((str(number), text) for number, text in enumerate(documents)).search(query, 99)
    expected = _exact(documents, query)
    assert {identifier for identifier, _ in found} == {str(n) for n, score in enumerate(expected) if score}
    for identifier, score in found:
        assert score == pytest.approx(expected[int(identifier)], rel=1e-4)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_a_large_index_finds_what_it_holds() -> None:
    chance = random.Random(7)
    signs = [chr(0x4E00 + n) for n in range(600)]
    documents = [(str(n), "".join(chance.choices(signs, k=60))) for n in range(4_000)]
    index = SearchIndex(documents)
    for number in range(0, 4_000, 97):
        identifier, text = documents[number]
        assert index.search(text[10:22], 3)[0][0] == identifier
    assert len(index.search(signs[5])) == 10

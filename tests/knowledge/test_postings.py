from hypothesis import given
from hypothesis import strategies as st

from knowledge.postings import Postings, characters, normal, terms

TEXTS = st.lists(st.text("企业审核清洁ab12，。 Ａ", max_size=40), min_size=1, max_size=25)


def test_a_normal_text_is_half_width_and_split_where_script_or_sentence_changes() -> None:
    assert normal("ＩＳＯ14001认证，38号！") == " iso 14001 认证 38 号 "
    assert terms(normal("ISO认证书。好")) == {" iso ", "认证", "证书"}
    assert characters(normal("ISO认证")) == {"认", "证"}


@given(TEXTS)
def test_every_document_that_holds_a_term_is_found(documents: list[str]) -> None:
    texts = [normal(text) for text in documents]
    postings = Postings(texts)
    for term in set().union(*map(terms, texts)):
        holding = {number for number, text in enumerate(texts) if term in terms(text)}
        assert holding <= set(postings.of(term))
        assert list(postings.of(term)) == sorted(set(postings.of(term)))


@given(TEXTS)
def test_frequencies_of_rare_terms_are_exact(documents: list[str]) -> None:
    texts = [normal(text) for text in documents[:16]]
    postings = Postings(texts)
    for term in set().union(*map(terms, texts)):
        assert postings.frequency(term) == sum(term in terms(text) for text in texts)
    assert postings.frequency("龘靐") == 0


def test_signs_outside_of_the_basic_plane_are_terms() -> None:
    text = normal("𠮷野家𠮷")
    assert list(Postings([text]).of("𠮷野")) == [0]

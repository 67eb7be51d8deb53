import tomllib

from hypothesis import given
from hypothesis import strategies as st

from knowledge.front_matter import write_front_matter

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(TEXTS, st.lists(TEXTS, min_size=1), TEXTS)
def test_what_is_written_is_read_back(title: str, aliases: list[str], opens: str) -> None:
    written = write_front_matter(
        {"title": title, "aliases": aliases, "number": ""},
        {"section": [{"opens": opens}]},
        standing=("效力", "x"),
    )
    assert tomllib.loads(written) == {
        "title": title,
        "aliases": aliases,
        "section": [{"opens": opens}],
        "standing": {"zh": "效力", "en": "x"},
    }

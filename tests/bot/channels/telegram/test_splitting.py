from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.splitting import plain, split, units
from tests.fakes.telegram_markup import parse_html

_WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("。；\n  😀深<&\"'"),
    min_size=1,
    max_size=60,
)


@st.composite
def _html(draw: st.DrawFn, depth: int = 2) -> str:
    pieces = draw(st.lists(_WORDS, min_size=1, max_size=5))
    html = ""
    for words in pieces:
        tag = draw(
            st.sampled_from(
                ["", "b", "i", "blockquote expandable", 'a href="https://x.example/?a=1&amp;b=2"']
            )
        )
        inner = draw(_html(depth - 1)) if depth and draw(st.booleans()) else escape(words)
        html += f"<{tag}>{inner}</{tag.split()[0]}>" if tag else inner
        html += draw(st.sampled_from(["", "\n", "\n\n"]))
    return html


def _letters(text: str) -> str:
    return "".join(text.split())


@given(_html(), st.integers(min_value=8, max_value=90))
def test_parts_are_whole_short_and_together_the_same(html: str, limit: int) -> None:
    parts = split(html, limit)
    for part in parts:
        words, _ = parse_html(part)
        assert words.strip()
        assert units(words.strip()) <= limit
    assert _letters("".join(map(plain, parts))) == _letters(plain(html))


def test_a_text_that_fits_stays_one_message() -> None:
    assert split("<b>至少 4 名</b>\n\n· 审核师") == ["<b>至少 4 名</b>\n\n· 审核师"]


def test_markup_does_not_count() -> None:
    html = "<b>" * 50 + "四" * 4096 + "</b>" * 50
    assert split(html) == [html]


@pytest.mark.parametrize("empty", ["", "  \n", "<b></b>", "<i> </i>"])
def test_nothing_to_say_gives_no_message(empty: str) -> None:
    assert split(empty) == []


def test_the_cut_falls_between_blocks_rather_than_lines() -> None:
    assert split("一二三\n\n四五\n六七\n八九十", 13) == ["一二三", "四五\n六七\n八九十"]


def test_the_cut_falls_between_lines_rather_than_sentences() -> None:
    assert split("一二。三四\n五六。七八", 10) == ["一二。三四", "五六。七八"]


def test_the_cut_falls_after_a_sentence_rather_than_anywhere() -> None:
    assert split("一二三。四五六七八", 7) == ["一二三。", "四五六七八"]


def test_open_tags_are_closed_and_opened_again() -> None:
    html = '<blockquote expandable><a href="https://x.example">一二三四五六</a></blockquote>'
    assert split(html, 3) == [
        '<blockquote expandable><a href="https://x.example">一二三</a></blockquote>',
        '<blockquote expandable><a href="https://x.example">四五六</a></blockquote>',
    ]


def test_an_entity_is_never_cut() -> None:
    assert split("&lt;" * 10, 4) == ["&lt;" * 4, "&lt;" * 4, "&lt;" * 2]


def test_a_letter_of_two_units_counts_twice_and_is_never_cut() -> None:
    assert split("😀" * 5, 3) == ["😀"] * 5

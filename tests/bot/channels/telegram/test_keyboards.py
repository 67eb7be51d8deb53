import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.keyboards import ROW_BUTTONS, keyboard, rows
from bot.messages import Button


def _labels(*labels: str) -> list[list[str]]:
    return [[button.label for button in row] for row in rows([Button(label, "x") for label in labels])]


def test_short_labels_share_a_row() -> None:
    assert _labels("1 名", "没有", "不知道") == [["1 名", "没有", "不知道"]]


def test_a_long_label_stands_alone() -> None:
    assert _labels("为什么是 4 名以上审核师", "没有", "不知道") == [
        ["为什么是 4 名以上审核师"],
        ["没有", "不知道"],
    ]


def test_the_widest_label_decides_for_its_row() -> None:
    assert _labels("有", "请咨询机构要几个人") == [["有"], ["请咨询机构要几个人"]]


@given(st.lists(st.text("是否有abc名 ", min_size=1, max_size=20), max_size=20))
def test_order_is_kept_and_no_row_is_overfull(labels: list[str]) -> None:
    made = _labels(*labels)
    assert [label for row in made for label in row] == labels
    assert all(1 <= len(row) <= ROW_BUTTONS for row in made)


@pytest.mark.parametrize("tap", ["", "四" * 22])
def test_a_button_that_telegram_would_refuse_is_left_out_and_logged(
    tap: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        made = keyboard([Button("坏", tap), Button("好", "四" * 21)])
    assert made is not None
    assert [[key.text for key in row] for row in made.inline_keyboard] == [["好"]]
    assert "坏" in caplog.text


def test_no_buttons_make_no_keyboard() -> None:
    assert keyboard([]) is None


def test_a_page_is_opened_rather_than_tapped() -> None:
    made = keyboard([Button("看全文", url="https://xize.example/art_10")])
    assert made is not None
    assert made.inline_keyboard[0][0].url == "https://xize.example/art_10"
    assert made.inline_keyboard[0][0].callback_data is None

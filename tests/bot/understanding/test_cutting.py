"""Where one message becomes several clauses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.understanding.clauses import Segmenter
from bot.understanding.lexicon import Lexicon


@pytest.mark.parametrize(
    ("said", "pieces"),
    [
        ("审核师4个,高工1个", ["审核师4个", "高工1个"]),
        ("审核师4个另外高工1个", ["审核师4个", "高工1个"]),
        ("审核师五个吧高工一个", ["审核师五个吧", "高工一个"]),
        ("高工的话没有大专的话有七个", ["高工的话没有", "大专的话有七个"]),
        ("按第十条理了一遍:大专6个", ["按第十条理了一遍", "大专6个"]),
        ("第十条要求:大专6个", ["第十条要求:大专6个"]),
        ("麻烦帮看下:自己做,审核师4个", ["帮看下", "自己做", "审核师4个"]),
        ("强制 自己做 审核师4 够不够", ["强制", "自己做", "审核师4", "够不够"]),
        ("审核师 4 名 高工 1 名", ["审核师 4 名", "高工 1 名"]),
        ("名单9月1号出 强制 委托", ["名单9月1号出", "强制", "委托"]),
        ("名单10月8号出的咨询公司也请了现在注册吗", ["名单10月8号出的", "咨询公司也请了", "现在注册吗"]),
        ("10月8号公布的名单", ["10月8号公布的名单"]),
    ],
)
def test_a_message_is_cut_where_something_new_begins(lexicon: Lexicon, said: str, pieces: list[str]) -> None:
    found = Segmenter(lexicon).clauses(said, date(2026, 11, 23))
    assert [clause.text for clause in found] == pieces


def test_what_is_unknown_between_is_kept_as_a_gap(lexicon: Lexicon) -> None:
    (clause,) = Segmenter(lexicon).clauses("审核师咕噜4个", date(2026, 11, 23))
    assert [token.role for token in clause.tokens if token.role in ("noun", "gap", "count")] == [
        "noun",
        "gap",
        "count",
    ]


def test_a_slip_ends_what_was_said_before_it(facts: Callable[..., dict[str, Any]]) -> None:
    assert facts("审核师 四个 不对五个 对是五个") == {"trained_auditors": 5}
    assert facts("高工两个 错了错了 一个") == {"senior_title_staff": 1}

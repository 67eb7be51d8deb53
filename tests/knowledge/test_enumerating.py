"""Numbered questions come on lines of their own; numbers that count something stay where they are."""

from __future__ import annotations

import pytest

from knowledge.enumerating import in_lines, uncircled
from knowledge.wording import legible


def lines(text: str) -> list[str]:
    return [line.strip(" ,;") for line in in_lines(legible(uncircled(text))).split("\n") if line.strip(" ,;")]


@pytest.mark.parametrize(
    "text",
    [
        "1.几年一轮 2.几名高工",
        "1、几年一轮；2、几名高工",
        "（1）几年一轮（2）几名高工",
        "1）几年一轮 2）几名高工",
        "①几年一轮②几名高工",
        "一、几年一轮 二、几名高工",
        "第一，几年一轮；第二，几名高工",
        "一是几年一轮，二是几名高工",
        "1几年一轮 2几名高工",
        "a) 几年一轮 b) 几名高工",
        "A.几年一轮 B.几名高工",
        "Q1：几年一轮 Q2：几名高工",
        "问题一：几年一轮 问题二：几名高工",
        "一问几年一轮，二问几名高工",
    ],
)
def test_each_way_of_numbering(text: str) -> None:
    assert lines(text) == ["几年一轮", "几名高工"]


def test_english_ordinals() -> None:
    assert lines("First, how often? Second, who pays?") == ["how often?", "who pays?"]


@pytest.mark.parametrize(
    "text",
    [
        "第十条第1、2项怎么写",
        "第十六条第(二)款",
        "1月注册 2月启动",
        "4名 1名",
        "有1.5万吨",
        "第一条",
        "有问题2个",
        "a.b. and c",
    ],
)
def test_what_counts_is_no_number_of_a_question(text: str) -> None:
    assert len(lines(text)) == 1


def test_a_single_mark_is_no_list() -> None:
    assert lines("1.几年一轮") == ["1.几年一轮"]

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.understanding.lexicon import Lexicon, spell_out


def test_patterns_spell_out_families_of_words() -> None:
    assert spell_out("审核(师|员)[证]") == ["审核师", "审核师证", "审核员", "审核员证"]
    assert spell_out("有x?y") == ["有y", "有xy"]


def test_an_unbalanced_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        spell_out("审核师)]")


def test_a_word_with_two_meanings_is_refused() -> None:
    with pytest.raises(ValueError, match="is both"):
        Lexicon({"one": {"words": ["证"]}, "two": {"words": ["证"]}})


def test_the_longest_word_wins() -> None:
    tokens = Lexicon({"a": {"words": ["高级"]}, "b": {"words": ["高级技师"]}}).scan("高级技师")
    assert [(token.role, token.text) for token in tokens] == [("b", "高级技师")]


def test_a_longer_pattern_takes_the_place_of_words_and_leaves_their_rest() -> None:
    lexicon = Lexicon({"word": {"words": ["做的", "的"]}, "form": {"patterns": ["请.{2}做"]}})
    tokens = lexicon.scan("请机构做的")
    assert [(token.role, token.text) for token in tokens] == [("form", "请机构做"), ("word", "的")]


def test_no_word_tears_apart_what_must_stay_whole() -> None:
    words = {"act": {"words": ["自己做审核", "自己做"]}, "noun": {"words": ["审核师"]}}
    lexicon = Lexicon({**words, "whole": {"signs": ["审核师"]}})
    assert [token.text for token in lexicon.scan("自己做审核师有五个")] == ["自己做", "审核师"]
    assert [token.text for token in lexicon.scan("自己做审核")] == ["自己做审核"]


def test_latin_words_stand_free() -> None:
    lexicon = Lexicon({"not": {"words": ["no"]}})
    assert not lexicon.scan("november")
    assert len(lexicon.scan("no, 没")) == 1


def test_words_of_a_value_may_be_spread_over_files(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[noun.staff]\nwords = ["员工"]\nleast = 2\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text('[noun.staff]\nwords = ["staff"]\n', encoding="utf-8")
    lexicon = Lexicon.load(tmp_path)
    assert [word for word, _ in lexicon.words("noun")] == ["员工", "staff"]
    assert lexicon.table("noun", "staff")["least"] == 2


def test_the_shipped_words_load(lexicon: Lexicon) -> None:
    assert lexicon.role_of("高级工程师") == ("noun", "senior_title_staff")
    assert lexicon.table("noun", "insured_staff")["least_months"] > 0


FORMS = ("patterns", "forms", "switches", "own", "row")  # compiled only for a text in which they may stand


def _forms(tree: Any, key: str = "") -> Iterator[str]:
    if isinstance(tree, dict):
        for name, part in tree.items():
            yield from _forms(part, name)
    elif isinstance(tree, list) and key in FORMS:
        yield from (form for form in tree if isinstance(form, str))


def test_every_shipped_form_can_be_compiled(lexicon: Lexicon) -> None:
    forms = list(_forms(dict(lexicon.tables)))
    assert len(forms) > 300
    for form in forms:
        re.compile(form)

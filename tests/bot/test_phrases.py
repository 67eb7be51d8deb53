"""The product's sentences: complete in each language, converted for Traditional."""

from __future__ import annotations

import tomllib

import pytest
from jinja2 import meta

from bot.phrases import DIRECTORY, _catalogue, _environment, _flatten, _Sentence, _template, phrases


def test_every_language_has_the_same_keys() -> None:
    assert set(_catalogue("zh-Hans")) == set(_catalogue("en"))


def test_a_key_is_defined_once_across_the_files_of_a_language() -> None:
    for language in ("zh-Hans", "en"):
        keys = [
            key
            for path in DIRECTORY.glob(f"{language}*.toml")
            for key, _ in _flatten(tomllib.loads(path.read_text(encoding="utf-8")))
        ]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_sentence_is_a_template_that_compiles(language: str) -> None:
    for key in _catalogue(language):
        assert _template(language, key) is _template(language, key)


def test_traditional_is_converted_from_simplified() -> None:
    assert phrases("zh-Hant").say("value.no") == "否"
    assert phrases("zh-Hant").say("button.calendar") == "放進日曆"


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_sentence_says_what_its_template_would(language: str) -> None:
    """Names are put in as the template puts them in, and one that is not given is an error."""
    for key, text in _catalogue(language).items():
        names = meta.find_undeclared_variables(_environment.parse(text))
        if isinstance(sentence := _template(language, key), _Sentence):
            fill = {name: f"{{{name}}} 4" for name in names}
            assert sentence.render(fill) == _environment.from_string(text).render(fill)
            for name in names:
                with pytest.raises(KeyError, match=name):
                    sentence.render(dict.fromkeys(names - {name}, "4"))


def test_an_unknown_key_is_an_error_rather_than_an_empty_sentence() -> None:
    with pytest.raises(KeyError):
        phrases("en").say("no.such.key")

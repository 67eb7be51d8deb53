"""The published schema is the grammar."""

from pathlib import Path
from typing import Any

import pytest

from rules_engine.grammar import Grammar, schema
from rules_engine.loader import BUILT_IN, files_of
from rules_engine.source import documents


def problems(document: Any) -> list[str]:
    grammar = Grammar("f.yaml")
    grammar.check(document)
    return grammar.problems


@pytest.mark.parametrize("file", files_of(BUILT_IN), ids=lambda file: file.name)
def test_the_built_in_files_keep_to_it(file: Path) -> None:
    for document in documents(file):
        assert problems(document) == []


def test_every_reference_within_the_schema_resolves() -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            found = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return found + [ref for child in node.values() for ref in references(child)]
        return [ref for child in node for ref in references(child)] if isinstance(node, list) else []

    names = {ref.removeprefix("#/$defs/") for ref in references(schema())}
    assert names == set(schema()["$defs"])


def test_mappings_are_closed() -> None:
    assert problems({"facts": {}, "swim": {}}) == ["f.yaml:1: swim: is no word of the grammar"]


def test_a_misspelt_word_is_told_with_the_one_that_is_meant() -> None:
    assert problems({"fact": {}}) == ["f.yaml:1: fact: is no word of the grammar; did you mean facts?"]


def test_a_test_has_one_form_only() -> None:
    words = {"zh": "名", "en": "name"}
    tree = {"title": words, "layer": "l", "test": {"fact": "a", "is": True, "at_least": 3}}
    assert problems({"requirements": {"r": tree}})
    tree["test"] = {"fact": "a"}
    assert problems({"requirements": {"r": tree}})
    tree["test"] = {"fact": "a", "is": True}
    assert problems({"requirements": {"r": tree}}) == []

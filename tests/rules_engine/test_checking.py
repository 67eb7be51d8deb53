"""Definitions that do not fit each other are refused by name."""

from pathlib import Path

import pytest

from rules_engine.errors import RulebookInvalid
from rules_engine.loader import load
from tests.rules_engine.toy import POOL, write

WORDS = "label: {zh: 名, en: name}, question: {zh: 问, en: ask}"
FACTS = f"""
  size: {{type: choice, {WORDS}, choices: {{small: {{zh: 小, en: small}}, large: {{zh: 大, en: large}}}}}}
  trunks: {{type: counts, {WORDS}}}
  swimmers:
    type: records
    label: {{zh: 名, en: name}}
    question: {{zh: 问, en: ask}}
    fields:
      name: {{type: text, key: true, label: {{zh: 名, en: name}}}}
      badge: {{type: choice, choices: [gold, none], label: {{zh: 章, en: badge}}}}
  fee:
    type: choice
    label: {{zh: 名, en: name}}
    question: {{zh: 问, en: ask}}
    choices: {{low: {{zh: 低, en: low}}, high: {{zh: 高, en: high}}}}
    derived: [{{table: fees}}]
  gold: {{type: count, {WORDS}, derived: [{{count: swimmers, where: [{{field: badge, one_of: [gold]}}]}}]}}
relations:"""
TABLE = """
tables:
  fees:
    keys: [size]
    hit: unique
    rows:
      - {match: {size: [small]}, value: low}
      - {match: {size: [large]}, value: high}
"""
BOOK = POOL.replace("\nrelations:", FACTS, 1) + TABLE


def said(directory: Path, text: str) -> str:
    with pytest.raises(RulebookInvalid) as refused:
        load(write(directory, text))
    return "\n".join(refused.value.problems)


def test_the_example_itself_is_sound(tmp_path: Path) -> None:
    assert load(write(tmp_path, BOOK)).facts["fee"].choices


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("      - {match: {size: [large]}, value: high}\n", "", "fees: no row takes size = large"),
        ("{size: [large]}", "{size: [small, large]}", "all take size = small"),
        ("keys: [size]", "keys: [sise]", "fees: fact sise is not defined"),
        ("keys: [size]", "keys: [staff]", "staff is of type count, whose values cannot be listed"),
        ("{table: fees}", "{table: prices}", "fee: table prices is not defined"),
        ("{count: swimmers, where", "{count: trunks, where", "gold: trunks is of type counts, not records"),
        ("field: badge, one_of: [gold]", "field: badge, one_of: [silver]", "gold: badge has no value silver"),
        ("field: badge, one_of: [gold]", "field: cap, one_of: [gold]", "gold: field cap is not defined"),
        (
            "field: badge, one_of: [gold]",
            "field: badge, vocabulary: caps",
            "gold: vocabulary caps is not defined",
        ),
        ("{type: text, key: true,", "{type: text,", "swimmers: records need one field that is their key"),
        (
            ", choices: {small: {zh: 小, en: small}, large: {zh: 大, en: large}}",
            "",
            "size: a choice needs choices",
        ),
        ("keys: [size]", "keys: [fee]", "is computed from itself: fee -> fee"),
        ("{fact: first_aid, is: true}", "{fact: size, equals: huge}", "aid: size has no value huge"),
        ("{fact: first_aid, is: true}", "{fact: opened, before: 2020-02-30}", "aid: 2020-02-30 is no day"),
        (
            "    citations: [pool#s1]\n",
            "    citations: [pool#s1]\n    notes: [nothing]\n",
            "guards: note nothing is",
        ),
        (
            "layer: pool\n    test: {fact: first",
            "layer: sea\n    test: {fact: first",
            "aid: layer sea is not defined",
        ),
        ("    demands: [", "    includes: [open-pool]\n    demands: [", "open-pool: includes itself"),
        ("    demands: [", "    includes: [shut]\n    demands: [", "open-pool: goal shut is not defined"),
        ("    demands: [{requirement: guards}, {requirement: aid}]\n", "", "open-pool: demands nothing"),
        ("add: {months: 6}", "add: $lifeguards_needed", "is not of the kind needed here"),
        ('rulebook: {id: pool, version: "1"}\n', "", "no file gives id and version"),
        (
            "from: 2000-01-01, cit",
            "from: 2000-01-01, to: 1999-01-01, cit",
            "pool: ends on 1999-01-01, before",
        ),
        (
            "    demands: [",
            "    distinct: size\n    demands: [",
            "distinct needs records, and size is of type",
        ),
        (
            "    demands: [",
            "    selects: {sise: small}\n    demands: [",
            "open-pool: fact sise is not defined",
        ),
        ("    demands: [", "    selects: {size: huge}\n    demands: [", "open-pool: size has no value huge"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in BOOK
    assert expected in said(tmp_path, BOOK.replace(old, new, 1))


def test_the_same_name_in_two_files_is_refused(tmp_path: Path) -> None:
    write(
        tmp_path,
        "layers:\n  pool: {title: {zh: 池, en: pool}, from: 2000-01-01, citations: [pool]}\n",
        "a.yaml",
    )
    assert "pool: layers has it twice, first in a.yaml:2" in said(tmp_path, BOOK)

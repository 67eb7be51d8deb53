"""YAML is read without surprises."""

from pathlib import Path

import pytest

from rules_engine.source import Problem, documents


def read(directory: Path, text: str) -> list[object]:
    file = directory / "f.yaml"
    file.write_text(text, encoding="utf-8")
    return list(documents(file))


# Each line gives the one before it ten times.
BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("True", "True"),
        ("true", True),
        ("2018-08-01", "2018-08-01"),
        ("1_000", "1_000"),
        ("0o7", "0o7"),
        ("12:30:45", "12:30:45"),
        ("1.5", 1.5),
        ("-3", -3),
        ("'4'", "4"),
        ("~", None),
        ("", None),
    ],
)
def test_only_plain_words_have_meaning(tmp_path: Path, text: str, value: object) -> None:
    assert read(tmp_path, f"k: {text}\n") == [{"k": value}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3: a: the key stands twice"),
        ("a: !!python/object:os.system x\n", "f.yaml:1"),
        ("a: [1, 2\nb: 3\n", "f.yaml:2"),
        ("? [a]\n: 1\n", "f.yaml:1: a key must be a word"),
        ("a: 1\nb: &b {c: *b}\n", "f.yaml:2: an anchor holds an alias of itself"),
        (BOMB, "f.yaml:1: over 200000 values"),
        ("a: \x01\n", "f.yaml:1: unacceptable character"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Problem) as refused:
        read(tmp_path, text)
    assert str(refused.value).startswith(said)


def test_an_alias_gives_what_its_anchor_holds(tmp_path: Path) -> None:
    assert read(tmp_path, "a: &a [1, 2]\nb: *a\n") == [{"a": [1, 2], "b": [1, 2]}]


def test_later_documents_are_parsed_only_when_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text("a: 1\n---\na: [\n", encoding="utf-8")
    reading = documents(file)
    assert next(reading) == {"a": 1}
    with pytest.raises(Problem):
        next(reading)


def test_lines_are_known(tmp_path: Path) -> None:
    (document,) = read(tmp_path, "a:\n  b: 1\n  c:\n    - x\n")
    assert document["a"].lines == {"b": 2, "c": 3}  # type: ignore[index]
    assert document["a"]["c"].lines == [4]  # type: ignore[index]

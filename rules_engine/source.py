"""Reads YAML with the line of every value. Closed and unsurprising: no duplicate keys, no tags, no
booleans but true and false, no dates by accident (a plain 2018-08-01 stays text)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import yaml


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Leaves the meaning of plain words to this module: the library's own reading has surprises."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
_TAGS = {"map", "seq", "str"}  # those that the library gives by itself
_MOST_VALUES = 200_000
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class Problem(Exception):
    """A file cannot be read further; the text says ``file:line: what``."""


class Section(dict[str, Any]):
    """A mapping that knows its line and the line of each key."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """A list that knows the line of each item."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def documents(path: Path) -> Iterator[Any]:
    """The file's documents, each parsed only when asked for. Raises Problem with file and line."""
    # The C parser wants text; reading bytes here keeps the platform's encoding out.
    loader = _Loader(path.read_text(encoding="utf-8"))
    try:
        while loader.check_node():
            root = loader.get_node()
            assert root is not None  # noqa: S101 - check_node has seen it
            yield _plain(root, path.name, _Limits(path.name))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Problem(f"{path.name}:{line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise Problem(f"{path.name}:1: {str(error).splitlines()[0]}") from error
    finally:
        loader.dispose()


class _Limits:
    """What keeps aliases, each of which gives a node again, from holding themselves or swelling a file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.open: set[int] = set()
        self.left = _MOST_VALUES

    def enter(self, node: yaml.Node) -> None:
        """Count ``node``. Raises Problem where it stands in itself, or is one too many."""
        self.left -= 1
        if id(node) in self.open:
            raise Problem(f"{self.file}:{node.start_mark.line + 1}: an anchor holds an alias of itself")
        if self.left < 0:
            raise Problem(
                f"{self.file}:{node.start_mark.line + 1}: over {_MOST_VALUES} values, aliases written out"
            )
        self.open.add(id(node))


def _plain(node: yaml.Node, file: str, limits: _Limits) -> Any:
    limits.enter(node)
    try:
        return _value(node, file, limits)
    finally:
        limits.open.discard(id(node))


def _value(node: yaml.Node, file: str, limits: _Limits) -> Any:
    if node.tag.rpartition(":")[2] not in _TAGS:
        raise Problem(f"{file}:{node.start_mark.line + 1}: tags are not allowed")
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return _sequence(node, file, limits)
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 - YAML has no fourth kind
    return _mapping(node, file, limits)


def _sequence(node: yaml.SequenceNode, file: str, limits: _Limits) -> Items:
    items = Items(node.start_mark.line + 1)
    for child in node.value:
        items.append(_plain(child, file, limits))
        items.lines.append(child.start_mark.line + 1)
    return items


def _mapping(node: yaml.MappingNode, file: str, limits: _Limits) -> Section:
    section = Section(node.start_mark.line + 1)
    for key_node, child in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value
        if not isinstance(key_node, yaml.ScalarNode):
            raise Problem(f"{file}:{line}: a key must be a word")
        if key in section:
            raise Problem(f"{file}:{line}: {key}: the key stands twice")
        section[key] = _plain(child, file, limits)
        section.lines[key] = line
    return section


def _scalar(node: yaml.ScalarNode) -> Any:
    text = node.value
    if node.style:  # quoted or block: always text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text

"""Figures taken out of the law's own words, so that no number of the law is typed twice."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.errors import CorpusError
from knowledge.numerals import to_int

_PLACE = re.compile(r"\{([a-z0-9_]+)\}")


def extract(text: str, pattern: str, name: str, kind: str = "figure") -> str:
    """What ``pattern``'s only group finds in ``text``: a figure in Arabic digits, or with ``words`` as
    ``kind`` the words themselves.

    Raises:
        CorpusError: where the words do not hold it, or hold no number there.
    """
    found = re.search(pattern, text)
    if found and kind == "words":
        return found[1]
    number = to_int(found[1]) if found else None
    if number is None:
        raise CorpusError(f"value {name}: nothing in the provision's words matches {pattern!r}")
    return str(number)


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with each ``{name}`` replaced by its figure.

    Raises:
        CorpusError: for a name that no instrument defines.
    """
    if "{" not in text:
        return text
    try:
        return _PLACE.sub(lambda place: values[place[1]], text)
    except KeyError as unknown:
        raise CorpusError(f"no value {unknown.args[0]} for: {text[:40]}") from None

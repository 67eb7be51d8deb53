"""People told one by one, a line or a clause each: 张三 大专 环境工程 国家审核师 社保14个月 高级."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from bot.understanding.lexicon import Lexicon
from knowledge.numerals import to_int

ROSTER: Final = "roster"
CERTIFIED: Final = "trained_auditors"
_CERTIFICATE: Final = "auditor_certificate"
_LINES = re.compile(r"[\n;。]+")
_CELLS = re.compile(r"[\s,、|/]+")
_YEAR: Final = 12  # months

Person = dict[str, Any]


class People(NamedTuple):
    """The persons of a message, and the message without their lines.

    ``certified``: how many are auditors, where for some it was not said whose certificate they hold.
    """

    persons: tuple[Person, ...]
    words: str
    rest: str
    certified: int | None

    def beside(self, held: object) -> list[Person]:
        """With those of the roster held before, where all are new to it."""
        before = [dict(one) for one in held] if isinstance(held, Sequence) else []
        names = {one["name"] for one in self.persons}
        return [*(one for one in before if one.get("name") not in names), *self.persons]


class RosterReader:
    """Reads people told line by line. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        line, cells = lexicon.tables["person_line"], lexicon.tables["person_cell"]
        self._name = re.compile(line["name"], re.IGNORECASE)
        self._nameless = re.compile(line["nameless"], re.IGNORECASE)
        self._skip = re.compile(line["skip"])
        self._least = int(line["least"])
        self._forms = {field: re.compile(form, re.IGNORECASE) for field, form in cells.items()}
        self._values: Mapping[str, Mapping[str, str]] = lexicon.tables["person_value"]

    def read(self, text: str) -> People | None:
        """The people of a message; None where none is told so."""
        persons: list[Person] = []
        told: list[str] = []
        bare = 0
        for line in _LINES.split(text):
            if person := self._person(line):
                bare += person.get(_CERTIFICATE) == ""
                persons.append(person)
                told.append(line)
        if not persons or len({person["name"] for person in persons}) < len(persons):
            return None
        rest = text
        for line in told:
            rest = rest.replace(line, "", 1)
        certified = sum(person.get(_CERTIFICATE) in ("", "national", "guangdong") for person in persons)
        return People(tuple(map(_said, persons)), "\n".join(told), rest, certified if bare else None)

    def _person(self, line: str) -> Person | None:
        """The person of a line, whose cells all say something that a roster holds."""
        cells = [cell for cell in _CELLS.split(line.strip()) if cell and not self._skip.match(cell)]
        if len(cells) <= self._least or not self._names(cells[0]):
            return None
        person: Person = {"name": cells[0]}
        for field, value in self._fields(cells[1:]):
            if field in person:
                return None
            person[field] = value
        return person if len(person) > self._least else None

    def _names(self, cell: str) -> bool:
        return self._name.fullmatch(cell) is not None and not self._nameless.match(cell)

    def _fields(self, cells: Sequence[str]) -> Iterator[tuple[str, Any]]:
        for cell in cells:
            for field, form in self._forms.items():
                if match := form.match(cell):
                    yield field, self._value(field, match)
                    if (named := match.groupdict().get("field")) is not None:
                        yield "title_field", named
                    break
            else:
                yield "major", cell.removesuffix("专业")

    def _value(self, field: str, match: re.Match[str]) -> Any:
        words = (match["x"] or "").lower()
        if field == "insurance_months":
            return _months(words, match["unit"] or "")
        known = self._values.get(field)
        if known is None or not words:
            return words
        return next(value for value, form in known.items() if re.search(form, words))


def _months(written: str, unit: str) -> int:
    if written[0] in "无没未":
        return 0
    number = 0.5 if written == "半" else float(to_int(written, digit_strings=False) or 0)
    return round(number * (_YEAR if unit.startswith(("年", "year")) else 1))


def _said(person: Person) -> Person:
    """Without the certificate of which nobody said whose it is."""
    return {field: value for field, value in person.items() if value != ""}

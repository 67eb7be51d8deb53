"""Which rows of a list speak of companies here: by credit code, else by the very same name. Names that are
only near are shown to the operator and matched by nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.lists.names import normal
from storage.records import Company, ListedCompany

_NEAR = 88.0  # of 100
_MOST_NEAR = 3  # companies shown for a row


@dataclass(frozen=True, slots=True)
class Match:
    """A row and a company that it speaks of."""

    row: ListedCompany
    company: Company


@dataclass(frozen=True, slots=True)
class Near:
    """A row that speaks of no company here, and one whose name is near. ``likeness`` of 100."""

    row: ListedCompany
    company: Company
    likeness: int


@dataclass(frozen=True, slots=True)
class Matched:
    """All matches, and the near names for a person to look at."""

    matches: tuple[Match, ...]
    near: tuple[Near, ...]


def match(rows: Sequence[ListedCompany], companies: Iterable[Company]) -> Matched:
    """Match rows with companies. Where both have a credit code, only the code counts."""
    named = [company for company in companies if company.name or company.credit_code]
    by_code, by_name = defaultdict(list), defaultdict(list)
    for company in named:
        by_code[company.credit_code].append(company)
        by_name[normal(company.name)].append(company)
    matches, rest = [], []
    for row in rows:
        same_code = by_code[row.credit_code] if row.credit_code else []
        same_name = [one for one in by_name[normal(row.name)] if not _other_code(row, one)]
        found = list({company.id: company for company in (*same_code, *same_name)}.values())
        matches += [Match(row, company) for company in found]
        if not found:
            rest.append(row)
    return Matched(tuple(matches), tuple(_near(rest, named)))


def _other_code(row: ListedCompany, company: Company) -> bool:
    return bool(row.credit_code and company.credit_code and row.credit_code != company.credit_code)


def _near(rows: Sequence[ListedCompany], companies: Sequence[Company]) -> Iterable[Near]:
    from rapidfuzz import fuzz, process

    names = [normal(company.name) for company in companies]
    for row in rows:
        found = process.extract(
            normal(row.name), names, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=_MOST_NEAR
        )
        yield from (Near(row, companies[place], int(score)) for _, score, place in found if names[place])

"""Rest days by the published arrangements."""

from datetime import date

import pytest

from rules_engine.workdays import DayKind, PublishedWorkdays, YearArrangement, next_workday

PUBLISHED = PublishedWorkdays()


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 2, 27), DayKind.WORKDAY),
        (date(2026, 2, 28), DayKind.MAKE_UP),
        (date(2026, 1, 31), DayKind.WEEKEND),
        (date(2026, 2, 16), DayKind.HOLIDAY),
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2027, 1, 4), DayKind.UNPUBLISHED),
    ],
)
def test_what_a_day_is(day: date, kind: DayKind) -> None:
    assert PUBLISHED.kind(day) is kind


@pytest.mark.parametrize(
    ("day", "effective"),
    [
        (date(2026, 2, 15), date(2026, 2, 24)),
        (date(2026, 5, 3), date(2026, 5, 6)),
        (date(2026, 2, 28), date(2026, 2, 28)),
        (date(2027, 1, 31), None),
    ],
)
def test_the_next_workday(day: date, effective: date | None) -> None:
    assert next_workday(PUBLISHED, day) == effective


def test_rolling_into_an_unpublished_year_cannot_be_told() -> None:
    year = YearArrangement(frozenset({date(2026, 12, 31)}), frozenset())
    assert next_workday(PublishedWorkdays({2026: year}), date(2026, 12, 31)) is None


def test_an_added_year_comes_first() -> None:
    year = YearArrangement(frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 2)}))
    added = PublishedWorkdays({2027: year})
    kinds = [added.kind(date(2027, 1, day)) for day in (1, 2, 3, 4, 8, 9)]
    weekday, weekend = DayKind.WORKDAY, DayKind.WEEKEND
    assert kinds == [DayKind.HOLIDAY, DayKind.MAKE_UP, weekend, weekday, weekday, weekend]

"""What travels together."""

from __future__ import annotations

from bot.reminders.grouping import nearest, split
from bot.reminders.notices import Item
from storage.records import Company, Contact, Delivery, DeliveryKind
from storage.store import Subject
from tests.bot.reminders.house import at, deadline


def item(n: int, key: str, day: int, kind: DeliveryKind = "lead") -> Item:
    """A due reminder of so many days before."""
    row = Delivery("k", "web:ann", kind, at(day), {}, id=n)
    return Item(row, Subject(deadline(key), Company("acme"), Contact("ann", "web:ann")))


def test_of_each_deadline_the_nearest_stands_for_the_others() -> None:
    items = [item(1, "first", 3), item(2, "first", 7), item(3, "second", 7), item(4, "first", 1)]
    assert [one.delivery.id for one in nearest(items)] == [4, 3]


def test_of_two_for_the_same_moment_the_later_made_stands() -> None:
    assert [one.delivery.id for one in nearest([item(2, "first", 3), item(1, "first", 3)])] == [2]


def test_notices_are_told_apart_from_reminders() -> None:
    notices, reminders = split([item(1, "first", 3), item(2, "first", 3, "notice")])
    assert [one.delivery.id for one in notices] == [2]
    assert [one.delivery.id for one in reminders] == [1]

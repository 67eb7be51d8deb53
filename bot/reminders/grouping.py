"""Which of a chat's due reminders travel together, and which of them speaks for a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.reminders.notices import Item
from storage.records import Delivery


def is_written(delivery: Delivery) -> bool:
    """Whether a delivery holds its words already, and so travels alone: they are not put into words again."""
    return "blocks" in delivery.payload


def split(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Notices of what others did, and reminders."""
    notices = [item for item in items if item.delivery.kind == "notice"]
    return notices, [item for item in items if item.delivery.kind != "notice"]


def nearest(items: Sequence[Item]) -> list[Item]:
    """One item a deadline: an escalation, else the one that belongs nearest to its due day, or that was
    asked for last."""
    kept: dict[str, Item] = {}
    for item in sorted(items, key=_weight):
        kept[item.subject.deadline.id] = item
    return list(kept.values())


def _weight(item: Item) -> tuple[bool, datetime, int]:
    return item.delivery.kind == "escalation", item.delivery.due_at, item.delivery.id

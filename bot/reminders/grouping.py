"""Which of a chat's due reminders travel together, and which of them speaks for a deadline."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reminders.notices import Item


def split(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Notices of what others did, and reminders."""
    notices = [item for item in items if item.delivery.kind == "notice"]
    return notices, [item for item in items if item.delivery.kind != "notice"]


def nearest(items: Sequence[Item]) -> list[Item]:
    """One item a deadline: the one that belongs nearest to its due day, or that was asked for last."""
    kept: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: (item.delivery.due_at, item.delivery.id)):
        kept[item.subject.deadline.id] = item
    return list(kept.values())

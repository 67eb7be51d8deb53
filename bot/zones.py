"""Where a contact is in time: its zone, and the date there."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.records import Contact

_FALLBACK = "Asia/Shanghai"


def zone_of(contact: Contact) -> ZoneInfo:
    """The contact's time zone; one that is not known any more costs it neither answers nor reminders."""
    try:
        return ZoneInfo(contact.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(_FALLBACK)


def local_day(contact: Contact, moment: datetime) -> date:
    """The contact's date at a moment."""
    return moment.astimezone(zone_of(contact)).date()

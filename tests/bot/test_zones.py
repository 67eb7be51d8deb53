"""Where a contact is in time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.zones import local_day, zone_of
from storage.records import Contact


@pytest.mark.parametrize("unknown", ["Atlantis/Central", "", "../etc"])
def test_a_zone_that_is_not_known_any_more_is_that_of_the_house(unknown: str) -> None:
    assert zone_of(Contact("ann", "web:ann", timezone=unknown)) == ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(("zone", "day"), [("Asia/Shanghai", 20), ("Europe/Berlin", 19)])
def test_the_local_day_is_the_contacts(zone: str, day: int) -> None:
    moment = datetime(2030, 5, 19, 17, tzinfo=UTC)
    assert local_day(Contact("ann", "web:ann", timezone=zone), moment) == date(2030, 5, day)

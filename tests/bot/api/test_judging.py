"""Checks and dates over HTTP are those of the JSON lines, to the letter."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from bot.app import load_sources
from bot.channels.machine import checked, scheduled
from tests.bot.api.house import ApiHouse

ENOUGH = {"degree_staff": 4, "trained_auditors": 4, "insured_staff": 4, "senior_title_staff": 1}


@pytest.mark.parametrize(
    "asked",
    [
        {"goal": "consultant-voluntary", "facts": ENOUGH, "on": "2018-09-10"},
        {"goal": "consultant-voluntary", "facts": {**ENOUGH, "trained_auditors": 3}},
        {"goal": "self-audit-mandatory", "facts": {"degree_staff": {"min": 5}, "trained_auditors": None}},
        {"goal": "consultant-mandatory", "facts": {"degree_staff": -1, "total_staff": 3.5}},
        {"goal": "reapplication", "facts": None, "on": None},
        {
            "goal": "consultant-voluntary",
            "facts": {"roster": [{"name": "甲", "degree": "本科"}, {"name": "甲"}]},
        },
    ],
)
async def test_a_check_is_the_machine_interfaces(
    house: ApiHouse, api: httpx.AsyncClient, asked: dict[str, Any]
) -> None:
    answer = await api.post("/check", json=asked)

    expected = checked(load_sources(), asked, house.house.today)
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(expected))


@pytest.mark.parametrize(
    "asked",
    [
        {"events": {"list_published": "2026-01-31"}, "audit_kind": "mandatory", "today": "2026-02-10"},
        {"events": {"list_published": "2026-01-31"}, "done": ["register"], "leads": [5, 0]},
        {"industry": "铅蓄电池", "key_enterprise": True, "events": {"last_round_completed": "2022-06-30"}},
        {"events": {"acceptance_failed_on": "2026-05-08"}},
        {"events": {"list_published": "2026-02-30"}},
        {"events": {"list_published": "2026-01-31"}, "noticed": {"report": "2027-03-01"}, "horizon_years": 3},
        {},
    ],
)
async def test_dates_are_the_machine_interfaces(
    house: ApiHouse, api: httpx.AsyncClient, asked: dict[str, Any]
) -> None:
    answer = await api.post("/deadlines", json=asked)

    expected = scheduled(load_sources(), asked, house.house.today)
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(expected))


async def test_today_comes_from_the_clock(house: ApiHouse, api: httpx.AsyncClient) -> None:
    asked = {"events": {"list_published": "2026-11-20"}}
    first = (await api.post("/deadlines", json=asked)).json()["deadlines"][0]["days_left"]
    house.passes(days=2)

    assert (await api.post("/deadlines", json=asked)).json()["deadlines"][0]["days_left"] == first - 2


async def test_a_check_leaves_nothing_behind(house: ApiHouse, api: httpx.AsyncClient) -> None:
    await api.post("/check", json={"goal": "consultant-voluntary", "facts": ENOUGH})

    assert await house.store.chats() == []

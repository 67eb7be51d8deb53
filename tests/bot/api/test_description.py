"""The OpenAPI document is complete, and its page can be read without scripts."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from bot.api import answered, asked
from bot.app import load_sources
from tests.bot.api.house import LISTED, ApiHouse

COMPANY = {"goal": "consultant-voluntary", "facts": {"degree_staff": 4, "trained_auditors": 3}}


@pytest.fixture
async def document(api: httpx.AsyncClient) -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = (await api.get("/openapi.json")).json()
    return found


async def test_every_address_is_described_with_its_errors(document: dict[str, Any]) -> None:
    operations = [one for path in document["paths"].values() for one in path.values()]

    assert len(operations) == 12
    for operation in operations:
        assert operation["description"]
        assert {"200", "401", "403", "404", "422", "429", "500", "503"} <= set(operation["responses"])
        assert ("413" in operation["responses"]) == ("requestBody" in operation)
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description") or parameter["schema"].get("description"), parameter["name"]


async def test_every_key_that_may_be_asked_is_described(document: dict[str, Any]) -> None:
    models = document["components"]["schemas"]
    for name in ("TextMessage", "CheckAsked", "DeadlinesAsked", "DoneAsked", "DroppedFile"):
        assert models[name]["additionalProperties"] is False
        for key, schema in models[name]["properties"].items():
            assert "description" in schema, f"{name}.{key}"


async def test_goals_and_facts_are_those_of_the_rulebook(document: dict[str, Any]) -> None:
    book = load_sources().rulebook
    models = document["components"]["schemas"]
    facts = next(
        part for part in models["CheckAsked"]["properties"]["facts"]["anyOf"] if part["type"] == "object"
    )

    assert models["CheckAsked"]["properties"]["goal"]["enum"] == list(book.goals)
    assert set(facts["properties"]) == set(book.facts)
    assert all(fact["description"] for fact in facts["properties"].values())


def _undocumented(model: Any, value: Any) -> list[str]:
    """Keys of an answer that its model does not know."""
    return sorted(set(value) - set(model.model_fields))


async def test_every_key_of_every_answer_is_documented(api: httpx.AsyncClient) -> None:
    check = (await api.post("/check", json=COMPANY)).json()
    dates = (await api.post("/deadlines", json={"events": {"list_published": "2026-01-31"}})).json()
    reply = (await api.post("/converse", json={"chat": "c", "text": LISTED})).json()
    judged = (await api.post("/converse", json={"chat": "c", "tap": "goal:consultant-voluntary"})).json()
    page = (await api.get("/provisions?limit=1")).json()
    one = (await api.get("/provisions/sz-rules-2018-draft/art_10__self")).json()
    found = (await api.get("/search?q=x审核")).json()
    companies = (await api.get("/companies")).json()
    pairs = (
        (answered.CheckAnswer, check),
        (answered.RequirementAnswer, check["requirements"][0]),
        (answered.Rulebook, check["rulebook"]),
        (answered.ScheduleAnswer, dates),
        (answered.DeadlineAnswer, dates["deadlines"][0]),
        (answered.ReminderDayAnswer, dates["deadlines"][0]["reminders"][0]),
        (answered.ReplyAnswer, reply),
        (answered.CitationAnswer, reply["citations"][0]),
        (answered.ButtonAnswer, reply["buttons"][0]),
        (answered.SaidCheck, judged["check"]),
        (answered.SaidRequirement, judged["check"]["requirements"][0]),
        (answered.ProvisionPage, page),
        (answered.ProvisionLine, page["provisions"][0]),
        (answered.ProvisionAnswer, one),
        (answered.HitAnswer, found["hits"][0]),
        (answered.CompanyAnswer, companies["companies"][0]),
        (answered.ReminderStateAnswer, companies["companies"][0]["reminders"]),
    )
    for model, value in pairs:
        assert _undocumented(model, value) == [], model.__name__
        assert set(value) >= set(model.model_fields), model.__name__
        model.model_validate(value)


async def test_the_examples_are_right_requests(document: dict[str, Any], api: httpx.AsyncClient) -> None:
    models = document["components"]["schemas"]
    for path, name in (
        ("/check", "CheckAsked"),
        ("/deadlines", "DeadlinesAsked"),
        ("/converse", "TextMessage"),
    ):
        fields = models[name]["properties"]
        body = {key: schema["examples"][0] for key, schema in fields.items() if "examples" in schema}
        assert body
        getattr(asked, name).model_validate(body)
        assert (await api.post(path, json=body)).status_code == 200


async def test_the_page_names_every_address_and_runs_nothing(
    house: ApiHouse, document: dict[str, Any]
) -> None:
    async with house.caller(None) as client:
        answer = await client.get("/docs")

    assert "<script" not in answer.text
    for path in document["paths"]:
        assert f"/api/v1{path}" in answer.text
    for name in document["components"]["schemas"]:
        assert f'id="{name}"' in answer.text
    targets = set(re.findall(r'href="#(\w+)"', answer.text))
    assert targets
    assert all(f'id="{target}"' in answer.text for target in targets)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy

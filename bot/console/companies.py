"""Companies that contacts speak for. What is noted of one is shown on request only, and the log keeps it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial

from starlette.responses import Response

from bot.channels.web.problems import RefusedError
from bot.console.deliveries import shown_chat
from bot.console.desk import Visit
from bot.lists.names import normal
from storage.records import Company, Contact, Deadline, Fact
from storage.store import Store

PAGE = 100  # companies shown at once
_READ = 500
_MOST_READS = 40  # pages of the store looked through for one request


@dataclass(frozen=True, slots=True)
class Noted:
    """What is kept about a company."""

    company: Company
    facts: tuple[Fact, ...]
    deadlines: tuple[Deadline, ...]


async def browse(visit: Visit) -> Response:
    """Companies by name or credit code."""
    wanted = visit.asked("q")
    found, after = await _search(visit.desk.store, wanted, visit.asked("after"))
    return visit.page("companies", companies=found, wanted=wanted, after=after)


async def show(visit: Visit) -> Response:
    """A company's contacts and what it is called; no fact of its own."""
    contacts = await _contacts(visit)
    noted = await _noted(visit, contacts[0])
    return visit.page(
        "company",
        contacts=contacts,
        title=noted.company.name,
        noted=None,
        company_id=_id(visit),
        shown=shown_chat,
    )


async def read(visit: Visit) -> Response:
    """What is noted of a company. Reading it is logged before it is shown."""
    contacts = await _contacts(visit)
    await visit.note("company.read", f"company {_id(visit)}", visit.given("why"))
    noted = await _noted(visit, contacts[0])
    return visit.page(
        "company",
        contacts=contacts,
        title=noted.company.name,
        noted=noted,
        company_id=_id(visit),
        shown=shown_chat,
        known=visit.desk.sources.rulebook.facts,
        told=partial(_told, visit),
    )


async def _noted(visit: Visit, contact: Contact) -> Noted:
    async with visit.desk.store.talk(contact.chat, at=visit.desk.clock()) as talk:
        company = talk.companies.get(_id(visit))
        facts = [fact for fact in talk.facts.values() if fact.company_id == _id(visit)]
        dates = [item for item in talk.deadlines.values() if item.company_id == _id(visit)]
    if company is None:
        raise RefusedError(404, "not_found")
    return Noted(company, tuple(facts), tuple(sorted(dates, key=lambda item: item.due)))


def _told(visit: Visit, fact: Fact) -> str:
    """A fact's value in the reader's words where it has any, else as it is kept."""
    definition = visit.desk.sources.rulebook.facts.get(fact.name)
    if isinstance(fact.value, bool):
        return visit.say.say("value.yes" if fact.value else "value.no")
    if definition is not None and isinstance(fact.value, str) and fact.value in definition.choices:
        return visit.say.words(definition.choices[fact.value])
    return fact.value if isinstance(fact.value, str) else json.dumps(fact.value, ensure_ascii=False)


async def _search(store: Store, wanted: str, after: str) -> tuple[list[Company], str]:
    """Named companies that the words are part of, and the id to go on after; "" at the end."""
    found: list[Company] = []
    for _ in range(_MOST_READS):
        page = await store.companies(after, _READ)
        for company in page:
            after = company.id
            if _matches(company, wanted):
                found.append(company)
                if len(found) == PAGE:
                    return found, after
        if len(page) < _READ:
            return found, ""
    return found, after


def _matches(company: Company, wanted: str) -> bool:
    if not company.name and not company.credit_code:
        return False
    return normal(wanted) in normal(company.name) or wanted.upper() in company.credit_code


async def _contacts(visit: Visit) -> list[Contact]:
    """Who speaks for the company; one that nobody speaks for is not there."""
    contacts = await visit.desk.store.contacts(_id(visit))
    if not contacts:
        raise RefusedError(404, "not_found")
    return contacts


def _id(visit: Visit) -> str:
    return str(visit.request.path_params["company_id"])

"""The operators' console over a real store, real law and rules, and a browser without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from fastapi import FastAPI

from bot.channels.web.assets import assets
from bot.console.application import create_console
from bot.console.desk import Desk
from bot.console.gate import Gate
from bot.console.uploads import Uploads
from bot.turn import Sources
from knowledge.library import Library
from rules_engine.loader import load
from storage.opening import open_store
from storage.records import (
    Company,
    Deadline,
    Delivery,
    Fact,
    Feedback,
    Membership,
    NewDelivery,
    Subscription,
)
from storage.store import Settlement, Store

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PASSWORD = "a long word for operators"
SITE = "http://xize.test"
ROOT = "/console"

_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')


@cache
def law_and_rules() -> Sources:
    """What ships with the product, read once."""
    return Sources(Library.load(), load())


class ConsoleHouse:
    """The console, its store and its clock. The store is opened by ``open``."""

    def __init__(
        self, directory: Path, store: Store | None = None, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.now = NOW
        tell = clock or (lambda: self.now)
        self.store = store or open_store("sqlite:///:memory:")
        self.desk = Desk(
            store=self.store,
            sources=law_and_rules(),
            gate=Gate(self.store, PASSWORD, tell),
            uploads=Uploads(directory / "console", tell),
            library=directory / "library",
            clock=tell,
            zone=ZoneInfo("Asia/Shanghai"),
        )
        self.serving = create_console(self.desk)
        self.app = FastAPI(openapi_url=None)
        self.app.add_api_route("/static/{version}/{name}", assets().serve, methods=["GET"])
        self.app.mount(ROOT, self.serving)

    def visitor(self, address: str = "203.0.113.7", **headers: str) -> Visitor:
        """Somebody with a browser of their own."""
        return Visitor(self, address, headers)

    async def operator(self) -> Visitor:
        """Somebody who has logged in."""
        visitor = self.visitor()
        answer = await visitor.post("/login", {"password": PASSWORD}, of="/login")
        assert answer.status_code == 303, answer.text
        return visitor

    async def audited(self) -> list[str]:
        """What the audit log holds, the oldest first."""
        return [entry.action for entry in reversed(await self.store.audit_log())]


class Visitor:
    """A browser that keeps cookies, finds the token on a page and posts forms."""

    def __init__(self, house: ConsoleHouse, address: str, headers: dict[str, str]) -> None:
        transport = httpx.ASGITransport(app=house.app, raise_app_exceptions=False, client=(address, 1234))
        own = {"Origin": SITE, "Accept-Language": "en", **headers}
        self.client = httpx.AsyncClient(transport=transport, base_url=SITE, headers=own)

    async def get(self, path: str) -> httpx.Response:
        """A page."""
        return await self.client.get(f"{ROOT}{path}")

    async def token(self, path: str) -> str:
        """The token that a page's forms carry."""
        found = _TOKEN.search((await self.get(path)).text)
        assert found is not None, f"no form on {path}"
        return found[1]

    async def post(
        self,
        path: str,
        fields: dict[str, str] | None = None,
        *,
        of: str | None = None,
        file: tuple[str, bytes] | None = None,
    ) -> httpx.Response:
        """Send a form that stands on the page ``of`` (the address itself where left out)."""
        token = await self.token(of or path)
        files = {"file": (*file, "application/octet-stream")} if file else None
        return await self.client.post(f"{ROOT}{path}", data={"token": token, **(fields or {})}, files=files)


async def company_with_reminder(store: Store, name: str = "深圳市某某电镀有限公司") -> Delivery:
    """A company with a contact in the web chat, a fact, a deadline and a reminder that is due."""
    async with store.talk("web:0123456789abcdef0123456789abcdef", at=NOW) as talk:
        talk.companies["c1"] = Company("c1", name, "91440300MA5EQ1FU7X")
        talk.contact = replace(talk.contact, company_id="c1")
        me = talk.contact.id
        talk.members[me, "c1"] = Membership(me, "c1")
        talk.facts["c1", "trained_auditors"] = Fact("c1", "trained_auditors", 3, "3 个审核师", NOW, me)
        talk.deadlines["d1"] = Deadline(
            "d1",
            "c1",
            "register",
            "平台注册、公布信息",
            "list_published",
            date(2026, 11, 20),
            date(2026, 12, 20),
        )
        talk.subscriptions["s1"] = Subscription("s1", me, "c1")
    await store.enqueue(
        [
            NewDelivery(
                "d1:lead:30", "web:0123456789abcdef0123456789abcdef", "lead", NOW - timedelta(minutes=5), {},
                contact_id=me, company_id="c1", deadline_id="d1", revision=1, lead=30,
            )
        ]
    )  # fmt: skip
    return (await store.journal(limit=1))[0][0]


async def lose_the_answer(store: Store, *, text: str = "还有 27 天：平台注册") -> Delivery:
    """Send what is due, and never hear whether it arrived."""
    [claimed] = await store.claim("test", now=NOW, lease=timedelta(minutes=1), limit=1)
    assert await store.begin(claimed, now=NOW)
    await store.settle(claimed, Settlement("uncertain", NOW, "no answer", text=text))
    found = await store.delivery(claimed.id)
    assert found is not None
    return found


async def ask_in_vain(store: Store, text: str = "审核师证几年一换", number: int = 1) -> str:
    """A question that was not answered; its id."""
    async with store.talk("web:0123456789abcdef0123456789abcdef", at=NOW) as talk:
        question = Feedback(f"q{number}", talk.contact.id, text, "unanswered", NOW)
        talk.feedback.append(question)
    return question.id

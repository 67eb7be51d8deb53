"""Companies, reminders and news of the calling key's own chats."""

from __future__ import annotations

from functools import partial

import httpx

from bot.api.sender import ApiSender
from bot.channels.web.notifier import Notifier
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.notices import Composer
from bot.reminders.planner import Planner
from bot.skills.describing import describe
from tests.bot.api.house import LISTED, ApiHouse


async def tell(api: httpx.AsyncClient, *texts: str, chat: str = "c") -> None:
    """Say something in a chat."""
    for text in texts:
        assert (await api.post("/converse", json={"chat": chat, "text": text})).status_code == 200


async def test_companies_of_a_chat_with_what_is_noted_of_each(api: httpx.AsyncClient) -> None:
    await tell(api, "公司叫甲厂", "我们有5个审核师", "换成乙厂", LISTED)
    rows = (await api.get("/companies?chat=c")).json()["companies"]

    assert {row["name"]: row["in_play"] for row in rows} == {"甲厂": False, "乙厂": True}
    assert {row["name"]: set(row["facts"]) for row in rows} == {
        "甲厂": {"trained_auditors"},
        "乙厂": {"list_published", "audit_kind"},
    }


async def test_a_company_is_put_in_play_by_its_id(api: httpx.AsyncClient) -> None:
    await tell(api, "公司叫甲厂", "换成乙厂")
    rows = (await api.get("/companies?chat=c")).json()["companies"]
    other = next(row["id"] for row in rows if not row["in_play"])
    await api.post("/converse", json={"chat": "c", "tap": f"company:{other}"})

    rows = (await api.get("/companies?chat=c")).json()["companies"]
    assert [row["id"] for row in rows if row["in_play"]] == [other]


async def test_all_chats_come_page_by_page(api: httpx.AsyncClient) -> None:
    for number in range(5):
        await tell(api, f"公司叫甲{number}厂", chat=f"chat-{number}")
    seen: list[str] = []
    after: str | None = None
    while True:
        page = (
            await api.get("/companies", params={"limit": 2, **({"after": after} if after else {})})
        ).json()
        seen += [row["chat"] for row in page["companies"]]
        after = page["next"]
        if after is None:
            break

    assert seen == [f"chat-{number}" for number in range(5)]


async def test_looking_makes_nothing(house: ApiHouse, api: httpx.AsyncClient) -> None:
    for path in ("/companies?chat=new", "/reminders?chat=new", "/reminders/news?chat=new"):
        assert (await api.get(path)).status_code == 200

    assert await house.store.chats() == []


async def test_reminders_are_wanted_listed_done_and_ended(api: httpx.AsyncClient) -> None:
    await tell(api, LISTED)
    wanted = (await api.post("/reminders/subscribe", json={"chat": "c"})).json()
    listed = (await api.get("/reminders?chat=c")).json()
    done = (await api.post("/reminders/done", json={"chat": "c", "deadline": "register"})).json()
    ended = (await api.post("/reminders/unsubscribe", json={"chat": "c", "lang": "en"})).json()

    assert wanted["intent"] == "subscribe"
    assert wanted["reminders"]["active"] == ["register", "start_audit", "report"]
    assert listed["reminders"] == wanted["reminders"]
    assert [row["due"] for row in listed["deadlines"]] == ["2026-12-20", "2027-01-20", "2027-11-20"]
    assert done["reminders"]["active"] == ["start_audit", "report"]
    assert done["reminders"]["done"] == ["register"]
    assert ended["reminders"]["active"] == []


async def test_without_dates_subscribing_asks_for_them(api: httpx.AsyncClient) -> None:
    answer = (await api.post("/reminders/subscribe", json={"chat": "c"})).json()

    assert answer["reminders"]["active"] == []
    assert answer["asks"]


async def test_a_deadline_that_does_not_exist_is_not_done(api: httpx.AsyncClient) -> None:
    await tell(api, LISTED)
    await api.post("/reminders/subscribe", json={"chat": "c"})
    answer = (await api.post("/reminders/done", json={"chat": "c", "deadline": "nothing"})).json()

    assert answer["reminders"]["done"] == []
    assert len(answer["reminders"]["active"]) == 3


async def test_a_reminder_comes_as_news_once_and_its_button_settles_it(
    house: ApiHouse, api: httpx.AsyncClient
) -> None:
    await tell(api, LISTED)
    await api.post("/reminders/subscribe", json={"chat": "c"})
    assert (await api.get("/reminders/news?chat=c")).json() == {"lines": [], "more": False}

    house.passes(days=13)  # two weeks before the first deadline
    sources = house.house.sources
    await Planner(house.store, leads=sources.leads).run(house.now)
    sender = ApiSender(house.store, Notifier(), clock=lambda: house.now)
    dispatcher = Dispatcher(house.store, [sender], Composer(partial(describe, sources)), owner="test")
    await dispatcher.drain(lambda: house.now)
    news = (await api.get("/reminders/news?chat=c")).json()

    (line,) = news["lines"]
    assert "2026年12月20日" in line["text"]
    done = next(button["tap"] for button in line["buttons"] if button["tap"].startswith("done:"))
    assert (await api.post("/converse", json={"chat": "c", "tap": done})).json()["reminders"]["done"] == [
        "register"
    ]
    assert (await api.get(f"/reminders/news?chat=c&after={line['n']}")).json()["lines"] == []
    async with house.caller("other") as theirs:
        assert (await theirs.get("/reminders/news?chat=c")).json()["lines"] == []

"""Uncertain deliveries are decided within the promises; what was said in talks stays there."""

from __future__ import annotations

import pytest

from bot.console.deliveries import shown_chat
from storage.records import Delivery, NewDelivery
from tests.bot.console.house import NOW, ConsoleHouse, Visitor, company_with_reminder, lose_the_answer


@pytest.fixture
async def lost(house: ConsoleHouse) -> Delivery:
    await company_with_reminder(house.store)
    return await lose_the_answer(house.store)


async def decide(operator: Visitor, lost: Delivery, deed: str) -> str:
    answer = await operator.post(f"/deliveries/{lost.id}", {"deed": deed}, of="/lists")
    return answer.headers["location"]


async def states(house: ConsoleHouse) -> list[tuple[str, str]]:
    return [(delivery.state, delivery.reason) for delivery, _ in await house.store.journal()]


async def test_a_delivery_is_shown_with_its_attempts_and_the_reading_is_logged(
    house: ConsoleHouse, operator: Visitor, lost: Delivery
) -> None:
    page = (await operator.get(f"/deliveries/{lost.id}")).text
    assert "还有 27 天：平台注册" in page
    assert "no answer" in page
    assert "Send once more" in page
    assert "delivery.read" in await house.audited()


async def test_what_is_known_to_have_arrived_is_recorded_so(
    house: ConsoleHouse, operator: Visitor, lost: Delivery
) -> None:
    assert "said=arrived" in await decide(operator, lost, "arrived")
    assert await states(house) == [("sent", "proved")]
    assert (await house.audited())[-1] == "delivery.arrived"


async def test_closing_keeps_the_record_and_sends_nothing(
    house: ConsoleHouse, operator: Visitor, lost: Delivery
) -> None:
    await decide(operator, lost, "closed")
    assert await states(house) == [("closed", "held")]


async def test_a_repeat_is_marked_and_there_is_one_alone(
    house: ConsoleHouse, operator: Visitor, lost: Delivery
) -> None:
    assert "said=repeated" in await decide(operator, lost, "repeated")
    assert "said=too_late" in await decide(operator, lost, "repeated")
    (first, _), (second, _) = await house.store.journal()
    assert (first.state, first.reason) == ("closed", "repeated")
    assert second.repeat_of == lost.id
    assert (await house.audited()).count("delivery.repeated") == 1


async def test_what_was_held_can_be_repeated_later(
    house: ConsoleHouse, operator: Visitor, lost: Delivery
) -> None:
    await decide(operator, lost, "closed")
    assert "said=repeated" in await decide(operator, lost, "repeated")
    assert "said=too_late" in await decide(operator, lost, "repeated")
    assert len(await house.store.journal()) == 2


async def test_the_dispatchers_own_repeat_is_not_doubled(
    house: ConsoleHouse, operator: Visitor, lost: Delivery
) -> None:
    await house.store.decide(lost, "closed", "repeated")
    assert "said=too_late" in await decide(operator, lost, "repeated")
    assert len(await house.store.journal()) == 1


@pytest.mark.parametrize("deed", ["", "sent", "arrived"])
async def test_nothing_else_is_done_to_what_waits(house: ConsoleHouse, operator: Visitor, deed: str) -> None:
    waiting = await company_with_reminder(house.store)
    assert "said=too_late" in await decide(operator, waiting, deed)
    assert await states(house) == [("pending", "")]


async def test_a_reply_of_a_talk_is_not_shown(house: ConsoleHouse, operator: Visitor) -> None:
    payload = {"blocks": [{"text": "只给您看"}]}
    await house.store.enqueue([NewDelivery("r", "web:1", "reply", NOW, payload)])
    page = (await operator.get("/deliveries/1")).text
    assert "只给您看" not in page
    assert "delivery.read" not in await house.audited()


@pytest.mark.parametrize("number", ["0", "999", str(2**70)])
async def test_a_delivery_that_is_not_there_is_not_found(operator: Visitor, number: str) -> None:
    assert (await operator.get(f"/deliveries/{number}")).status_code == 404


async def test_the_list_and_the_delivery_name_the_company(
    house: ConsoleHouse, operator: Visitor, lost: Delivery
) -> None:
    for address in ("/deliveries", f"/deliveries/{lost.id}"):
        assert "深圳市某某电镀有限公司" in (await operator.get(address)).text


async def test_the_list_can_be_cut_by_state(house: ConsoleHouse, operator: Visitor, lost: Delivery) -> None:
    for state, there in (("uncertain", True), ("", True), ("sent", False), ("nonsense", True)):
        page = (await operator.get(f"/deliveries?state={state}")).text
        assert (f'href="/console/deliveries/{lost.id}"' in page) is there
    assert lost.chat not in (await operator.get("/deliveries")).text


async def test_the_journal_is_a_file_that_spreadsheets_read_and_its_export_is_logged(
    house: ConsoleHouse, operator: Visitor, lost: Delivery
) -> None:
    answer = await operator.post("/journal", {"company": "c1"}, of="/deliveries")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.content.startswith("\ufeff".encode())
    assert "深圳市某某电镀有限公司" in answer.content.decode("utf-8-sig")
    assert (await house.audited())[-1] == "journal.exported"
    other = await operator.post("/journal", {"company": "c2"}, of="/deliveries")
    assert len(other.content.decode("utf-8-sig").splitlines()) == 1


def test_a_web_chats_whole_id_is_never_shown() -> None:
    assert shown_chat("web:0123456789abcdef") == "web:01234567…"
    assert shown_chat("telegram:12345") == "telegram:12345"

"""Reminder settings in chat: shown, changed by tap and by words, acted upon."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import load_reader
from bot.messages import TAP_LIMIT, Incoming, Reply
from bot.rendering import render
from bot.routing import COMMANDS, TAPS
from bot.skills import settings
from tests.bot.talks import LISTED, Desk, text_of
from tests.bot.whole_house import WholeHouse, open_whole_house

CHAT = "web:a"


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WholeHouse]:
    """A house in which somebody is reminded of three deadlines."""
    monkeypatch.setitem(TAPS, "settings", settings.answer)  # type: ignore[arg-type]
    monkeypatch.setitem(COMMANDS, "settings", settings.answer)  # type: ignore[arg-type]
    async with open_whole_house() as house:
        await house.says(CHAT, "我们上了强制审核名单，2026年11月20日发布的")
        await house.says(CHAT, "到期前提醒我")
        yield house


async def tap(house: WholeHouse, what: str) -> str:
    """Press a button; the reply as plain text."""
    return render(await house.says(CHAT, tap=f"settings:{what}" if what else "settings"), "plain.txt")


async def waiting(house: WholeHouse) -> list[str]:
    """When the next reminders come: days before and local hour."""
    await house.reminders.once()
    rows = [row for row, _ in await house.store.journal() if row.state == "pending" and row.kind == "lead"]
    hours = {f"{row.due_at.hour + 8:02}:{row.due_at.minute:02}" for row in rows}
    return [*sorted({str(row.lead) for row in rows}), *sorted(hours)]


async def test_what_holds_is_shown_with_a_button_for_each(house: WholeHouse) -> None:
    reply = await house.says(CHAT, tap="settings")
    text = render(reply, "plain.txt")
    for part in ("30、14、7、3、1 天和当天", "09:00", "免打扰：没有设", "休息日也提醒", "Asia/Shanghai"):
        assert part in text
    verbs = {button.tap for button in reply.buttons}
    assert {"settings:leads", "settings:hour", "settings:quiet", "settings:days", "settings:zone"} <= verbs


@pytest.mark.parametrize("what", ["leads", "hour", "quiet", "days", "zone", "pause", "resume"])
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
async def test_every_offered_value_can_be_pressed(house: WholeHouse, what: str, language: str) -> None:
    async def press(pressed: str) -> Reply:
        incoming = Incoming(CHAT, house.now, tap=pressed, language=language)  # type: ignore[arg-type]
        return await house.assistant.respond(incoming)

    offered = await press(f"settings:{what}")
    assert offered.buttons
    for button in offered.buttons:
        assert len(button.tap.encode()) <= TAP_LIMIT
        text = render(await press(button.tap), "plain.txt")
        assert "{" not in text
        assert "没法用" not in text
        assert "cannot be used" not in text


async def test_days_before_are_changed_and_planned(house: WholeHouse) -> None:
    assert "7、1 天" in await tap(house, "leads:7-1")
    assert await waiting(house) == ["1", "7", "09:00"]
    assert "30、14、7、3、1 天和当天" in await tap(house, "leads:usual")


async def test_days_before_of_one_deadline_only(house: WholeHouse) -> None:
    text = await tap(house, "leads:2:register")
    assert "2 天" in text
    assert "提前：30、14、7、3、1 天和当天" in text
    rows = [row for row, _ in await house.store.journal() if row.state == "pending" and row.kind == "lead"]
    async with house.store.talk(CHAT, at=house.now) as talk:
        leads = {row.lead for row in rows if talk.deadlines[row.deadline_id or ""].key == "register"}
    assert leads == {2}


async def test_the_hour_moves_what_waits(house: WholeHouse) -> None:
    assert "17:00" in await tap(house, "hour:17")
    assert "17:00" in await waiting(house)


async def test_quiet_hours_are_kept_and_taken_back(house: WholeHouse) -> None:
    assert "08:00–10:00 不打扰" in await tap(house, "quiet:8-10")
    assert (await waiting(house))[-1] == "10:00"
    await tap(house, "quiet:off")
    assert (await waiting(house))[-1] == "09:00"


async def test_working_days_and_zone_are_kept(house: WholeHouse) -> None:
    await tap(house, "days:work")
    await tap(house, "zone:Asia/Tokyo")
    async with house.store.talk(CHAT, at=house.now) as talk:
        assert (talk.contact.working_days_only, talk.contact.timezone) == (True, "Asia/Tokyo")
    assert (await waiting(house))[-1] == "08:00"


async def test_a_pause_is_silent_and_ends_with_one_message(house: WholeHouse) -> None:
    before = len(await house.page(CHAT))
    assert "已暂停" in await tap(house, "pause:yes")
    await house.passes(days=21)
    quiet = await house.page(CHAT)
    assert not [text for text in quiet[before:] if "截止" in text]
    await tap(house, "resume:yes")
    await house.passes(hours=4)
    after = (await house.page(CHAT))[len(quiet) :]
    assert len([text for text in after if "截止" in text or "件事要办" in text]) == 1


@pytest.mark.parametrize(
    "what",
    ["hour:25", "hour:x", "quiet:1-", "days:never", "zone:Mars/Base", "zone:../etc", "leads:-1", "leads:999",
     "leads:7:nothing", "leads:²"],
)  # fmt: skip
async def test_a_value_that_is_none_changes_nothing(house: WholeHouse, what: str) -> None:
    before = await waiting(house)
    assert "没法用" in await tap(house, what)
    assert await waiting(house) == before


async def test_days_said_in_words_are_taken(house: WholeHouse) -> None:
    from dataclasses import replace

    from bot.session import Session
    from bot.turn import Turn
    from bot.understanding.model import ReadingContext

    read = load_reader().read("设置成提前10天和3天提醒", ReadingContext(house.now))
    async with house.store.talk(CHAT, at=house.now) as talk:
        incoming = Incoming(CHAT, house.now, text="x")
        said = replace(read, leads=(10, 3))
        turn = Turn(incoming, talk, Session.load({}), said, house.sources, "zh-Hans", lambda: "n")
        settings.answer(turn)
    assert await waiting(house) == ["10", "3", "09:00"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("周末别提醒我", "只在工作日"),
        ("每天下午三点提醒", "15:00"),
        ("早上8点半提醒我", "08:30"),
        ("先暂停提醒", "已暂停"),
        ("remind me at 7", "07:00"),
    ],
)
async def test_words_change_a_setting_and_end_nothing(desk: Desk, words: str, shown: str) -> None:
    await desk.says(LISTED)
    await desk.says("到期前提醒我")
    reply = await desk.says(words, lang="zh-Hans")

    assert shown in text_of(reply)
    assert reply.reminders.active == ("register", "start_audit", "report")


@pytest.mark.parametrize(
    ("behind", "shown"),
    [
        ("早上8点", "每天 08:00"),
        ("下午三点", "每天 15:00"),
        ("提前5天", "提前：5 天"),
        ("周末别提醒", "只在工作日提醒"),
    ],
)
async def test_the_value_may_follow_the_command(house: WholeHouse, behind: str, shown: str) -> None:
    assert shown in render(await house.says(CHAT, f"/settings {behind}"), "plain.txt")


@pytest.mark.parametrize("behind", ["25点", "火星"])
async def test_what_is_no_value_leaves_the_settings(house: WholeHouse, behind: str) -> None:
    said = render(await house.says(CHAT, f"/settings {behind}"), "plain.txt")
    assert "每天 09:00" in said
    assert "30、14、7、3、1 天和当天" in said


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("免打扰时间改成晚上9点到早上7点半", "21:00–07:30"),
        ("免打扰改成22:30到8点", "22:30–08:00"),
        ("免打擾時間改成晚上十點到早上八點", "22:00–08:00"),
        ("晚上12点到早上6点别发提醒", "00:00–06:00"),
    ],
)
async def test_quiet_hours_in_words_are_a_setting_and_no_company(desk: Desk, words: str, shown: str) -> None:
    reply = await desk.says(words)

    assert shown in text_of(reply)
    assert reply.companies == ()


@pytest.mark.parametrize(
    ("said", "hours"),
    [("晚上9点以后别发", "21:00–08:00"), ("早上7点半以前别发", "22:00–07:30")],
)
async def test_quiet_hours_with_one_end_said(house: WholeHouse, said: str, hours: str) -> None:
    assert hours in render(await house.says(CHAT, said), "plain.txt")


async def test_the_settings_are_shown_to_who_asks_how_they_are_set(house: WholeHouse) -> None:
    await house.says(CHAT, "到期前提醒我")
    assert "每天 09:00" in render(await house.says(CHAT, "现在是怎么设的？"), "plain.txt")


async def test_an_hour_said_with_the_wish_is_both(house: WholeHouse) -> None:
    said = render(await house.says(CHAT, "提醒我，早上八点半发"), "plain.txt")
    assert "08:30" in said
    assert "没有开" not in said

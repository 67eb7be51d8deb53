"""Links into the talk: clauses, checks, and a colleague's invitation that works once and for a week."""

from __future__ import annotations

import re

import pytest

from bot.messages import Incoming, Reply
from bot.skills.inviting import payload_of, reference
from tests.bot.talks import LISTED, Desk, headline, text_of, turn

NAMED = "我们是深圳市明德电镀有限公司"
LINK = "https://t.me/XizeTestBot?start={payload}"


async def _invitation(desk: Desk, chat: str = "telegram:1") -> str:
    """A company with dates, and the payload of an invitation to it."""
    await desk.says(NAMED, chat=chat)
    await desk.says(LISTED, chat=chat)
    reply = await desk.assistant.respond(Incoming(chat, desk.now, tap="invite", link=LINK))
    found = re.search(r"https://t\.me/XizeTestBot\?start=(join_[0-9a-f]+)", text_of(reply))
    assert found is not None
    return found[1]


async def _opens(desk: Desk, payload: str, chat: str, **more: object) -> Reply:
    return await desk.assistant.respond(
        Incoming(chat, desk.now, text=f"/start {payload}", **more)  # type: ignore[arg-type]
    )


async def test_an_article_by_link(desk: Desk) -> None:
    reply = await _opens(desk, "art_21", "telegram:1")
    assert "第二十一条" in text_of(reply)
    assert reply.understood == {}


@pytest.mark.parametrize(
    ("payload", "ref"),
    [
        ("art_10__consultant__item_3", "sz-rules-2018-draft#art_10__consultant__item_3"),
        ("audit-measures-2016_art_16", "audit-measures-2016#art_16"),
        ("promotion-law", "promotion-law"),
        ("art_99", None),
        ("nonsense", None),
        ("_", None),
    ],
)
def test_addresses_in_links(payload: str, ref: str | None) -> None:
    assert reference(turn(), payload) == ref


def test_every_address_of_the_default_instrument_fits_into_a_link() -> None:
    library = turn().sources.library
    addresses = [one.address for one in library.instrument(library.default).provisions.values()]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{0,64}", address) for address in addresses)


async def test_a_goal_by_link(desk: Desk) -> None:
    reply = await _opens(desk, "consultant-voluntary", "telegram:1")
    assert reply.check is not None
    assert reply.check.goal == "consultant-voluntary"


@pytest.mark.parametrize("payload", ["", "help", "whatever_this_is", "10", "4"])
async def test_any_other_start_greets_and_tells_nothing(desk: Desk, payload: str) -> None:
    await desk.says("咨询机构够不够", chat="telegram:1")
    reply = await _opens(desk, payload, "telegram:1")
    assert reply.intent == "help"
    assert reply.understood == {}


def test_only_a_start_with_one_word_is_a_link() -> None:
    assert payload_of("/start art_10") == "art_10"
    assert [payload_of(text) for text in (None, "", "/start", "/start a b", "start art_10")] == [""] * 5


async def test_a_colleague_joins_and_sees_the_company(desk: Desk) -> None:
    payload = await _invitation(desk)
    reply = await _opens(desk, payload, "telegram:2")
    assert headline(reply) == "您已加入深圳市明德电镀有限公司。"
    assert reply.company == "深圳市明德电镀有限公司"
    talk = await desk.talk("telegram:2")
    assert len(talk.deadlines) == 3
    assert len(talk.members) == 2


async def test_an_invitation_works_once(desk: Desk) -> None:
    payload = await _invitation(desk)
    await _opens(desk, payload, "telegram:2")
    reply = await _opens(desk, payload, "telegram:3")
    assert "过期或被用过" in headline(reply)
    assert not (await desk.talk("telegram:3")).companies


async def test_an_invitation_ends_after_a_week(desk: Desk) -> None:
    payload = await _invitation(desk)
    desk.passes(days=7, seconds=1)
    assert "过期或被用过" in headline(await _opens(desk, payload, "telegram:2"))


@pytest.mark.parametrize("payload", ["join_", "join_00", "join_zzzz", "join_' or 1=1"])
async def test_a_made_up_invitation_lets_nobody_in(desk: Desk, payload: str) -> None:
    await _invitation(desk)
    await _opens(desk, payload, "telegram:2")
    assert not (await desk.talk("telegram:2")).companies


async def test_the_same_update_twice_joins_once(desk: Desk) -> None:
    payload = await _invitation(desk)
    for _ in range(2):
        await _opens(desk, payload, "telegram:2")
    assert len((await desk.talk("telegram:2")).members) == 2


async def test_the_token_is_not_what_the_store_keeps(desk: Desk) -> None:
    payload = await _invitation(desk)
    assert await desk.store.join(payload.removeprefix("join_"), "telegram:2", at=desk.now) is None


async def test_in_a_group_only_an_administrator_lets_it_join(desk: Desk) -> None:
    payload = await _invitation(desk)
    reply = await _opens(desk, payload, "telegram:-5", may_manage=False)
    assert "只有群管理员" in headline(reply)
    assert headline(await _opens(desk, payload, "telegram:2")).startswith("您已加入")


async def test_without_a_link_the_command_is_told(desk: Desk) -> None:
    await desk.says(NAMED)
    assert "/start join_" in text_of(await desk.taps("invite"))


async def test_without_a_company_there_is_nothing_to_invite_to(desk: Desk) -> None:
    assert "还没有记下" in headline(await desk.taps("invite"))


async def test_the_company_card_offers_inviting_and_leaving(desk: Desk) -> None:
    await desk.says(NAMED)
    taps = [button.tap for button in (await desk.says("/company")).buttons]
    assert "invite" in taps
    assert any(tap.startswith("leave:") for tap in taps)


async def test_leaving_is_asked_once_more_and_leaves_the_colleague_in_place(desk: Desk) -> None:
    await _opens(desk, await _invitation(desk), "telegram:2")
    company = (await desk.talk("telegram:2")).contact.company_id
    sure = await desk.taps(f"leave:{company}", chat="telegram:2")
    assert "同事不受影响" in headline(sure)
    assert (await desk.talk("telegram:2")).companies
    left = await desk.taps(f"leave:{company}:yes", chat="telegram:2")
    assert headline(left) == "已退出深圳市明德电镀有限公司。"
    assert not (await desk.talk("telegram:2")).companies
    assert len((await desk.talk("telegram:1")).deadlines) == 3


async def test_the_last_one_is_told_what_leaving_deletes(desk: Desk) -> None:
    await desk.says(NAMED)
    company = (await desk.talk()).contact.company_id
    assert "最后一位" in headline(await desk.taps(f"leave:{company}"))


async def test_nobody_leaves_a_company_of_others(desk: Desk) -> None:
    await desk.says(NAMED, chat="telegram:1")
    company = (await desk.talk("telegram:1")).contact.company_id
    assert headline(await desk.taps(f"leave:{company}:yes", chat="telegram:9")) == "哪一家？"
    assert (await desk.talk("telegram:1")).companies


async def test_who_left_plays_another_company_next(desk: Desk) -> None:
    await desk.says(NAMED)
    first = (await desk.talk()).contact.company_id
    await desk.says("换成广州市天河电子有限公司")
    second = (await desk.talk()).contact.company_id
    assert first != second
    await desk.taps(f"leave:{second}:yes")
    assert (await desk.talk()).contact.company_id == first

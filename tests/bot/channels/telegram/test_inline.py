"""Inline mode: ranked clauses for any chat, page by page, within Telegram's limits."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import load_sources
from bot.channels.telegram.building import build_telegram
from bot.channels.telegram.inline import CACHED, PAGE, Inline, page
from bot.channels.telegram.splitting import LIMIT, plain, units
from bot.messages import Language
from bot.turn import Sources
from tests.bot.channels.telegram.house import NOW
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_errors import network


def _titles(sources: Sources, query: str, language: Language = "zh-Hans") -> list[str]:
    return [one.title for one in page(sources, query, 0, language, NOW)[0]]


async def _answered(
    sources: Sources, query: str, offset: str = "", language: str = "zh-hans"
) -> FakeTelegram:
    world = FakeTelegram()
    bot = build_telegram(world.token, request=world.request, updates_request=world.request)
    inline = Inline(bot, lambda: sources, lambda: NOW)
    world.user(1, language=language).asks_inline(query, offset)
    inline.ask(world.waiting[-1]["inline_query"])
    await inline.close()
    return world


def test_a_clause_that_is_named_comes_first(sources: Sources) -> None:
    assert "第二十一条" in _titles(sources, "第二十一条")[0]
    assert "第十六条" in _titles(sources, "办法第十六条")[0]


def test_a_question_finds_its_topic_and_clauses(sources: Sources) -> None:
    first, *others = _titles(sources, "自行组织审核需要几名审核师？")
    assert "几" in first
    assert any("第十条" in title for title in others)


def test_words_alone_are_searched_for(sources: Sources) -> None:
    results, _ = page(sources, "物料平衡测试", 0, "zh-Hans", NOW)
    assert len(results) > 3
    assert any("物料平衡" in plain(one.input_message_content.message_text) for one in results[:3])


def test_nothing_typed_yet_gives_suggestions(sources: Sources) -> None:
    titles = _titles(sources, "  ")
    assert len(titles) >= 5
    assert any("第十条" in title for title in titles)


def test_each_result_stands_once(sources: Sources) -> None:
    for query in ("第十条", "审核师", "清洁生产审核", ""):
        ids = [one.id for one in page(sources, query, 0, "zh-Hans", NOW)[0]]
        assert len(ids) == len(set(ids))


def test_pages_follow_one_another_and_end(sources: Sources) -> None:
    seen: list[str] = []
    offset, more = 0, True
    while more:
        results, more = page(sources, "清洁生产审核", offset, "zh-Hans", NOW)
        assert len(results) <= PAGE <= 50
        seen += [one.id for one in results]
        offset += PAGE
    assert len(seen) == len(set(seen)) > PAGE
    assert page(sources, "清洁生产审核", 10_000, "zh-Hans", NOW) == ([], False)


def test_a_message_carries_standing_and_words(sources: Sources) -> None:
    message = page(sources, "第二十一条", 0, "zh-Hans", NOW)[0][0].input_message_content.message_text
    assert "拥有4名以上" in message
    assert "征求意见稿" in message


def test_an_english_telegram_gets_english(sources: Sources) -> None:
    assert "rticle" in _titles(sources, "article 21", "en")[0]


async def test_the_answer_is_personal_cached_for_a_while_and_leads_into_the_chat(sources: Sources) -> None:
    (answer,) = (await _answered(sources, "第十条")).inline_answers
    assert (answer["is_personal"], answer["cache_time"]) == ("true", str(CACHED))
    assert "help" in answer["button"]


async def test_the_next_page_is_asked_for_by_its_offset(sources: Sources) -> None:
    (first,) = (await _answered(sources, "清洁生产审核")).inline_answers
    (second,) = (await _answered(sources, "清洁生产审核", first["next_offset"])).inline_answers
    assert first["next_offset"] == str(PAGE)
    assert not {one["id"] for one in first["results"]} & {one["id"] for one in second["results"]}


@pytest.mark.parametrize("offset", ["x", "-5", "٣", "1e9"])
async def test_an_odd_offset_is_the_beginning(sources: Sources, offset: str) -> None:
    assert (await _answered(sources, "第十条", offset)).inline_answers[0]["results"]


async def test_a_query_too_old_or_a_lost_network_is_let_go(
    sources: Sources, caplog: pytest.LogCaptureFixture
) -> None:
    world = FakeTelegram()
    bot = build_telegram(world.token, request=world.request, updates_request=world.request)
    inline = Inline(bot, lambda: sources, lambda: NOW)
    world.faults.next("answerInlineQuery", network(httpx.ReadTimeout))
    for query in ({"id": "q", "query": "第十条", "from": {"id": 1}}, {"id": "gone", "query": "x"}):
        inline.ask(query)
    await inline.close()
    assert world.inline_answers == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_query_that_cannot_be_answered_harms_nobody(
    sources: Sources, caplog: pytest.LogCaptureFixture
) -> None:
    inline = Inline(None, lambda: sources, lambda: NOW)  # type: ignore[arg-type]
    inline.ask({"query": "第十条"})
    await inline.close()
    assert "an inline query failed" in caplog.text


@settings(max_examples=25, deadline=None)
@given(query=st.text(max_size=256) | st.sampled_from(["审核", "法典", "第一千二百二十一条", "3号文"]))
def test_whatever_is_typed_stays_within_the_limits(query: str) -> None:
    for language in ("zh-Hans", "en"):
        for one in page(load_sources(), query, 0, language, NOW)[0]:  # type: ignore[arg-type]
            assert 1 <= len(one.id.encode()) <= 64
            assert one.title.strip()
            assert 0 < units(plain(one.input_message_content.message_text)) <= LIMIT

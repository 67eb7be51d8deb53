"""What the law says, character for character, with its standing; the limit is said once a talk."""

from __future__ import annotations

from bot.messages import Intent
from bot.skills.clauses import clause_card
from tests.bot.talks import Desk, clauses, headline, standing, text_of, turn, verbs

CAPABILITY = "sz-rules-2018-draft#art_21"
SELF_ORGANISED = "自行组织审核需要几名审核师？"


async def test_an_answer_cites_and_quotes_what_it_rests_on(desk: Desk) -> None:
    reply = await desk.says(SELF_ORGANISED)

    assert reply.intent is Intent.LOOKUP
    assert "4" in headline(reply)
    cited = {item.ref for item in reply.citations}
    assert CAPABILITY in cited
    assert any("#art_10__self" in ref for ref in cited)
    assert {card.ref for card in clauses(reply)} <= cited


async def test_words_are_quoted_character_for_character(desk: Desk) -> None:
    for card in clauses(await desk.says(SELF_ORGANISED)):
        provision = desk.sources.library.provision(card.ref)
        assert card.verbatim
        assert card.text == provision.quote
        assert f"“{card.text}”" in text_of(await desk.says(SELF_ORGANISED))


async def test_a_draft_is_said_to_be_one_in_each_answer_the_limit_once_a_talk(desk: Desk) -> None:
    first, second = await desk.says(SELF_ORGANISED), await desk.says("第十八条讲什么")

    (told,), (again,) = standing(first), standing(second)
    assert "2018" in told
    assert "未施行" in told
    assert "未施行" in again
    assert "不是法律意见" in told
    assert "不是法律意见" not in again


async def test_each_talk_hears_the_limit(desk: Desk) -> None:
    await desk.says(SELF_ORGANISED, chat="jsonl:a")

    assert "不是法律意见" in standing(await desk.says(SELF_ORGANISED, chat="jsonl:b"))[0]


async def test_law_text_stays_in_the_original_for_readers_of_traditional(desk: Desk) -> None:
    reply = await desk.says("自行組織審核需要幾名審核師？")

    assert reply.language == "zh-Hant"
    assert "審核" in headline(reply)
    assert {card.text for card in clauses(reply)} == {
        desk.sources.library.provision(card.ref).text for card in clauses(reply)
    }


async def test_law_text_stays_in_the_original_for_readers_of_english_with_a_gloss_marked_ours(
    desk: Desk,
) -> None:
    reply = await desk.says("How many auditors does a self-organised audit need?")

    assert reply.language == "en"
    assert "4" in headline(reply)
    (card,) = [card for card in clauses(reply) if card.ref == CAPABILITY]
    assert card.text == desk.sources.library.provision(CAPABILITY).text
    assert "not official" in card.gloss


def test_chinese_readers_get_no_gloss() -> None:
    assert clause_card(turn(), CAPABILITY).gloss == ""


def test_what_is_only_described_is_not_set_in_quotation_marks() -> None:
    library = turn().sources.library
    described = [
        provision.ref
        for instrument in library.instruments.values()
        for provision in instrument.provisions.values()
        if provision.quote is None and provision.text
    ]

    assert described
    assert not any(clause_card(turn(), ref).verbatim for ref in described)


async def test_a_follow_up_is_about_the_same_matter(desk: Desk) -> None:
    await desk.says("第十条讲什么")
    reply = await desk.says("那第十六条呢")

    assert any("#art_16" in item.ref for item in reply.citations)


async def test_an_article_that_does_not_exist_is_said_not_to(desk: Desk) -> None:
    reply = await desk.says("第三十五条讲什么")

    assert (reply.intent, reply.abstain) == (Intent.ABSTAIN, "out_of_range")
    assert clauses(reply) == []


async def test_what_the_sources_do_not_give_is_not_made_up(desk: Desk) -> None:
    reply = await desk.says("第三十条讲什么")

    assert reply.abstain == "not_in_source"
    assert all(item.quote is None or "art_30" not in item.ref for item in reply.citations)


async def test_another_matter_is_out_of_scope(desk: Desk) -> None:
    reply = await desk.says("ISO 14001 认证怎么办理")

    assert reply.abstain == "out_of_scope"
    assert reply.citations == ()


async def test_an_answer_leads_on(desk: Desk) -> None:
    assert verbs(await desk.says(SELF_ORGANISED)) & {"goal", "topic", "clause"}


async def test_a_question_tapped_is_answered_like_one_written(desk: Desk) -> None:
    written = await desk.says("第十八条讲什么", chat="jsonl:a")
    tapped = await desk.taps("ask:第十八条讲什么", chat="jsonl:b")

    assert tapped.citations == written.citations
    assert text_of(tapped) == text_of(written)


async def test_a_clause_leads_to_the_check_or_the_dates_that_apply_it(desk: Desk) -> None:
    taps = {button.tap for button in (await desk.says("第二十一条讲什么")).buttons}
    assert "goal:self-audit-capability" in taps
    taps = {button.tap for button in (await desk.says("第十七条讲什么")).buttons}
    assert "dates" in taps

"""/article with a number, with words, with nothing; and the number said next."""

import pytest

from bot.messages import Intent
from tests.bot.talks import Desk, headline, text_of, verbs


@pytest.mark.parametrize(
    "asked", ["/article 17", "/article 十七", "/article 第十七条", "/article 名单发布后要做什么"]
)
async def test_a_number_or_words_behind_the_command_are_looked_up(desk: Desk, asked: str) -> None:
    reply = await desk.says(asked)

    assert reply.intent is Intent.LOOKUP
    assert any(citation.ref.endswith("#art_17") for citation in reply.citations)


async def test_an_article_that_does_not_exist_is_said_not_to(desk: Desk) -> None:
    reply = await desk.says("/article 99")

    assert reply.abstain == "out_of_range"
    assert all("#" not in citation.ref for citation in reply.citations)


@pytest.mark.parametrize("asked", ["/article", "查条文"])
async def test_alone_it_asks_which_with_a_button_for_each_that_is_known(desk: Desk, asked: str) -> None:
    reply = await desk.says(asked)

    assert "哪一条" in headline(reply)
    assert verbs(reply) == {"clause"}
    for button in reply.buttons:
        assert (await desk.taps(button.tap)).citations, button


async def test_it_is_no_question_that_found_no_answer(desk: Desk) -> None:
    await desk.says("/article")

    assert await desk.store.feedback(limit=5) == []


@pytest.mark.parametrize("number", ["17", "十七", "17。"])
async def test_the_number_said_next_is_the_article(desk: Desk, number: str) -> None:
    await desk.says("/article")
    reply = await desk.says(number)

    assert reply.citations[0].ref.endswith("#art_17")


async def test_a_number_later_on_is_no_article(desk: Desk) -> None:
    await desk.says("/article")
    desk.passes(minutes=1)
    await desk.says("谢谢")
    desk.passes(minutes=1)

    assert (await desk.says("17")).citations == ()


async def test_while_a_check_asks_for_a_number_it_answers_the_check(desk: Desk) -> None:
    await desk.taps("goal:consultant-voluntary")
    await desk.says("/article")
    reply = await desk.says("4")

    assert reply.understood
    assert reply.intent is Intent.CHECK


async def test_in_english_too(desk: Desk) -> None:
    asked = await desk.says("/article", lang="en")
    reply = await desk.says("17", lang="en")

    assert headline(asked).startswith("Which article?")
    assert "article 17" in text_of(reply).lower()

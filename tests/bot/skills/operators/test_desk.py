"""Who gets to the operators' desk, and what passes it by."""

import pytest

from bot.messages import Audience, Text
from storage.errors import Conflict
from tests.bot.skills.operators.office import ELSEWHERE, Office
from tests.bot.talks import headline, text_of


@pytest.mark.parametrize("audience", [Audience.PRIVATE, Audience.EVERYONE])
@pytest.mark.parametrize("command", ["/publish", "/stats", "/unanswered", "/broadcast 大家好"])
async def test_nobody_else_is_served(office: Office, audience: Audience, command: str) -> None:
    assert text_of(await office.says(command, audience)) == ELSEWHERE
    assert await office.audited() == []


@pytest.mark.parametrize("text", ["第十条讲什么", "/help", "/statsx", "stats"])
async def test_an_operator_asks_the_assistant_like_anybody(office: Office, text: str) -> None:
    assert text_of(await office.says(text)) == ELSEWHERE


async def test_what_is_done_is_answered_through_the_outbox_once(office: Office) -> None:
    await office.says("/stats")
    assert (await office.store.queue(now=office.now))["states"] == {"pending": 1}


async def test_an_update_that_comes_again_is_a_conflict(office: Office) -> None:
    await office.says("/stats")
    office._count -= 1
    with pytest.raises(Conflict):
        await office.says("/stats")


async def test_another_command_ends_what_was_begun(office: Office) -> None:
    await office.says("/broadcast")
    await office.says("/cancel")
    assert text_of(await office.says("今天下雨")) == ELSEWHERE


async def test_an_old_button_says_so(office: Office) -> None:
    for tap in ("publish:yes:x", "broadcast:send:x", "unanswered:show:zz:y", "unanswered:show", "publish"):
        assert "过时" in headline(await office.presses(tap))
    assert await office.audited() == []


async def test_operators_are_answered_in_their_language(office: Office) -> None:
    async with office.store.talk("telegram:7", at=office.now) as talk:
        object.__setattr__(talk.contact, "language", "en")
    reply = await office.says("/stats")
    assert reply.language == "en"
    assert isinstance(reply.blocks[0], Text)
    assert reply.blocks[0].text == "The last 7 days"

"""A flood gets one sentence, makes no flood, and loses nothing of other chats."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.messages import Incoming, Intent, Reply, Text
from bot.pacing import Allowance, PacedAssistant
from bot.wire import unpack
from storage.store import Store
from tests.bot.talks import NOW, text_of

ANSWER = Reply(Intent.LOOKUP, (Text("answer"),))


class Answers:
    """Counts what reaches it."""

    heard = 0

    async def respond(self, incoming: Incoming) -> Reply:
        self.heard += 1
        return ANSWER


def _paced(store: Store, answers: Answers, told: list[str] | None = None) -> PacedAssistant:
    tell = told.append if told is not None else (lambda limit: None)
    return PacedAssistant(answers, store, Allowance(messages=3, files=1), ("telegram",), tell)


def _said(number: int, chat: str = "telegram:1", sender: str | None = None) -> Incoming:
    return Incoming(chat, NOW, text="x", sender=sender, update=f"{chat}:{number}")


async def test_within_the_limit_the_assistant_answers(store: Store) -> None:
    answers = Answers()
    paced = _paced(store, answers)

    assert [await paced.respond(_said(number)) for number in range(3)] == [ANSWER] * 3


async def test_over_the_limit_one_sentence_says_so_once(store: Store) -> None:
    answers, told = Answers(), list[str]()
    paced = _paced(store, answers, told)
    replies = [await paced.respond(_said(number)) for number in range(6)]

    said = [unpack(row.payload) for row, _ in await store.journal()]
    assert answers.heard == 3
    assert told == ["messages"] * 3
    assert [text_of(reply) for reply in said] == [text_of(replies[-1])]
    assert "秒" in text_of(said[0])


async def test_after_the_pause_it_goes_on(store: Store) -> None:
    paced = _paced(store, Answers())
    for number in range(4):
        await paced.respond(_said(number))

    later = replace(_said(9), at=NOW + timedelta(seconds=21))
    assert await paced.respond(later) is ANSWER


async def test_another_chat_does_not_wait(store: Store) -> None:
    paced = _paced(store, Answers())
    for number in range(5):
        await paced.respond(_said(number))

    assert await paced.respond(_said(1, "telegram:2")) is ANSWER


async def test_one_person_in_two_chats_has_one_limit(store: Store) -> None:
    answers = Answers()
    paced = _paced(store, answers)
    for number in range(3):
        await paced.respond(_said(number, "telegram:-1", "7"))
    await paced.respond(_said(9, "telegram:-2", "7"))

    assert answers.heard == 3


async def test_files_have_a_limit_of_their_own(store: Store) -> None:
    answers, told = Answers(), list[str]()
    paced = _paced(store, answers, told)
    for number in range(2):
        await paced.respond(Incoming("telegram:1", NOW, file=Path("x.csv"), update=f"f{number}"))

    assert (answers.heard, told) == (1, ["files"])
    assert await paced.respond(_said(1)) is ANSWER


async def test_files_are_paced_on_every_channel(store: Store) -> None:
    answers = Answers()
    paced = _paced(store, answers)
    for number in range(3):
        await paced.respond(Incoming("web:1", NOW, file=Path("x.csv"), update=f"f{number}"))

    assert answers.heard == 1


async def test_a_channel_that_slows_people_down_itself_is_not_slowed_again(store: Store) -> None:
    answers = Answers()
    paced = _paced(store, answers)
    for number in range(9):
        await paced.respond(_said(number, "web:1"))

    assert answers.heard == 9


async def test_who_shows_the_reply_itself_gets_no_delivery_of_it(store: Store) -> None:
    paced = _paced(store, Answers())
    refused = [await paced.respond(Incoming("api:1", NOW, file=Path("x.csv"), quiet=True)) for _ in range(2)][
        -1
    ]

    assert refused is not ANSWER
    assert await store.journal() == []

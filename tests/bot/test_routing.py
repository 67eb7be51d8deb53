"""Every intent, button and command has somebody who answers; what means nothing is said to mean nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import routing
from bot.messages import Intent
from bot.phrases import phrases
from bot.understanding.lexicon import Lexicon
from storage.records import NewDelivery
from storage.store import Settlement
from tests.bot.talks import LISTED, Desk, text_of

SET_BY_ANSWERS = {"set", "unknown"}  # these two answer what was asked, whoever asked


def test_every_intent_has_a_skill() -> None:
    assert set(routing.SKILLS) == set(Intent)


def test_every_step_that_an_answer_of_the_law_offers_is_a_known_tap(desk: Desk) -> None:
    offered = {step.action for topic in desk.sources.library.topics.topics.values() for step in topic.steps}

    assert offered
    assert offered <= set(routing.TAPS)


@pytest.mark.parametrize("verb", sorted(routing.TAPS))
async def test_a_button_without_its_argument_is_answered(desk: Desk, verb: str) -> None:
    assert text_of(await desk.taps(verb))


@pytest.mark.parametrize("tap", ["", ":", "nonsense", "nonsense:1:2", "第十条"])
async def test_a_button_that_means_nothing_is_answered_with_where_to_go_on(desk: Desk, tap: str) -> None:
    reply = await desk.taps(tap)

    assert reply.intent is Intent.HELP
    assert reply.buttons


@pytest.mark.parametrize(
    "tap", ["clause:nope", "clause:nope#art_1", "topic:nope", "goal:nope", "finish:nope"]
)
async def test_a_button_whose_target_is_gone_is_answered(desk: Desk, tap: str) -> None:
    reply = await desk.taps(tap)

    assert text_of(reply)
    assert reply.citations == ()


@pytest.mark.parametrize(
    "said",
    [
        "/help",
        "/check",
        "第十条讲什么",
        "第三十条讲什么",
        "自行组织审核需要几名审核师？",
        "请咨询机构做审核，3个审核师",
        "我们做印染，多久审核一次？",
        "我们公司叫甲化工",
        LISTED,
    ],
)
async def test_every_button_of_an_answer_leads_on(desk: Desk, said: str) -> None:
    stale = phrases("zh-Hans").say("tap.stale")
    buttons = (await desk.says(said)).buttons

    assert buttons
    for number, button in enumerate(buttons):
        chat = f"jsonl:{number}"
        await desk.says(said, chat=chat)
        assert stale not in text_of(await desk.taps(button.tap, chat=chat)), button


@pytest.mark.parametrize("command", ["/nonsense", "/", "/第十条"])
async def test_an_unknown_command_is_answered_with_what_can_be_asked(desk: Desk, command: str) -> None:
    reply = await desk.says(command)

    assert reply.intent in (Intent.HELP, Intent.ABSTAIN, Intent.LOOKUP)
    assert text_of(reply)
    assert reply.facts == {}


@pytest.mark.parametrize(
    ("command", "intent"),
    [
        ("/start", Intent.HELP),
        ("/help", Intent.HELP),
        ("菜单", Intent.HELP),
        ("/check", Intent.CHECK),
        ("/deadlines", Intent.DEADLINES),
        ("/reminders", Intent.REMINDERS),
        ("/company", Intent.COMPANY),
        ("/facts", Intent.COMPANY),
        ("/export", Intent.EXPORT),
        ("/forget", Intent.FORGET),
        ("/cancel", Intent.CANCEL),
        ("/restart", Intent.CANCEL),
    ],
)
async def test_a_command_reaches_its_skill(desk: Desk, command: str, intent: Intent) -> None:
    assert (await desk.says(command)).intent is intent


async def test_a_command_wins_over_the_check_in_play(desk: Desk) -> None:
    await desk.taps("goal:consultant-voluntary")

    assert (await desk.says("/deadlines")).intent is Intent.DEADLINES
    assert (await desk.says("/help")).intent is Intent.HELP


async def test_an_answer_to_what_was_asked_goes_to_who_asked(desk: Desk) -> None:
    await desk.taps("goal:consultant-voluntary")
    reply = await desk.says("4个")

    assert reply.intent is Intent.CHECK
    assert len(reply.understood) == 1


async def test_the_day_of_an_event_asks_for_dates_even_in_the_middle_of_a_check(desk: Desk) -> None:
    await desk.taps("goal:self-audit-mandatory")

    assert (await desk.says(LISTED)).intent is Intent.DEADLINES


async def test_a_question_about_the_law_is_looked_up_even_in_the_middle_of_a_check(desk: Desk) -> None:
    await desk.taps("goal:self-audit-mandatory")

    assert (await desk.says("第十八条讲什么")).intent is Intent.LOOKUP


async def test_what_is_none_of_ours_is_declined_and_nothing_is_kept(desk: Desk) -> None:
    reply = await desk.says("今天晚上吃什么好")

    assert reply.intent in (Intent.ABSTAIN, Intent.SMALLTALK)
    assert reply.citations == ()
    assert reply.facts == {}


@pytest.mark.parametrize("verb", ["company", "done", "finish", "snooze", "mute", "noted"])
async def test_buttons_of_another_chat_do_nothing(desk: Desk, verb: str) -> None:
    await desk.says("我们公司叫甲化工", chat="jsonl:other")
    await desk.says(LISTED, chat="jsonl:other")
    theirs = await desk.talk("jsonl:other")
    targets = [*theirs.companies, *theirs.deadlines, "register"]

    for target in targets:
        reply = await desk.taps(f"{verb}:{target}", chat="jsonl:a")
        assert (reply.company, reply.companies, reply.facts) == (None, (), {})
        assert "甲化工" not in text_of(reply)

    assert await desk.talk("jsonl:other") == theirs
    assert (await desk.talk("jsonl:a")).companies == {}


async def _reminded(desk: Desk, chat: str) -> int:
    """A reminder was sent to this chat; its delivery's id."""
    await desk.says(LISTED, chat=chat)
    talk = await desk.talk(chat)
    deadline = next(iter(talk.deadlines.values()))
    await desk.store.enqueue(
        [
            NewDelivery(
                dedupe_key="one",
                chat=chat,
                kind="lead",
                due_at=desk.now,
                payload={},
                contact_id=talk.contact.id,
                company_id=deadline.company_id,
                deadline_id=deadline.id,
                revision=deadline.revision,
                lead=7,
            )
        ]
    )
    (row,) = await desk.store.claim("test", now=desk.now, lease=timedelta(minutes=1), limit=1)
    assert await desk.store.begin(row, now=desk.now)
    assert await desk.store.settle(row, Settlement("sent", desk.now))
    return row.id


@pytest.mark.parametrize("verb", ["done", "snooze", "mute"])
async def test_a_button_under_somebody_elses_reminder_does_nothing(desk: Desk, verb: str) -> None:
    delivery = await _reminded(desk, "jsonl:other")
    before = await desk.talk("jsonl:other")
    reply = await desk.taps(f"{verb}:{delivery}:1", chat="jsonl:a")

    after = await desk.talk("jsonl:other")
    assert (after.deadlines, after.subscriptions) == (before.deadlines, before.subscriptions)
    assert "2026" not in text_of(reply)


async def test_a_button_under_ones_own_reminder_works(desk: Desk) -> None:
    delivery = await _reminded(desk, "jsonl:other")
    reply = await desk.taps(f"done:{delivery}", chat="jsonl:other")

    assert reply.intent is Intent.DONE
    assert len(reply.reminders.done) == 1


def test_the_lexicon_knows_every_command_that_is_served() -> None:
    assert set(routing.COMMANDS) - set(Lexicon.load().tables["command"]) <= {"article"}


@pytest.mark.parametrize(
    "said",
    [
        "外省发的清洁生产审核师证深圳认不认",
        "国家办法跟深圳稿子在人员要求上差哪儿",
        "咨询机构高工 最少几名",
        "自行开展的企业，审核人员里要有几个高级职称",
        "名单里有哪些企业",
        "Where can I download the acceptance application form?",
    ],
)
async def test_what_holds_for_everybody_is_asked_of_the_law(desk: Desk, said: str) -> None:
    reply = await desk.says(said)

    assert reply.intent in (Intent.LOOKUP, Intent.ABSTAIN)
    assert reply.citations

"""/unanswered: page by page, seen to, or taught to a topic after all sample questions were tried."""

from __future__ import annotations

import pytest

from bot.messages import TAP_LIMIT, Bullets, Reply
from knowledge.aliasing import Trial, read_aliases
from tests.bot.skills.operators.office import Office
from tests.bot.talks import headline, text_of


def _rows(reply: Reply) -> tuple[str, ...]:
    return next((block.items for block in reply.blocks if isinstance(block, Bullets)), ())


async def test_nothing_waits(office: Office) -> None:
    assert "没有待处理" in headline(await office.says("/unanswered"))


async def test_questions_come_page_by_page_the_latest_first(office: Office) -> None:
    await office.asked(*(f"问题{n}" for n in range(12)))
    seen: list[str] = []
    reply = await office.says("/unanswered")
    for _ in range(3):
        seen += _rows(reply)
        reply = await office.taps(reply, "更早") if len(_rows(reply)) == 5 else reply
    assert [row.rpartition("　")[2] for row in seen] == [f"问题{n}" for n in range(11, -1, -1)]
    assert (await office.audited())[0].action == "questions.read"


async def test_one_is_shown_with_what_was_wrong(office: Office) -> None:
    await office.asked("多久一轮", kind="disliked", reason="outdated")
    reply = await office.taps(await office.says("/unanswered"), "1")
    assert headline(reply) == "“多久一轮”"
    assert "已经过时" in text_of(reply)


async def test_one_that_is_seen_to_goes(office: Office) -> None:
    await office.asked("甲", "乙")
    shown = await office.taps(await office.says("/unanswered"), "1")
    rest = await office.taps(shown, "已处理")
    assert [row.rpartition("　")[2] for row in _rows(rest)] == ["甲"]
    assert "question.handled" in {entry.action for entry in await office.audited()}
    assert "过时" in headline(await office.taps(shown, "已处理"))


async def _teaches(office: Office, monkeypatch: pytest.MonkeyPatch, trial: Trial) -> Reply:
    monkeypatch.setattr("bot.skills.operators.questions.try_alias", lambda *given: trial)
    await office.asked("自己做审核要几个证")
    choice = await office.taps(await office.taps(await office.says("/unanswered"), "1"), "归入")
    return await office.presses(choice.buttons[0].tap)


async def test_a_topic_learns_the_question(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = await _teaches(office, monkeypatch, Trial(finds=True))
    assert "已归入" in headline(reply)
    (questions,) = read_aliases([office.folder]).values()
    assert questions == ("自己做审核要几个证",)
    assert await office.store.feedback() == []
    assert {entry.action for entry in await office.audited()} >= {"alias.added", "question.handled"}


@pytest.mark.parametrize(
    ("trial", "said"),
    [(Trial(finds=True, disturbed=("几名审核师",)), "不能归入"), (Trial(finds=False), "仍然答不到")],
)
async def test_what_would_do_harm_is_not_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch, trial: Trial, said: str
) -> None:
    reply = await _teaches(office, monkeypatch, trial)
    assert said in headline(reply)
    assert all(sample in text_of(reply) for sample in trial.disturbed)
    assert read_aliases([office.folder]) == {}
    assert len(await office.store.feedback()) == 1


async def test_the_nearest_topic_is_offered_first(office: Office) -> None:
    await office.asked("自行组织审核要几名审核师？")
    choice = await office.taps(await office.taps(await office.says("/unanswered"), "1"), "归入")
    assert len(choice.buttons) == 7
    assert "自行" in choice.buttons[0].label


async def test_every_button_fits(office: Office) -> None:
    await office.asked(*(f"问题{n}" for n in range(6)))
    reply = await office.says("/unanswered")
    replies = [reply, shown := await office.taps(reply, "1"), await office.taps(shown, "归入")]
    taps = [button.tap for one in replies for button in one.buttons]
    assert taps
    assert all(len(tap.encode()) <= TAP_LIMIT for tap in taps)

"""Questions that were not answered are seen to, and topics taught to hear them."""

from __future__ import annotations

import pytest

from bot.console import questions
from knowledge.aliasing import Trial, read_aliases
from storage.records import Feedback
from tests.bot.console.house import NOW, ConsoleHouse, Visitor, ask_in_vain


@pytest.fixture
def topic(house: ConsoleHouse) -> str:
    return next(iter(house.desk.sources.library.topics.topics))


async def test_open_questions_are_shown_and_seen_to_once(house: ConsoleHouse, operator: Visitor) -> None:
    question = await ask_in_vain(house.store)
    assert "审核师证几年一换" in (await operator.get("/questions")).text
    answer = await operator.post(f"/questions/{question}", of="/questions")
    assert "said=handled" in answer.headers["location"]
    assert "审核师证几年一换" not in (await operator.get("/questions")).text
    assert "审核师证几年一换" in (await operator.get("/questions?state=handled")).text
    again = await operator.post(f"/questions/{question}", of="/lists")
    assert "said=handled_before" in again.headers["location"]
    assert (await house.audited()).count("question.handled") == 1


async def test_a_dislike_says_why_and_of_which_answer(house: ConsoleHouse, operator: Visitor) -> None:
    async with house.store.talk("web:1", at=NOW) as talk:
        for n, ref in enumerate(("sz-rules-2018-draft#art_10", "gone#art_1")):
            talk.feedback.append(
                Feedback(f"q{n}", talk.contact.id, "罚多少", "disliked", NOW, "wrong", (ref,))
            )
    await operator.get("/?lang=zh-Hans")

    page = (await operator.get("/questions")).text

    assert "内容不对" in page
    assert "第十条" in page
    assert "gone#art_1" in page


async def test_questions_can_be_cut_by_kind(house: ConsoleHouse, operator: Visitor) -> None:
    await ask_in_vain(house.store)
    assert "几年一换" in (await operator.get("/questions?kind=unanswered")).text
    assert "几年一换" not in (await operator.get("/questions?kind=disliked")).text
    assert "几年一换" in (await operator.get("/questions?kind=nonsense&before=nonsense")).text


async def test_a_sound_wording_is_kept_and_the_question_seen_to(
    house: ConsoleHouse, operator: Visitor, topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "try_alias", lambda *_: Trial(finds=True))
    question = await ask_in_vain(house.store)
    fields = {"topic": topic, "words": "审核师证 几年一换"}
    answer = await operator.post(f"/questions/{question}/alias", fields, of="/questions")
    assert "said=alias_kept" in answer.headers["location"]
    assert read_aliases([house.desk.library]) == {topic: ("审核师证 几年一换",)}
    assert (await house.audited())[-2:] == ["alias.added", "question.handled"]
    again = await operator.post(f"/questions/{question}/alias", fields, of="/lists")
    assert "said=alias_known" in again.headers["location"]


async def test_a_wording_that_disturbs_others_is_refused_with_what_it_disturbs(
    house: ConsoleHouse, operator: Visitor, topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "try_alias", lambda *_: Trial(finds=True, disturbed=("要几个人",)))
    question = await ask_in_vain(house.store)
    answer = await operator.post(
        f"/questions/{question}/alias", {"topic": topic, "words": "几个"}, of="/questions"
    )
    assert answer.status_code == 422
    assert "要几个人" in answer.text
    assert read_aliases([house.desk.library]) == {}
    assert "alias.added" not in await house.audited()


@pytest.mark.parametrize(
    "fields", [{"topic": "none", "words": "几个"}, {"topic": "", "words": ""}, {"words": "字" * 300}]
)
async def test_a_form_that_says_nothing_sound_is_refused(
    house: ConsoleHouse, operator: Visitor, fields: dict[str, str]
) -> None:
    question = await ask_in_vain(house.store)
    answer = await operator.post(f"/questions/{question}/alias", fields, of="/questions")
    assert answer.status_code == 422
    assert read_aliases([house.desk.library]) == {}

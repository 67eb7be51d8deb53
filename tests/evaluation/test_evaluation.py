"""The sets themselves are sound: enough, unambiguous in names, and counted honestly. No product is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from tests.evaluation import facts, matching, sets, talk
from tests.evaluation.sets import Entry, as_list

LOOSE = ({"min"}, {"max"}, {"min", "max"}, {"from", "to"}, {"oneof"}, {"loose"}, {"loose_or"})
QUESTION_KEYS = {"abstain", "intent", "refs_any", "refs_all", "refs_none", "contains", "lacks", "statuses"}


def turns() -> list[Entry]:
    return [turn for one in sets.dialogues() for turn in one["turns"]]


def expectations() -> Iterator[Entry]:
    for one in (*sets.questions(), *turns()):
        yield one["expect"]


def stated_facts() -> Iterator[tuple[str, Any]]:
    for one in sets.utterances():
        for key in ("facts", "any", "may"):
            yield from one.get(key, {}).items()
    for turn in turns():
        for key in ("understood", "facts", "may"):
            yield from turn["expect"].get(key, {}).items()


def test_there_are_enough_of_each() -> None:
    sizes = (len(sets.questions()), len(sets.utterances()), len(sets.dialogues()))
    cases = (len(sets.checks()), len(sets.deadlines()))
    assert all(size >= least for size, least in zip((*sizes, *cases), (340, 260, 45, 120, 60), strict=True))


def test_enough_questions_have_no_answer() -> None:
    asked = sets.questions()
    assert sum(map(sets.unanswerable, asked)) >= 0.42 * len(asked)


def test_enough_messages_state_nothing() -> None:
    said = sets.utterances()
    assert sum(not one["facts"] and not one.get("any") for one in said) >= 0.4 * len(said)


def test_ids_are_unique() -> None:
    everything = (sets.questions, sets.utterances, sets.dialogues, sets.checks, sets.deadlines)
    counts = Counter(one["id"] for read in everything for one in read())
    assert counts.most_common(1)[0][1] == 1


@pytest.mark.parametrize("read", [sets.questions, sets.utterances])
def test_nothing_is_asked_twice(read: Any) -> None:
    counts = Counter((one["text"], str(one.get("before"))) for one in read())
    assert counts.most_common(1)[0][1] == 1


def test_questions_use_known_expectations() -> None:
    assert {key for one in sets.questions() for key in one["expect"]} <= QUESTION_KEYS


def test_turns_use_known_expectations() -> None:
    used = {key for one in turns() for key in one["expect"]}
    assert used <= talk.JUDGES.keys() | talk.OTHERS


def test_every_turn_expects_something() -> None:
    assert all(one["expect"] and ("say" in one) != ("tap" in one) for one in turns())


def test_references_are_of_the_machine_interface() -> None:
    refs = {r for e in expectations() for k in ("refs_any", "refs_all", "refs_none") for r in e.get(k, ())}
    refs |= {part for one in sets.checks() for r in one["expect"].get("failing", ()) for part in r.split("|")}
    assert [one for one in sorted(refs) if not sets.known_reference(one)] == []


def test_abstentions_and_intents_are_known() -> None:
    abstentions = {one for e in expectations() for one in as_list(e.get("abstain")) if one != "null"}
    intents = {one for e in expectations() for one in as_list(e.get("intent", []))}
    assert abstentions <= sets.ABSTENTIONS
    assert intents <= sets.INTENTS


def test_goals_are_known() -> None:
    goals = {one["goal"] for one in sets.checks() if "error" not in one["expect"]}
    goals |= {g for t in turns() for one in as_list(t["expect"].get("goal", [])) for g in one.split("|")}
    assert goals <= sets.GOALS


def test_fact_names_are_known() -> None:
    names = {name for name, _ in stated_facts()}
    names |= {name for one in sets.utterances() for name in one.get("rejected", ())}
    names |= {n for t in turns() for key in ("not_facts", "rejected") for n in t["expect"].get(key, ())}
    for one in sets.checks():
        expect = one["expect"]
        if "error" not in expect:
            names |= {*one["facts"], *expect["rejected"], *expect.get("missing", ())}
            names |= {*expect.get("missing_may", ()), *expect.get("missing_any", ())}
            names |= {n for fix in (*expect.get("fixes", ()), *expect.get("fixes_any", ())) for n in fix}
    assert names <= sets.FACTS


def test_loose_values_have_a_known_form() -> None:
    assert all(set(value) in LOOSE for _, value in stated_facts() if isinstance(value, dict))


def test_days_and_moments_exist() -> None:
    moments = [one["now"] for read in (sets.questions, sets.utterances) for one in read() if "now" in one]
    moments += [one["now"] for one in (*sets.dialogues(), *turns()) if "now" in one]
    assert all(datetime.fromisoformat(one).tzinfo is not None for one in moments)
    due = [d for one in sets.deadlines() for d in one["expect"].get("deadlines", {}).values()]
    assert all(date.fromisoformat(one["due"]) for one in due if "due" in one)


def test_expected_effective_day_is_never_before_the_due_day() -> None:
    due = [d for one in sets.deadlines() for d in one["expect"].get("deadlines", {}).values()]
    assert all(one["effective"] >= one["due"] for one in due if one.get("effective") and "due" in one)


def test_a_reference_covers_what_lies_inside_it_and_nothing_beside() -> None:
    article = "sz-rules-2018-draft#art_1"
    assert sets.covers("sz-rules-2018-draft", article)
    assert sets.covers(article, f"{article}__self__item_2")
    assert not sets.covers(article, f"{article}0")
    assert sets.covers(f"{article}$", article)
    assert not sets.covers(f"{article}$", f"{article}__self__item_2")
    assert sets.covers("sz-drafting-notes-2018#sec_3", "sz-drafting-notes-2018#sec_3_4")
    assert not sets.covers("gd-workflow-2017#point_4", "gd-workflow-2017")


def test_a_wrong_value_is_missed_and_invented() -> None:
    understood = {"trained_auditors": 3, "route": "self"}
    judged = facts.score(understood, {"trained_auditors": 4}, tolerated={"route": "self"})
    assert (judged.right, judged.missed, judged.invented) == (0, 1, 1)


def test_one_alternative_is_enough_and_both_are_tolerated() -> None:
    either = {"senior_title_staff": 1, "senior_title_auditors": 1}
    assert facts.score({"senior_title_staff": 1}, {}, either).right == 1
    assert facts.score(dict(either), {}, either).faults == ()
    assert facts.score({}, {}, either).missed == 1


def test_true_is_not_one() -> None:
    assert not matching.same("willing", True, 1)
    assert matching.same("industry", ["铅", "电池"], "含铅蓄电池业")


def test_script_width_and_spaces_do_not_matter() -> None:
    assert matching.absent({"text": "審核師　４ 名以上"}, [["审核师4名以上", "four"]]) == []
    assert matching.absent({"text": "3"}, ["4"])


def test_a_button_is_found_by_part_of_its_label() -> None:
    reply = {"buttons": [{"label": "看条款", "tap": "a"}, {"label": "到期前提醒我", "tap": "b"}]}
    assert talk.button(reply, ["订阅", "提醒"]) == "b"
    assert talk.button(reply, ["导出"]) is None

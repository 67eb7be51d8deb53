"""The desk for one message: only the company in play, only what can be, and the contact's own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.messages import ReminderState
from bot.understanding.model import StatedFact
from storage.records import Company, Deadline, Fact, Subscription
from tests.bot.talks import NOW, turn

DAY = date(2026, 12, 20)


def test_a_fact_is_kept_with_its_words_and_who_said_it_when() -> None:
    desk = turn()
    desk.record([StatedFact("trained_auditors", 5, words="审核师5个")])

    (fact,) = desk.talk.facts.values()
    assert (fact.value, fact.words, fact.said_at, fact.contact_id) == (5, "审核师5个", NOW, "me")
    assert desk.understood == desk.facts == {"trained_auditors": 5}


def test_a_value_that_cannot_be_is_rejected_by_name_and_changes_nothing() -> None:
    desk = turn(trained_auditors=5)
    desk.record([StatedFact("trained_auditors", -1, words="-1个")])

    assert desk.facts == {"trained_auditors": 5}
    assert set(desk.rejected) == {"trained_auditors"}


def test_what_cannot_be_makes_no_company() -> None:
    assert turn(trained_auditors=-1).talk.companies == {}


def test_a_later_value_takes_the_place_of_the_earlier() -> None:
    desk = turn(trained_auditors=3)
    desk.record([StatedFact("trained_auditors", 4, words="4个", correction=True)])

    assert desk.facts == {"trained_auditors": 4}


def test_facts_of_a_company_not_in_play_are_out_of_sight() -> None:
    desk = turn(trained_auditors=5)
    first = desk.company
    desk.add_company("乙")
    assert desk.facts == {}

    assert first is not None
    desk.play(first)
    assert desk.facts == {"trained_auditors": 5}


def test_dates_and_wishes_of_a_company_not_in_play_are_out_of_sight() -> None:
    desk = turn()
    first = desk.ensure_company()
    desk.talk.deadlines["d"] = Deadline("d", first.id, "register", "t", "list_published", DAY, DAY)
    desk.talk.subscriptions["s"] = Subscription("s", "me", first.id)
    assert [item.key for item in desk.deadlines] == ["register"]
    assert desk.reminders.active == ("register",)

    desk.add_company("乙")
    assert desk.deadlines == []
    assert desk.subscription is None
    assert desk.reminders == ReminderState()


def test_a_colleagues_wish_is_not_mine() -> None:
    desk = turn()
    company = desk.ensure_company()
    desk.talk.subscriptions["s"] = Subscription("s", "colleague", company.id)

    assert desk.subscription is None


def test_an_ended_wish_and_one_about_a_single_date_are_no_standing_wish() -> None:
    desk = turn()
    company = desk.ensure_company()
    wish = Subscription("s", "me", company.id)
    for other in (replace(wish, state="ended"), replace(wish, scope="deadline", scope_id="d")):
        desk.talk.subscriptions["s"] = other
        assert desk.subscription is None


def test_dates_come_soonest_first_without_those_that_no_longer_count() -> None:
    desk = turn()
    company = desk.ensure_company()
    for key, day, state in (
        ("late", date(2027, 1, 1), "open"),
        ("soon", DAY, "done"),
        ("gone", DAY, "superseded"),
    ):
        desk.talk.deadlines[key] = Deadline(key, company.id, key, key, "e", DAY, day, state=state)  # type: ignore[arg-type]

    assert [item.key for item in desk.deadlines] == ["soon", "late"]


def test_reminders_tell_the_wished_days_or_the_default_ones() -> None:
    desk = turn()
    company = desk.ensure_company()
    wish = Subscription("s", "me", company.id)
    desk.talk.subscriptions["s"] = wish
    assert desk.reminders.leads == desk.sources.leads

    desk.talk.subscriptions["s"] = replace(wish, leads=(10, 2))
    assert desk.reminders.leads == (10, 2)


def test_today_is_the_contacts_day_not_that_of_the_clock() -> None:
    desk = turn()
    desk.incoming = replace(desk.incoming, at=NOW.replace(hour=0, minute=30))
    assert desk.today == date(2026, 11, 23)

    desk.talk.contact = replace(desk.talk.contact, timezone="America/New_York")
    assert desk.today == date(2026, 11, 22)


def test_a_company_is_made_once() -> None:
    desk = turn()

    assert desk.ensure_company() == desk.ensure_company()
    assert len(desk.talk.companies) == len(desk.talk.members) == 1


def test_a_reference_is_cited_once_with_its_standing_of_the_day() -> None:
    ref = "sz-rules-2018-draft#art_21"
    cited = turn().cite([ref, ref])

    assert [item.ref for item in cited] == [ref]
    assert cited[0].status == "draft"
    assert cited[0].quote


def test_a_provision_that_no_source_gives_is_not_cited() -> None:
    desk = turn()
    library = desk.sources.library
    silent = [
        provision.ref
        for instrument in library.instruments.values()
        for provision in instrument.provisions.values()
        if provision.wording == "not_given"
    ]

    assert silent
    assert desk.cite(silent) == ()


def test_two_facts_of_one_company_stand_side_by_side() -> None:
    desk = turn(trained_auditors=5)
    other = Company("other", "乙")
    desk.talk.companies[other.id] = other
    desk.talk.facts[other.id, "trained_auditors"] = Fact("other", "trained_auditors", 1, "", NOW, "me")
    desk.record([StatedFact("degree_staff", 4, words="4个大专")])

    assert desk.facts == {"trained_auditors": 5, "degree_staff": 4}

"""Who hears of a deadline."""

from __future__ import annotations

from bot.reminders.listening import listeners, ruling
from storage.records import Contact, Subscription
from storage.talk import Talk
from tests.bot.reminders.house import deadline

FIRST = deadline()


def wish(scope: str = "company", scope_id: str = "", state: str = "active", who: str = "ann") -> Subscription:
    """A subscription of the company's."""
    return Subscription(f"{who}-{scope}-{state}", who, "acme", scope, scope_id, state=state)  # type: ignore[arg-type]


def test_the_narrowest_wish_speaks() -> None:
    wishes = [wish(), wish("topic", "first"), wish("deadline", "first", "muted")]
    found = ruling(wishes, "ann", FIRST)
    assert found is not None
    assert found.scope == "deadline"


def test_a_wish_about_another_deadline_or_of_another_contact_says_nothing() -> None:
    wishes = [wish("deadline", "second"), wish("topic", "second"), wish(who="bob")]
    assert ruling(wishes, "ann", FIRST) is None


def test_of_two_alike_the_active_one_speaks() -> None:
    found = ruling([wish(state="ended"), wish()], "ann", FIRST)
    assert found is not None
    assert found.state == "active"


def test_who_is_away_has_muted_it_or_never_asked_does_not_hear_of_it() -> None:
    ann, bob, cid, dan = (Contact(name, f"web:{name}") for name in ("ann", "bob", "cid", "dan"))
    away = Contact("eve", "web:eve", state="blocked")
    talk = Talk(ann, fellows={one.id: one for one in (bob, cid, dan, away)})
    muted = wish("deadline", "first", "muted", who="bob")
    for item in (wish(), wish(who="bob"), muted, wish(who="cid"), wish(who="eve")):
        talk.subscriptions[item.id] = item
    assert [person.id for person in listeners(talk, FIRST)] == ["ann", "cid"]

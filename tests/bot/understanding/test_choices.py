from __future__ import annotations

from tests.bot.understanding.conftest import Read


def test_what_is_asked_about_is_no_fact(read: Read) -> None:
    understanding = read("那强制的呢")
    assert understanding.audit_kind == "mandatory"
    assert not understanding.facts


def test_what_is_said_of_us_is(read: Read) -> None:
    understanding = read("我们是强制的，请了咨询公司做")
    assert {fact.name: fact.value for fact in understanding.facts} == {
        "audit_kind": "mandatory",
        "route": "consultant",
    }


def test_not_this_is_the_other(read: Read) -> None:
    assert read("我们不是自己做").route == "consultant"


def test_an_agency_points_at_its_route_without_being_a_fact(read: Read) -> None:
    understanding = read("代理公司5个大专")
    assert understanding.route == "consultant"
    assert [fact.name for fact in understanding.facts] == ["degree_staff"]

from __future__ import annotations

import pytest

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


def test_two_choices_by_themselves_tell_a_case(read: Read) -> None:
    told = {fact.name: fact.value for fact in read("强制的，自己做").facts}
    assert told == {"audit_kind": "mandatory", "route": "self"}
    assert read("强制的，自己做，要几个审核师？").facts == ()


def test_an_agency_of_theirs_sets_the_route(read: Read) -> None:
    told = {fact.name: fact.value for fact in read("委托的咨询公司大专6人").facts}
    assert told == {"degree_staff": 6, "route": "consultant"}
    assert {fact.name for fact in read("咨询公司大专6人").facts} == {"degree_staff"}


@pytest.mark.parametrize("said", ["强制的还是自愿的", "自己做不了", "还没想好自己做不做", "自愿审核"])
def test_a_choice_that_is_not_made_is_none(read: Read, said: str) -> None:
    assert read(said).facts == ()


def test_how_the_last_round_was_done_is_not_how_this_one_is(read: Read) -> None:
    told = {fact.name: fact.value for fact in read("上一轮是委托咨询公司做的，这次自己做").facts}
    assert told == {"route": "self"}


def test_said_twice_in_other_words_is_told(read: Read) -> None:
    assert {fact.name: fact.value for fact in read("没请中介，自己人弄").facts} == {"route": "self"}
    assert read("没请中介").facts == ()


def test_whoever_stands_on_a_list_is_of_its_kind(read: Read) -> None:
    told = {fact.name: fact.value for fact in read("强制名单今天刚挂出来，有我们").facts}
    assert told == {"audit_kind": "mandatory", "list_published": "2026-11-23"}
    assert read("强制名单出来了，没有我们").facts == ()


def test_how_it_was_last_year_is_not_how_it_is(read: Read) -> None:
    assert {fact.value for fact in read("去年是强制，今年转自愿了").facts} == {"voluntary"}
    assert read("去年是强制").facts == ()


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("这活儿包给咨询机构了", "consultant"),
        ("咨询公司已经定下来了", "consultant"),
        ("审核由咨询公司负责", "consultant"),
        ("咨询机构太贵了，老板说自己来", "self"),
        ("靠自己人做", "self"),
        ("原来打算找机构，现在改成自己做", "self"),
        ("跟咨询公司签了三年框架", "consultant"),
        ("委托给深圳某环保科技公司了", "consultant"),
        ("我们的审核是自己组织开展的", "self"),
    ],
)
def test_handing_over_and_keeping_it_in_house_tell_the_route(read: Read, said: str, value: str) -> None:
    assert {fact.name: fact.value for fact in read(said).facts} == {"route": value}


def test_whoever_was_not_put_on_a_list_is_of_the_other_kind(read: Read) -> None:
    assert {fact.name: fact.value for fact in read("自愿的，没上强制名单").facts} == {
        "audit_kind": "voluntary"
    }
    assert read("没上强制名单").facts == ()


def test_voluntary_is_willing_where_a_title_is_in_play(read: Read) -> None:
    (fact,) = read("公司也自愿申请", goal="provincial-title").facts
    assert (fact.name, fact.value) == ("willing", True)
    (fact,) = read("是自愿审核的", goal="provincial-title").facts
    assert (fact.name, fact.value) == ("audit_kind", "voluntary")

from __future__ import annotations

import pytest

from tests.bot.understanding.conftest import Read


@pytest.mark.parametrize(
    ("said", "goal"),
    [
        ("请咨询公司要什么条件", "consultant-voluntary"),
        ("强制审核请咨询公司要什么条件", "consultant-mandatory"),
        ("自己做强制审核要几个人", "self-audit-mandatory"),
        ("自行审核的能力要求，第二十一条", "self-audit-capability"),
        ("省级清洁生产企业要多少分", "provincial-title"),
        ("验收没过今年还能再申请吗", "reapplication"),
        ("可以延期吗", "extension"),
        ("5个大专，社保4个满一年", "consultant-voluntary"),
    ],
)
def test_a_message_points_at_a_goal(read: Read, said: str, goal: str) -> None:
    assert read(said).goals[0] == goal


def test_the_kind_of_a_follow_up_changes_the_goal_in_play(read: Read) -> None:
    assert read("那强制的呢", goal="consultant-voluntary").goals == ("consultant-mandatory",)


def test_small_talk_is_about_no_goal(read: Read) -> None:
    assert read("你好").goals == ()


@pytest.mark.parametrize(
    ("said", "goal"),
    [
        ("第十六条加第二十一条，一起看够不够", "self-audit-mandatory"),
        ("按第21条和第10条看", "self-audit-voluntary"),
        ("articles 16 and 21 together", "self-audit-mandatory"),
    ],
)
def test_articles_named_together_name_the_goal_and_its_kind(read: Read, said: str, goal: str) -> None:
    assert read(said).goals[0] == goal
    assert goal in read(said).goals_named


@pytest.mark.parametrize(
    ("said", "in_play", "goal"),
    [
        ("换成国家办法的条件", "consultant-voluntary", "national-consultant"),
        ("那国家的条件呢", "self-audit-mandatory", "national-self-audit"),
        ("2017年那个文件的条件呢", "provincial-title", "provincial-title-2017"),
    ],
)
def test_some_words_name_a_goal_only_beside_another(read: Read, said: str, in_play: str, goal: str) -> None:
    assert goal in read(said, goal=in_play).goals_named
    assert goal not in read(said).goals_named


@pytest.mark.parametrize("said", ["第二十一条讲什么", "经国家培训合格的审核师5个"])
def test_a_provision_or_a_certificate_names_no_other_goal(read: Read, said: str) -> None:
    assert read(said, goal="consultant-voluntary").goals_named == ()

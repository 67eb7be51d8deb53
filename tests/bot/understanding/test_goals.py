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

from __future__ import annotations

import pytest

from tests.bot.understanding.conftest import Read


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("/check", "check"),
        ("/deadlines", "deadlines"),
        ("菜单", "help"),
        ("取消", "cancel"),
        ("/help@xize_bot", "help"),
        ("取消。", "cancel"),
    ],
)
def test_a_command_wins(read: Read, said: str, command: str) -> None:
    understanding = read(said, asked=("trained_auditors",))
    assert understanding.command == command
    assert not understanding.facts


def test_what_follows_a_command_is_read(read: Read) -> None:
    understanding = read("/check 4个审核师")
    assert (understanding.command, understanding.argument) == ("check", "4个审核师")
    assert [fact.value for fact in understanding.facts] == [4]


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("第十条讲什么", "lookup"),
        ("自己做审核要几个审核师？", "lookup"),
        ("我们有5个大专、3个审核师", "check"),
        ("帮我看看我们够不够条件", "check"),
        ("名单是1月31号发布的", "deadlines"),
        ("什么时候到期", "deadlines"),
        ("到期前提醒我", "subscribe"),
        ("不要再提醒了", "unsubscribe"),
        ("明天再提醒我", "snooze"),
        ("平台注册完成了", "done"),
        ("我们公司叫四海电子", "company"),
        ("你能做什么", "help"),
        ("你好", "smalltalk"),
        ("导出日历", "export"),
        ("请删除我的所有数据", "forget"),
        ("what does article 10 say?", "lookup"),
    ],
)
def test_the_strongest_evidence_names_the_intent(read: Read, said: str, intent: str) -> None:
    assert read(said).intents[0].intent == intent

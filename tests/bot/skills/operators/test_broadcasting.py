"""/broadcast: seen first, sent once to each, reported."""

from __future__ import annotations

from datetime import timedelta

from bot.wire import unpack
from storage.records import Delivery
from storage.store import Settlement
from tests.bot.skills.operators.office import Office
from tests.bot.talks import headline, text_of


async def _chats(office: Office, *chats: str) -> None:
    for chat in chats:
        async with office.store.talk(chat, at=office.now):
            pass


async def _claimed(office: Office) -> list[Delivery]:
    """What goes out, the operator's own replies left aside."""
    lease = timedelta(minutes=5)
    found = await office.store.claim("x", now=office.now, lease=lease, limit=999)
    return [item for item in found if item.kind == "notice"]


async def test_a_notice_is_shown_with_the_number_of_chats_before_it_goes(office: Office) -> None:
    await _chats(office, "telegram:1", "telegram:2", "web:a", "jsonl:x")
    preview = await office.says("/broadcast 周末停机维护\n晚上十点起")
    assert headline(preview) == "将发给 4 个聊天，效果如下："  # the operator's own among them
    assert "周末停机维护\n晚上十点起" in text_of(preview)
    assert await _claimed(office) == []


async def test_each_chat_gets_it_once_behind_everything_else(office: Office) -> None:
    await _chats(office, "telegram:1", "web:a", "jsonl:x")
    preview = await office.says("/broadcast 停机维护")
    assert "正在发送：0 / 3" in headline(await office.taps(preview, "发送"))
    sent = await _claimed(office)
    assert sorted(item.chat for item in sent) == ["telegram:1", "telegram:7", "web:a"]
    assert {item.priority for item in sent} == {9}
    assert text_of(unpack(sent[0].payload)) == "来自细则运营方的通知\n停机维护"
    (entry,) = await office.audited()
    assert (entry.action, entry.detail) == ("broadcast.sent", "3 chats, 4 characters")


async def test_a_second_press_sends_nothing(office: Office) -> None:
    await _chats(office, "telegram:1")
    preview = await office.says("/broadcast 停机维护")
    await office.taps(preview, "发送")
    assert "过时" in headline(await office.taps(preview, "发送"))
    assert len(await _claimed(office)) == 2


async def test_the_report_counts_what_became_of_it(office: Office) -> None:
    await _chats(office, "telegram:1", "telegram:2")
    progress = await office.taps(await office.says("/broadcast 停机维护"), "发送")
    for item, state in zip(await _claimed(office), ("sent", "skipped", "sent"), strict=True):
        await office.store.begin(item, now=office.now)
        await office.store.settle(item, Settlement(state, office.now, "blocked"))  # type: ignore[arg-type]
    report = await office.taps(progress, "刷新")
    assert headline(report) == "发送完毕，共 3 个聊天。"
    assert "已送达 2" in text_of(report)
    assert "未发（已屏蔽、注销或被拒）1" in text_of(report)
    assert report.buttons == ()


async def test_the_text_can_follow_the_command(office: Office) -> None:
    await _chats(office, "telegram:1")
    assert "请发送通知" in headline(await office.says("/broadcast"))
    preview = await office.says("停机维护")
    assert "停机维护" in text_of(preview)
    assert "没有发送" in headline(await office.taps(preview, "不发了"))
    assert await _claimed(office) == []


async def test_a_text_too_long_for_one_message_is_refused(office: Office) -> None:
    assert "太长" in headline(await office.says("/broadcast " + "长" * 3501))
    assert "将发给" in headline(await office.says("长" * 3500))


async def test_blocked_chats_are_not_counted(office: Office) -> None:
    await _chats(office, "telegram:1", "telegram:2")
    await office.store.contact_state("telegram:2", "blocked")
    assert "将发给 2 个聊天" in headline(await office.says("/broadcast 停机"))

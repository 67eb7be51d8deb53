"""A web channel over a real store, with a scripted assistant instead of the law and a few lines instead
of the dispatcher."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.web.notifier import Notifier
from bot.channels.web.sender import WebSender
from bot.channels.web.server import create_web
from bot.channels.web.stream import Pace
from bot.messages import (
    Bullets,
    Button,
    Clause,
    Incoming,
    Intent,
    Reply,
    Text,
    Timeline,
    TimelineRow,
    VerdictCard,
    VerdictRow,
)
from bot.wire import pack, unpack
from storage.opening import open_store
from storage.records import NewDelivery
from storage.store import Settlement, Store

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
QUICK = Pace(poll=0.02, beat=0.2)
Script = Callable[[Incoming], Reply]
Clock = Callable[[], datetime]


def echo(incoming: Incoming) -> Reply:
    """Says what it was told, with two buttons."""
    said = incoming.text or incoming.tap or (incoming.file.name if incoming.file else "")
    return Reply(
        Intent.HELP, (Text(f"Heard: {said}", "headline"),), (Button("More", "more"), Button("Done", "done:1"))
    )


class ScriptedAssistant:
    """Answers by a script; effects go through the store as the real one's do."""

    def __init__(self, store: Store, script: Script) -> None:
        self.store = store
        self.script = script
        self.heard: list[Incoming] = []

    async def respond(self, incoming: Incoming) -> Reply:
        async with self.store.talk(incoming.chat, at=incoming.at, update=incoming.update) as talk:
            reply = self.script(incoming)
            talk.erase = reply.intent is Intent.FORGET
            self.heard.append(incoming)
            talk.outbox.append(
                NewDelivery(
                    f"u{incoming.update}:0", incoming.chat, "reply", incoming.at, pack(reply), priority=0
                )
            )
        return reply


class House:
    """Everything that a browser talks to."""

    def __init__(
        self, store: Store, directory: Path, assistant: Any, clock: Clock | None, **options: Any
    ) -> None:
        self.store = store
        self.directory = directory
        self.now = NOW
        self.notifier = Notifier()
        self.assistant = assistant
        tell = clock or (lambda: self.now)
        self.sender = WebSender(store, self.notifier, clock=tell)
        self.app = create_web(
            self.assistant,
            store,
            clock=tell,
            wake=self.wake,
            notifier=self.notifier,
            uploads=directory / "uploads",
            **{"pace": QUICK, **options},
        )
        self._dispatching: set[asyncio.Task[None]] = set()

    @classmethod
    async def build(
        cls,
        directory: Path,
        *,
        make_assistant: Callable[[Store], Any] = lambda store: ScriptedAssistant(store, echo),
        clock: Clock | None = None,
        **options: Any,
    ) -> House:
        """A house over an open store in memory. ``options`` go to create_web."""
        store = open_store("sqlite:///:memory:")
        await store.open()
        return cls(store, directory, make_assistant(store), clock, **options)

    def wake(self) -> None:
        task = asyncio.get_running_loop().create_task(self.dispatch())
        self._dispatching.add(task)
        task.add_done_callback(self._dispatching.discard)

    async def dispatch(self) -> None:
        """Send what is due, as the dispatcher does."""
        at = datetime.now(UTC) + timedelta(days=365)
        while rows := await self.store.claim(
            "test", now=at, lease=timedelta(minutes=1), limit=10, channels=["web"]
        ):
            for row in rows:
                if await self.store.begin(row, now=at):
                    sent = await self.sender.send(row.chat, unpack(row.payload), delivery_id=row.id)
                    await self.store.settle(row, Settlement("sent", at, message_id=sent.message_id))

    async def settled(self) -> None:
        """Wait until nothing is being sent."""
        while self._dispatching:
            await asyncio.gather(*self._dispatching)

    async def close(self) -> None:
        self.notifier.close()
        await self.settled()
        await self.store.close()


def rich(incoming: Incoming) -> Reply:
    """A reply of every kind, chosen by what was asked."""
    text = incoming.text or incoming.tap or ""
    if "期限" in text or "名单" in text:
        return dates()
    if "够" in text:
        return verdict()
    return clause()


def clause() -> Reply:
    law = "2.提供4名以上经国家或广东省清洁生产审核师培训合格人员的证书复印件"
    return Reply(
        Intent.LOOKUP,
        (
            Text("至少 4 名，自愿和强制相同。", "headline"),
            Bullets(
                (
                    "审核师：4 名以上，国家或广东省培训合格（第十条·自行组织 2）",
                    "能力：审核人员有经验（第二十一条）",
                )
            ),
            Clause("a#1", "《细则》第十条（自行组织）第2项", law, True, "原文，可能不全", "征求意见稿"),
            Text("2018 年征求意见稿，未施行；清单引自起草说明，可能不全。", "standing"),
        ),
        (
            Button("核对我们的人", "check"),
            Button("请咨询机构要几人", "topic"),
            Button("为什么是 4 名", "why"),
        ),
    )


def verdict() -> Reply:
    rows = (
        VerdictRow("met", "相关专业大专 5 / 4", "第十条·委托 1"),
        VerdictRow("not_met", "审核师 3 / 4", "第十条·委托 2"),
        VerdictRow("unknown", "高级职称：还没说，要 1 名", "第十条·委托 4"),
        VerdictRow("not_applicable", "外部专家的高级职称证书"),
    )
    return Reply(
        Intent.CHECK,
        (
            Text("不够：审核师 3 名，要 4 名以上。", "headline"),
            VerdictCard(rows),
            Text("补 1 人（审核师）之后，还要看高级职称。", "note"),
        ),
        (
            Button("有高级职称 1 名", "set:senior:1"),
            Button("没有", "set:senior:0"),
            Button("不知道", "unknown:senior"),
        ),
    )


def dates() -> Reply:
    rows = (
        TimelineRow(date(2026, 11, 20), "2026年11月20日（周五）", "名单发布", "done"),
        TimelineRow(
            date(2026, 11, 22), "2026年11月22日（周日）", "平台注册、公布信息", "overdue", "过了 1 天"
        ),
        TimelineRow(date(2026, 11, 23), "2026年11月23日（周一）", "启动审核", "due_today", "就是今天"),
        TimelineRow(
            date(2027, 11, 20),
            "2027年11月20日（周六）",
            "完成审核报告",
            "upcoming",
            "还有 362 天",
            "2027 年放假安排未公布，是否顺延以主管部门为准，请按 20 日准备",
        ),
    )
    return Reply(
        Intent.DEADLINES,
        (
            Text("按 2026 年 11 月 20 日发布算：", "headline"),
            Timeline(rows),
            Text("依据：第十七条。", "note"),
        ),
        (Button("到期前提醒我", "subscribe"), Button("放进日历", "calendar")),
    )

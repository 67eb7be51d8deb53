"""Every verb that a button can carry: the way to it, what pressing it shows, and what nonsense gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from tests.bot.walks.walking import Drops, Presses, Says, Step, Waits


class Whose(Enum):
    """Who may press a button with effect."""

    ANYBODY = "whoever has it under a message; another chat's pressing does nothing to this one"
    MANAGERS = "in a group its administrators alone"
    OPERATORS = "operators alone"


@dataclass(frozen=True, slots=True)
class Use:
    """``way`` ends where the button is in sight; ``shows`` is part of what pressing it shows. ``wrong`` is
    the same verb with what means nothing, and ``says`` part of the answer to that. ``sent``: what is pressed
    where no message carries the verb, only other systems' calls do."""

    way: tuple[Step, ...]
    shows: str
    wrong: str
    says: str
    whose: Whose = Whose.ANYBODY
    sent: str = ""


COMPANY = Says("我们公司叫深圳甲电镀有限公司")
LISTED = Says("我们上了强制审核名单，2026年11月20日发布的")
WISHED = (COMPANY, LISTED, Says("到期前提醒我"))
REMINDED = (*WISHED, Waits(14))
FAILING = Says("咨询公司有 4 个大专、3 个审核师、4 个社保满一年、1 个高工，自愿审核够不够？")
ASKED = Says("第十七条讲什么")
STALE, GONE, NO_DAY = "已经过时", "已经找不到", "审核名单是哪天发布的"
WHICH_CHECK, WHICH_COMPANY, NO_TOPIC = "要查哪一种", "哪一家", "答不了"
SURE = "要删除您说过的全部内容"

BUTTONS: Mapping[str, Use] = {
    "clause": Use((ASKED,), "起草说明", "clause:nope#art_1", STALE),
    "topic": Use((ASKED,), "征求意见稿", "topic:nope", STALE),
    "ask": Use((ASKED,), "第十条", "ask:今天天气如何", NO_TOPIC, sent="ask:第十条讲什么"),
    "goal": Use((FAILING,), "审核师 3 / 4", "goal:nope", WHICH_CHECK),
    "check": Use((Says("/start"),), WHICH_CHECK, "check:nope", WHICH_CHECK),
    "change": Use((FAILING, Says("你记了什么")), "回到", "change:nope", STALE),
    "set": Use((Says("/check"),), "自行组织审核", "set:nope:1", STALE),
    "unknown": Use((Says("/check"), Presses("set")), "先跳过", "unknown:nope", STALE),
    "suppose": Use((FAILING,), "只是假设", "suppose:nope:9", STALE),
    "resume": Use((FAILING, Says("谢谢")), "审核师 3 / 4", "resume:nope", WHICH_CHECK),
    "dates": Use((Says("/start"),), NO_DAY, "dates:nope", NO_DAY),
    "notice": Use((LISTED, Says("通知要求12月10日前完成")), "按通知改", "notice:nope:2026-12-01", NO_DAY),
    "calendar": Use((LISTED,), "xize.ics", "calendar:nope", NO_DAY),
    "subscribe": Use((LISTED,), "到期前 30、14、7、3、1 天和当天提醒", "subscribe:nope", NO_DAY),
    "unsubscribe": Use(WISHED, "提醒都停了", "unsubscribe:nope", "没有开着的提醒", Whose.MANAGERS),
    "reminders": Use(WISHED, "还有 3 件没办", "reminders:nope", "还没有日期"),
    "done": Use(REMINDED, "已标为完成", "done:999", GONE),
    "finish": Use((LISTED, Says("/done")), "已完成", "finish:nope", "没有待办"),
    "snooze": Use(REMINDED, "再提醒", "snooze:999:1", GONE),
    "mute": Use(REMINDED, "不再提醒您", "mute:999", GONE),
    "seen": Use(REMINDED, "由您来办", "seen:999", GONE, sent="seen:{reminder}"),
    "reopen": Use((*REMINDED, Presses("done")), "又是待办", "reopen:nope", GONE),
    "listed": Use(
        (
            COMPANY,
            Says("/publish", by_operator=True),
            Drops("list.csv", by_operator=True),
            Presses("publish", by_operator=True),
        ),
        "在 2026年11月20日（周五）发布的名单里",
        "listed:nope:yes",
        GONE,
    ),
    "roster": Use((Drops("roster.csv", "代理公司，强制"),), "名册保留了（2 人）", "roster:nope", "不在手边"),
    "document": Use((LISTED, Presses("files")), "期限表.xlsx", "document:nope", "现在还没有可以导出"),
    "files": Use((LISTED,), "可以导出这些", "files:nope", "现在还没有可以导出"),
    "feed": Use((LISTED, Says("/feed")), "已停用", "feed:nope", NO_DAY, Whose.MANAGERS),
    "export": Use((LISTED, Presses("files")), "xize.json", "export:nope", "xize.json", Whose.MANAGERS),
    "settings": Use((Says("/settings"),), "提前几天提醒", "settings:hour:99", "设置没有变", Whose.MANAGERS),
    "company": Use(
        (COMPANY, Says("我们公司叫乙化工")),
        "现在说的是深圳甲电镀有限公司",
        "company:nope",
        WHICH_COMPANY,
        Whose.MANAGERS,
    ),
    "call": Use(
        (Says("深圳鹏远科技有限公司审核师4个，深圳佳禾电镀有限公司审核师3个"),),
        "现在说的是深圳鹏远科技有限公司",
        "call",
        WHICH_COMPANY,
        Whose.MANAGERS,
    ),
    "invite": Use((COMPANY, Says("/company")), "start=join_", "invite:nope", "还没有记下", Whose.MANAGERS),
    "leave": Use((COMPANY, Says("/company")), "您是最后一位", "leave:nope", WHICH_COMPANY, Whose.MANAGERS),
    "liked": Use((ASKED,), "记下了", "liked:nope", STALE),
    "disliked": Use((ASKED,), "哪里不好", "disliked:nope", STALE),
    "noted": Use((LISTED,), "名单发布：2026年11月20日", "noted:nope", "还没有记下", sent="noted"),
    "forget": Use((LISTED, Says("/company")), SURE, "forget:nope", SURE, Whose.MANAGERS),
    "confirm": Use((LISTED, Says("/forget")), "都删了", "confirm:nope", SURE, Whose.MANAGERS),
    "cancel": Use((LISTED, Says("/forget")), "没有删", "cancel:nope", "没有正在进行的事"),
    "help": Use((Says("/start"),), "可以这样问", "help:nope", "可以这样问"),
    "lang": Use((Says("/language"),), "以后用简体中文回答", "lang:nope", "用哪种语言", Whose.MANAGERS),
    "publish": Use(
        (Says("/publish", by_operator=True), Drops("list.csv", by_operator=True)),
        "已发布 list",
        "publish:yes:nope",
        STALE,
        Whose.OPERATORS,
    ),
    "stats": Use(
        (Says("/stats", by_operator=True),), "最近 1 天", "stats:nope", "最近 7 天", Whose.OPERATORS
    ),
    "unanswered": Use(
        (Says("今天几点下班"), Says("/unanswered", by_operator=True)),
        "“今天几点下班”",
        "unanswered:nope:1",
        STALE,
        Whose.OPERATORS,
    ),
    "broadcast": Use(
        (COMPANY, Says("/broadcast 大家好", by_operator=True)),
        "来自细则运营方的通知",
        "broadcast:send:nope",
        STALE,
        Whose.OPERATORS,
    ),
}

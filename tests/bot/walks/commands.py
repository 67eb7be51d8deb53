"""Every command: given rightly, given with what means nothing, and who may give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bot.walks.buttons import (
    COMPANY,
    FAILING,
    LISTED,
    NO_DAY,
    SURE,
    WHICH_CHECK,
    WISHED,
    Whose,
)
from tests.bot.walks.walking import Drops, Step, Waits


@dataclass(frozen=True, slots=True)
class Given:
    """``right`` after ``way`` shows ``shows``; ``wrong``, to somebody who has said nothing yet, ``says``."""

    way: tuple[Step, ...]
    right: str
    shows: str
    wrong: str
    says: str
    whose: Whose = Whose.ANYBODY


WELCOME, NOTHING_TO_EXPORT = "可以这样问", "现在还没有可以导出"

COMMANDS: Mapping[str, Given] = {
    "start": Given((), "/start", WELCOME, "/start nope", WELCOME),
    "help": Given((), "/help", "/cancel", "/help nope", WELCOME),
    "article": Given((), "/article 10", "第十条", "/article 99", "没有第99条"),
    "check": Given((), "/check 咨询公司 4个大专 3个审核师", "审核师 3 / 4", "/check nope", WHICH_CHECK),
    "deadlines": Given(
        (), "/deadlines 2026-11-20", "2026年12月20日", "/deadlines 2026-13-45", "没有2026-13-45这一天"
    ),
    "reminders": Given(WISHED, "/reminders", "还有 3 件没办", "/reminders nope", "还没有日期"),
    "subscribe": Given((LISTED,), "/subscribe", "当天提醒", "/subscribe nope", NO_DAY),
    "unsubscribe": Given(
        WISHED, "/unsubscribe", "提醒都停了", "/unsubscribe nope", "没有开着的提醒", Whose.MANAGERS
    ),
    "done": Given((LISTED,), "/done", "哪一项完成了", "/done nope", "没有待办"),
    "company": Given(
        (), "/company 甲电镀", "现在说的是甲电镀", "/company 有几家？", "还没有记下", Whose.MANAGERS
    ),
    "facts": Given((LISTED,), "/facts", "名单发布：2026年11月20日", "/facts nope", "还没有记下"),
    "export": Given((LISTED,), "/export", "xize.json", "/export nope", "xize.json", Whose.MANAGERS),
    "files": Given((LISTED,), "/files", "可以导出这些", "/files nope", NOTHING_TO_EXPORT),
    "roster": Given((), "/roster", "人员名册", "/roster nope", "人员名册"),
    "template": Given((), "/template", "名册模板.xlsx", "/template nope", "名册模板.xlsx"),
    "feed": Given((LISTED,), "/feed", "https://xize.test/calendar/", "/feed nope", NO_DAY, Whose.MANAGERS),
    "report": Given((FAILING,), "/report", ".docx", "/report nope", WHICH_CHECK),
    "proof": Given((*WISHED, Waits(14)), "/proof", "送达记录", "/proof nope", "没有送达记录"),
    "timeline": Given((LISTED,), "/timeline", "时间轴.png", "/timeline nope", NO_DAY),
    "spreadsheet": Given((LISTED,), "/spreadsheet", "期限表.xlsx", "/spreadsheet nope", NO_DAY),
    "forget": Given((LISTED,), "/forget", SURE, "/forget nope", SURE, Whose.MANAGERS),
    "cancel": Given((FAILING,), "/cancel", "好", "/cancel nope", "没有正在进行的事"),
    "back": Given((FAILING,), "/back", "没有可以返回的问题", "/back nope", "没有可以返回的问题"),
    "restart": Given((FAILING,), "/restart", "重新开始", "/restart nope", "重新开始"),
    "language": Given((), "/language 英文", "English", "/language nope", "用哪种语言", Whose.MANAGERS),
    "settings": Given(WISHED, "/settings 早上8点", "08:00", "/settings 25点", "设置没有变", Whose.MANAGERS),
    "publish": Given((), "/publish", "请把名单文件", "/publish nope", "请把名单文件", Whose.OPERATORS),
    "stats": Given((COMPANY,), "/stats 30", "最近 30 天", "/stats nope", "最近 7 天", Whose.OPERATORS),
    "unanswered": Given((), "/unanswered", "没有", "/unanswered nope", "没有", Whose.OPERATORS),
    "broadcast": Given(
        (COMPANY, Drops("roster.csv", "代理公司，强制")),
        "/broadcast 大家好",
        "将发给",
        "/broadcast " + "好" * 5000,
        "太长",
        Whose.OPERATORS,
    ),
}

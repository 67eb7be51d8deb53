"""How a contact wants to be reminded: shown, changed by ``settings:<what>:<value>`` or by days in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import time

from bot.messages import Bullets, Button, Intent, Reply, Text
from bot.reminders import preferences
from bot.reminders.preferences import BadPreference
from bot.skills import deadlines, wishes
from bot.skills.cues import hear
from bot.skills.describing import title
from bot.taps import Tap, button, offered
from bot.turn import Turn
from bot.understanding.dates import find_dates, settle
from knowledge.numerals import to_int
from storage.records import Contact, Deadline, Subscription

_USUAL = "usual"
_OFF = "off"
# What buttons offer. Words and the machine interface can say any other value.
_LEADS = ("30-14-7-3-1-0", "60-30-14-7-3-1-0", "14-7-3-1-0", "7-1", "1-0")
_HOURS = ("8", "9", "10", "14", "17")
_QUIET = ("22-7", "20-8", "18-9", "12-14")
_DAYS = ("work", "all")
_ZONES = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Tokyo", "Asia/Singapore", "Europe/London", "Europe/Berlin",
    "America/New_York", "America/Los_Angeles",
)  # fmt: skip
_VERB = "settings"
# Words that change a setting (``cue_words``) -> the setting and its value.
_SAID: Mapping[str, tuple[str, str]] = {
    "only_workdays": ("days", "work"),
    "every_day": ("days", "all"),
    "pause": ("pause", "yes"),
    "unpause": ("resume", "yes"),
    "quiet": ("quiet", ""),
    "as_usual": ("leads", _USUAL),
    "hour": ("hour", ""),
}
_HOUR = re.compile(
    r"(?P<part>早上|上午|早|凌晨|中午|下午|晚上|晚|夜里|傍晚)?"
    r"(?P<hour>\d{1,2}|[一二三四五六七八九十]{1,3})(?:点(?P<and>半)?|[:：](?P<minute>[0-5]\d))"
    r"|(?:at|from|to|until|till|-) ?(?P<at>\d{1,2})(?::(?P<past>[0-5]\d))? ?(?P<half>am|pm)?"
)
_NO_MORE = re.compile("取消|关掉|关闭|不要免|不用免|去掉|no quiet|turn off|cancel")
_BOUND = re.compile("点(?:半|钟)?(?:之|以|过)?([前后])")
_EVENING, _MORNING = "22", "8"  # where quiet hours begin and end, if only the other end is said
_TWELVE = 12
_NIGHT = ("晚上", "晚", "夜里", "凌晨", "am")  # when twelve is midnight
_LATE = ("下午", "晚上", "晚", "夜里", "傍晚", "pm")


def answer(turn: Turn) -> Reply:
    """Show the settings, offer the values of one, or set one."""
    what, value, key = (*(turn.tap.arguments if turn.tap is not None else ()), "", "", "")[:3]
    if turn.tap is None and turn.read.leads:
        what, value, key = "leads", "-".join(map(str, turn.read.leads)), turn.read.deadline or ""
    elif turn.tap is None and turn.read.argument:
        what, value = said(turn) or ("", "")
    if what not in _CHOICES:
        return _shown(turn, turn.say.say("settings.headline"))
    if not value:
        return _offer(turn, what, key)
    begins = turn.subscription is None and what == "leads" and turn.tap is None
    try:
        done = _CHOICES[what](turn, value, key)
    except BadPreference:
        return _shown(turn, turn.say.say("settings.unknown"))
    reply = _shown(turn, done)
    # 报告那个期限提醒我，提前7天: asking for days is asking for reminders
    return replace(reply, intent=Intent.SUBSCRIBE) if begins else reply


def said(turn: Turn) -> tuple[str, str] | None:
    """A setting and its value, changed in words: 周末别提醒, 每天下午三点提醒."""
    heard = hear(turn.read.text)
    named = next((setting for cue, setting in _SAID.items() if cue in heard), None)
    behind = turn.read.argument if turn.read.command == _VERB else ""
    if named is None and behind:
        named = ("hour", "")
    if named is None or named[1]:
        return named
    if named[0] == "hour" and _just_once(turn):
        return None
    hours = [_clock_said(found) for found in _HOUR.finditer((behind or turn.read.text).lower())]
    if named[0] == "quiet":
        return _quiet_said(turn.read.text, hours)
    return ("hour", hours[0]) if hours else None


def _just_once(turn: Turn) -> bool:
    """明天上午十点提醒我: a day ahead beside the hour asks for one reminder, not for all at that hour."""
    days = (settle(one, turn.today, "future").first for one in find_dates(turn.read.text, turn.today)[0])
    return "every_time" not in hear(turn.read.text) and any(day and day > turn.today for day in days)


def _quiet_said(text: str, hours: list[str]) -> tuple[str, str] | None:
    """免打扰改成晚上九点到早上七点半; 晚上九点以后别发, until the morning; 取消免打扰; without hours, they
    are asked for."""
    if len(hours) > 1:
        return "quiet", "-".join(hours[:2])
    if hours and (bound := _BOUND.search(text)):
        return "quiet", f"{hours[0]}-{_MORNING}" if bound[1] == "后" else f"{_EVENING}-{hours[0]}"
    return "quiet", _OFF if _NO_MORE.search(text.lower()) else ""


def names_one(turn: Turn) -> bool:
    """Whether the words say that it is about reminders, though none is in play."""
    return not {"quiet", "reminding"}.isdisjoint(hear(turn.read.text).cues)


def show(turn: Turn) -> Reply:
    """现在是怎么设的: the settings as they are."""
    return _shown(turn, turn.say.say("settings.headline"))


def by_words(turn: Turn) -> Reply:
    """Set what the words ask for, as its button does."""
    turn.tap = Tap(_VERB, said(turn) or ())
    wished = [item for item in turn.read.intents if item.intent is Intent.SUBSCRIBE]
    if wished and turn.subscription is None and turn.deadlines and turn.company is not None:
        wishes.begin(turn, turn.company)  # 提醒我，早上八点半发
    return answer(turn)


def _clock_said(found: re.Match[str]) -> str:
    """An hour in words as buttons carry it: 晚上九点半 -> 21.30."""
    hour = to_int(found["hour"] or found["at"]) or 0
    part = found["part"] or found["half"] or ""
    if hour == _TWELVE:
        hour = 0 if part in _NIGHT else hour
    elif part in _LATE and hour < _TWELVE:
        hour += _TWELVE
    return f"{hour}.{found['minute'] or found['past'] or (30 if found['and'] else 0)}"


def for_each(turn: Turn, own: Sequence[tuple[str, Sequence[int]]]) -> Reply:
    """注册提前三天，报告提前一个月: days of its own for each deadline named."""
    said = [_set_leads(turn, "-".join(map(str, leads)), key) for key, leads in own]
    return _shown(turn, " ".join(said))


# --- setting one ---------------------------------------------------------------------------------


def _set_leads(turn: Turn, value: str, key: str) -> str:
    deadlines.keep(turn, deadlines.compute(turn))
    days = () if value == _USUAL else tuple(_number(part) for part in value.split("-"))
    deadline = _deadline(turn, key)
    wish = preferences.choose_leads(turn.talk, turn.ensure_company().id, days, deadline=deadline)
    called = title(turn, deadline) if deadline is not None else ""
    return turn.say.say("settings.leads_set", leads=_days_before(turn, wish), title=called)


def _set_hour(turn: Turn, value: str, _: str) -> str:
    preferences.choose_hour(turn.talk, _hour(value))
    return turn.say.say("settings.hour_set", hour=_clock(turn.talk.contact.preferred))


def _set_quiet(turn: Turn, value: str, _: str) -> str:
    start, _, end = value.partition("-")
    hours = (None, None) if value == _OFF else (_hour(start), _hour(end))
    preferences.choose_quiet(turn.talk, *hours)
    return turn.say.say("settings.quiet_set", quiet=_quiet(turn.talk.contact))


def _set_days(turn: Turn, value: str, _: str) -> str:
    if value not in _DAYS:
        raise BadPreference(value)
    preferences.choose_days(turn.talk, working_days_only=value == "work")
    return turn.say.say(f"settings.days_set_{value}")


def _set_zone(turn: Turn, value: str, _: str) -> str:
    preferences.choose_zone(turn.talk, value)
    return turn.say.say("settings.zone_set", zone=value)


def _pause(turn: Turn, *_: str) -> str:
    preferences.pause(turn.talk)
    return turn.say.say("settings.paused")


def _resume(turn: Turn, *_: str) -> str:
    preferences.resume(turn.talk)
    return turn.say.say("settings.resumed")


_CHOICES: Mapping[str, Callable[[Turn, str, str], str]] = {
    "leads": _set_leads,
    "hour": _set_hour,
    "quiet": _set_quiet,
    "days": _set_days,
    "zone": _set_zone,
    "pause": _pause,
    "resume": _resume,
}
_OFFERED = {
    "leads": (_USUAL, *_LEADS),
    "hour": _HOURS,
    "quiet": (*_QUIET, _OFF),
    "days": _DAYS,
    "zone": _ZONES,
    "pause": ("yes",),
    "resume": ("yes",),
}


# --- showing -------------------------------------------------------------------------------------


def _offer(turn: Turn, what: str, key: str) -> Reply:
    """The values of one setting as buttons; days before also for each open deadline."""
    rest = (key,) if key else ()
    buttons = [button(_label(turn, what, value), _VERB, what, value, *rest) for value in _OFFERED[what]]
    if what == "leads" and not key:
        buttons += [
            button(turn.say.say("settings.for_one", title=title(turn, item)), _VERB, what, "", item.key)
            for item in turn.deadlines
            if item.state == "open"
        ]
    return Reply(
        Intent.REMINDERS,
        (Text(turn.say.say(f"settings.ask_{what}"), "headline"),),
        offered(*buttons, button(turn.say.say("settings.button.back"), _VERB)),
    )


def _shown(turn: Turn, headline: str) -> Reply:
    contact, say = turn.talk.contact, turn.say
    lines = [
        _how_far_before(turn),
        *(say.say("settings.leads_of", title=title, leads=leads) for title, leads in _own_leads(turn)),
        say.say("settings.hour", hour=_clock(contact.preferred)),
        say.say("settings.quiet", quiet=_quiet(contact)),
        say.say("settings.days_work" if contact.working_days_only else "settings.days_all"),
        say.say("settings.zone", zone=contact.timezone),
    ]
    if contact.state == "paused":
        lines.append(say.say("settings.is_paused"))
    return Reply(Intent.REMINDERS, (Text(headline, "headline"), Bullets(tuple(lines))), _buttons(turn))


def _how_far_before(turn: Turn) -> str:
    """On which days before, or that there are no reminders of the company in play."""
    if turn.subscription is None and turn.deadlines:
        return turn.say.say("settings.off", own=bool(_own_leads(turn)))
    return turn.say.say("settings.leads", leads=_days_before(turn, turn.subscription))


def _buttons(turn: Turn) -> tuple[Button, ...]:
    state = "resume" if turn.talk.contact.state == "paused" else "pause"
    names = ("leads", "hour", "quiet", "days", "zone")
    return offered(
        *(button(turn.say.say(f"settings.button.{name}"), _VERB, name) for name in names),
        button(turn.say.say(f"settings.button.{state}"), _VERB, state, "yes"),
        button(turn.say.say("button.reminders"), "reminders"),
    )


def _label(turn: Turn, what: str, value: str) -> str:
    if value in (_USUAL, _OFF, *_DAYS, "yes"):
        return turn.say.say(f"settings.value.{value}")
    if what == "leads":
        return turn.say.say("settings.value.leads", leads=value.split("-"))
    if what == "zone":
        return value
    return "–".join(_clock(_hour(part)) for part in value.split("-"))


def _own_leads(turn: Turn) -> list[tuple[str, str]]:
    """Deadlines with days of their own."""
    wishes = [wish for wish in turn.talk.subscriptions.values() if wish.contact_id == turn.talk.contact.id]
    own = {wish.scope_id: wish for wish in wishes if wish.scope == "deadline" and wish.leads}
    return [
        (title(turn, item), _days_before(turn, own[item.id])) for item in turn.deadlines if item.id in own
    ]


def _days_before(turn: Turn, wish: Subscription | None) -> str:
    leads = (wish.leads if wish is not None else None) or turn.sources.leads
    return turn.say.say("settings.value.leads", leads=leads)


def _deadline(turn: Turn, key: str) -> Deadline | None:
    if not key:
        return None
    found = next((item for item in turn.deadlines if item.key == key and item.state == "open"), None)
    if found is None:
        raise BadPreference(key)
    return found


def _quiet(contact: Contact) -> str:
    start, end = contact.quiet_from, contact.quiet_to
    return f"{_clock(start)}–{_clock(end)}" if start is not None and end is not None else ""


def _clock(hour: time) -> str:
    return f"{hour:%H:%M}"


def _hour(text: str) -> time:
    hours, _, minutes = text.partition(".")
    try:
        return time(_number(hours), _number(minutes or "0"))
    except ValueError as error:
        raise BadPreference(text) from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise BadPreference(text)
    return int(text)

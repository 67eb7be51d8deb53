"""What a reminder says, put into words at the moment of sending, with the days that are truly left."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from bot.messages import TAP_LIMIT, Block, Button, Intent, Language, Reply, Text, Timeline, TimelineRow
from bot.phrases import Phrases, language_of, phrases
from bot.reminders.policy import NEAR_LEAD
from bot.zones import local_day
from knowledge.model import Citation
from storage.records import Deadline, Delivery
from storage.store import Subject

log = logging.getLogger(__name__)

_DIGEST_BUTTONS = 5
_SNOOZES = (("tomorrow", "1"), ("three_days", "3"), ("work", "work"))


@dataclass(frozen=True, slots=True)
class DeadlineWords:
    """What the rulebook and the library say of a deadline, in the contact's language."""

    title: str
    action: str = ""  # what to do now
    trigger: str = ""  # 名单 11 月 20 日发布
    rest_day: str = ""  # whether the day moves off a rest day, in full sentences
    clause: str = ""  # label of the clause behind it
    clause_tap: str = ""  # what its button carries
    standing: str = ""  # the instrument's line of standing
    effective: date | None = None  # the day after moving off a rest day, where it is known
    citations: tuple[Citation, ...] = field(default=())


class Describe(Protocol):
    """Where the words about a deadline come from."""

    def __call__(self, deadline: Deadline, on: date, language: Language) -> DeadlineWords:
        """What to say of a deadline on a day."""


@dataclass(frozen=True, slots=True)
class Item:
    """A delivery and what it is about."""

    delivery: Delivery
    subject: Subject


class Composer:
    """Puts reminders into words."""

    def __init__(self, describe: Describe) -> None:
        self._describe = describe

    def compose(self, items: Sequence[Item], now: datetime) -> Reply:
        """One message about one chat's items: a reminder, or a digest of several."""
        contact = items[0].subject.contact
        language = language_of(contact.language)
        say, today = phrases(language), local_day(contact, now)
        said = [
            _Said(item, self._words(item.subject.deadline, today, language), today, say) for item in items
        ]
        said.sort(key=lambda one: (one.due, one.item.delivery.id))
        kinds = {item.delivery.kind for item in items}
        if kinds == {"notice"}:
            return _notice(said, say, language)
        return _single(said[0], say, language) if len(said) == 1 else _digest(said, say, language)

    def _words(self, deadline: Deadline, on: date, language: Language) -> DeadlineWords:
        """The words about a deadline. Where today's rules have none, its stored title has to do."""
        try:
            return self._describe(deadline, on, language)
        except Exception:
            log.exception("no words for the deadline %s, reminding of its title alone", deadline.id)
            return DeadlineWords(deadline.title)


@dataclass(frozen=True, slots=True)
class _Said:
    """An item with its words."""

    item: Item
    words: DeadlineWords
    today: date
    say: Phrases

    @property
    def due(self) -> date:
        return self.item.subject.deadline.due

    @property
    def days_left(self) -> int:
        return (self.due - self.today).days

    @property
    def day(self) -> str:
        return say_day(self.say, self.due)

    @property
    def remaining(self) -> str:
        effective = self.words.effective
        if effective is not None and self.due < self.today <= effective:
            left = (effective - self.today).days
            return self.say.say("reminder.remaining.postponed", days=-self.days_left, left=left)
        return _remaining(self.say, self.days_left)

    @property
    def status(self) -> Literal["upcoming", "due_today", "overdue"]:
        return "upcoming" if self.days_left > 0 else "due_today" if self.days_left == 0 else "overdue"


def say_day(say: Phrases, day: date) -> str:
    """2026年12月20日（周日）."""
    weekday = say.say(f"weekday.{day.isoweekday()}")
    return say.say("day", year=day.year, month=day.month, day=day.day, weekday=weekday, iso=day.isoformat())


def _remaining(say: Phrases, days: int) -> str:
    name = "overdue" if days < 0 else {0: "today", 1: "tomorrow"}.get(days, "days")
    return say.say(f"reminder.remaining.{name}", days=abs(days))


def _single(said: _Said, say: Phrases, language: Language) -> Reply:
    words, delivery = said.words, said.item.delivery
    headline = "reminder.late" if said.days_left < 0 else "reminder.headline"
    about = say.say("reminder.about", company=said.item.subject.company.name, trigger=words.trigger)
    texts = [
        Text(say.say(headline, remaining=said.remaining, title=words.title, day=said.day), "headline"),
        Text(_escalated(said, say), "note"),
        Text(about),
        Text(say.say("reminder.action", action=words.action) if words.action else ""),
        Text(words.rest_day, "note"),
        Text(say.say("reminder.basis", clause=words.clause) if words.clause else "", "note"),
        Text(words.standing, "standing"),
    ]
    buttons = [Button(say.say("reminder.button.done"), f"done:{delivery.id}")]
    if is_near(delivery):
        buttons.append(Button(say.say("reminder.button.seen"), f"seen:{delivery.id}"))
    buttons += [
        Button(say.say(f"reminder.button.{label}"), f"snooze:{delivery.id}:{length}")
        for label, length in _SNOOZES
    ]
    buttons.append(Button(say.say("reminder.button.mute"), f"mute:{delivery.id}"))
    buttons.append(Button(say.say("reminder.button.calendar"), f"calendar:{delivery.id}"))
    if words.clause_tap and len(words.clause_tap.encode()) <= TAP_LIMIT:
        buttons.append(Button(say.say("reminder.button.clause"), words.clause_tap))
    return _reply([said], texts, buttons, say, language)


def _digest(said: list[_Said], say: Phrases, language: Language) -> Reply:
    overdue = sum(one.days_left < 0 for one in said)
    headline = "reminder.digest.late" if overdue else "reminder.digest.headline"
    several = len({one.item.subject.company.id for one in said}) > 1
    rows = tuple(
        TimelineRow(
            one.due, one.day, _title(one, several=several), one.status, one.remaining, one.words.rest_day
        )
        for one in said
    )
    texts = [Text(say.say(headline, count=len(said), overdue=overdue, day=said[0].day), "headline")]
    if not several and said[0].item.subject.company.name:
        texts.append(Text(said[0].item.subject.company.name))
    basis = list(dict.fromkeys(one.words.clause for one in said if one.words.clause))
    why = dict.fromkeys(_escalated(one, say) for one in said)
    closing = [Text(line, "note") for line in why if line]
    closing += [Text(say.say("reminder.basis", clause=clause), "note") for clause in basis]
    closing += [Text(line, "standing") for line in dict.fromkeys(one.words.standing for one in said) if line]
    buttons = [
        Button(say.say("reminder.button.done_one", title=one.words.title), f"done:{one.item.delivery.id}")
        for one in said[:_DIGEST_BUTTONS]
    ]
    return _reply(said, [*texts, Timeline(rows), *closing], buttons, say, language)


def is_near(delivery: Delivery) -> bool:
    """Whether a reminder wants an answer, lest the next contact is told."""
    return delivery.kind == "escalation" or (delivery.lead is not None and delivery.lead <= NEAR_LEAD)


def _escalated(said: _Said, say: Phrases) -> str:
    """Why this contact is told, when it is another's turn before."""
    why = said.item.delivery.payload.get("why")
    return say.say(f"reminder.escalated.{why}") if why and said.item.delivery.kind == "escalation" else ""


def _title(said: _Said, *, several: bool) -> str:
    company = said.item.subject.company.name if several else ""
    return said.say.say("reminder.digest.title", company=company, title=said.words.title)


def _notice(said: list[_Said], say: Phrases, language: Language) -> Reply:
    """What became of deadlines: another contact settled or reopened them, or their day moved."""
    blocks: list[Block] = []
    for one in said:
        payload = one.item.delivery.payload
        about = payload.get("about", "done")
        if about == "moved":
            blocks += side_by_side(one.words.title, payload, say)
        else:
            text = say.say(f"reminder.notice.{about}", title=one.words.title, day=one.day)
            blocks.append(Text(text, "headline"))
        company = one.item.subject.company.name
        blocks += [Text(company)] if company else []
    return _reply(said, blocks, [], say, language)


def side_by_side(title: str, move: Mapping[str, Any], say: Phrases) -> list[Block]:
    """A move told: what, old and new day side by side, why. ``move`` is as ``moves.told`` gives it."""
    days = {
        name: say_day(say, date.fromisoformat(move[name])) if name in move else ""
        for name in ("was", "now", "from", "to", "computed")
    }
    key = "moved" if days["now"] else "void"
    reason = say.say(
        f"reminder.reason.{move['reason']}",
        was=days["from"],
        now=days["to"],
        computed=days["computed"],
        detail=move.get("detail", ""),
    )
    return [
        Text(say.say(f"reminder.notice.{key}", title=title), "headline"),
        Text(say.say(f"reminder.notice.{key}_days", was=days["was"], now=days["now"])),
        Text(reason, "note"),
    ]


def _reply(
    said: Sequence[_Said],
    blocks: Sequence[Block],
    buttons: Sequence[Button],
    say: Phrases,
    language: Language,
) -> Reply:
    shown = [block for block in blocks if not isinstance(block, Text) or block.text]
    if any(one.item.delivery.repeat_of is not None for one in said):
        shown.insert(0, Text(say.say("reminder.repeated"), "note"))
    citations = dict.fromkeys(citation for one in said for citation in one.words.citations)
    return Reply(
        intent=Intent.REMINDERS,
        blocks=tuple(shown),
        buttons=tuple(buttons),
        citations=tuple(citations),
        language=language,
    )

"""All the companies of a contact at once: what comes next for each, most urgent first; reminders of all."""

from __future__ import annotations

from collections.abc import Iterator

from bot.messages import Block, Bullets, Button, Intent, Reply, Text
from bot.reminders import taps
from bot.skills import deadlines, judged, wishes
from bot.skills.cues import hear
from bot.skills.describing import title
from bot.skills.showing import day, known_as
from bot.taps import button, offered
from bot.turn import Turn
from bot.understanding.company import in_short
from storage.records import Company, Deadline

BUTTONS = 6
SHOWN = 20  # companies in one reply
_ALL = "all"  # what a button carries that is about every company


def several(turn: Turn) -> bool:
    """Whether the contact has more than one company."""
    return len(named(turn)) > 1


def named(turn: Turn) -> list[Company]:
    """The contact's companies, the most urgent first; those without dates last."""
    held = {item.company_id for item in turn.talk.deadlines.values()}
    known = [item for item in turn.talk.companies.values() if item.name or item.id in held]
    return sorted(known, key=lambda item: _urgency(turn, item))


def answer(turn: Turn) -> Reply:
    """What comes next for each company, the most urgent first, and whether reminders are on."""
    cues, companies = hear(turn.read.text).cues, named(turn)
    about = Intent.REMINDERS if "reminding" in cues else Intent.DEADLINES
    return Reply(
        Intent.COMPANY if "companies" in cues else about,
        (Text(_headline(turn, companies), "headline"), *_lines(turn, companies)),
        _steps(turn, companies),
    )


def enrolled(turn: Turn) -> Reply:
    """Several companies were named in a row: they are held, each with what was told of all."""
    held = [one for name in turn.read.row for one in turn.talk.companies.values() if one.name == name]
    first = turn.say.say("portfolio.enrolled", names=[one.name for one in held])
    blocks: list[Block] = [Text(first, "headline")]
    if turn.understood:
        blocks += _lines(turn, held)
    else:
        blocks.append(Text(turn.say.say("portfolio.tell", name=held[0].name)))
    schedule = deadlines.compute(turn)
    return Reply(
        Intent.COMPANY,
        tuple(blocks),
        _steps(turn, held),
        citations=turn.cite(schedule.citations),
        schedule=schedule,
    )


def subscribe(turn: Turn) -> Reply:
    """Remind of all the companies that have dates; those without are named."""
    companies = named(turn)
    dated = [one for one in companies if _open(turn, one)]
    for one in dated:
        wishes.begin(turn, one)
    if not dated:
        return Reply(
            Intent.SUBSCRIBE, (Text(turn.say.say("portfolio.no_dates"), "headline"),), _steps(turn, companies)
        )
    leads = turn.read.leads or turn.sources.leads
    said = turn.say.say(
        "portfolio.subscribed", count=len(dated), when=turn.say.say("subscribe.done", leads=leads)
    )
    return Reply(
        Intent.SUBSCRIBE,
        (Text(said, "headline"), *_lines(turn, companies)),
        offered(
            button(turn.say.say("button.settings"), "settings"),
            button(turn.say.say("portfolio.unsubscribe"), "unsubscribe", _ALL),
        ),
    )


def unsubscribe(turn: Turn) -> Reply:
    """End the reminders of all companies."""
    ended = [known_as(turn, one) for one in named(turn) if wishes.end(turn, one)]
    key = "portfolio.unsubscribed" if ended else "unsubscribe.none"
    return Reply(
        Intent.UNSUBSCRIBE,
        (Text(turn.say.say(key, names=ended), "headline"),),
        offered(button(turn.say.say("portfolio.subscribe"), "subscribe", _ALL) if ended else None),
    )


def finish(turn: Turn, keys: set[str]) -> Reply:
    """两家的注册都弄好了: settled for each company that has it open."""
    known = {one.id for one in named(turn)}
    done = [
        item
        for item in turn.talk.deadlines.values()
        if item.company_id in known and item.key in keys and item.state == "open"
    ]
    for item in done:
        taps.settle(turn.talk, item, at=turn.now)
    companies = named(turn)
    titles = tuple(dict.fromkeys(title(turn, item) for item in done))
    said = turn.say.say("done.one", titles=titles) if done else turn.say.say("done.none")
    return Reply(Intent.DONE, (Text(said, "headline"), *_lines(turn, companies)), _steps(turn, companies))


def asked_of(turn: Turn) -> list[Company]:
    """锐丰和博远差几天: the companies that a question names, where it names several."""
    if not turn.read.question or turn.understood:
        return []
    words = (turn.incoming.text or "").lower()
    meant = [one for one in named(turn) if one.name and in_short(one.name) in words]
    return meant if len(meant) > 1 else []


def side_by_side(turn: Turn) -> Reply:
    """The date asked about, or the one that comes next, of each company that the question names."""
    meant, key = asked_of(turn), turn.read.deadline
    lines = tuple(line(turn, one, key) for one in meant)
    return Reply(Intent.DEADLINES, (Bullets(lines),), _steps(turn, meant))


def of_all(turn: Turn) -> bool:
    """Whether a button or the words are about the reminders of all companies."""
    cues = hear(turn.read.text).cues
    tapped = turn.tap is not None and turn.tap.argument == _ALL
    return tapped or (several(turn) and not turn.read.company and bool({"everyone", "stop_all"} & cues))


def others(turn: Turn) -> list[Block]:
    """A line for each company but the one in play, under what is said of that one."""
    rest = [one for one in named(turn) if one != turn.company and _open(turn, one)]
    return _lines(turn, rest, turn.say.say("portfolio.others")) if rest else []


def _lines(turn: Turn, companies: list[Company], heading: str = "") -> list[Block]:
    blocks: list[Block] = [Bullets(tuple(line(turn, one) for one in companies[:SHOWN]), heading)]
    more = len(companies) - SHOWN
    return [*blocks, Text(turn.say.say("portfolio.more", count=more), "note")] if more > 0 else blocks


def line(turn: Turn, company: Company, key: str | None = None) -> str:
    """A company with the date that comes next, or that of ``key``, and whether reminders are on."""
    name, ahead = known_as(turn, company), _open(turn, company)
    ahead = [item for item in ahead if item.key == key] or ahead
    if not ahead:
        if (result := judged.of(turn, company)) is not None:
            return judged.line(turn, company, result)
        held = any(item.company_id == company.id for item in turn.talk.deadlines.values())
        return turn.say.say("portfolio.none_open" if held else "portfolio.undated", name=name)
    first = ahead[0]
    return turn.say.say(
        "portfolio.line",
        name=name,
        title=title(turn, first),
        day=day(turn, first.due),
        left=left(turn, first),
        on=wishes.of(turn, company) is not None,
    )


def left(turn: Turn, deadline: Deadline) -> str:
    """还有 7 天, 就是今天, 已过 3 天."""
    days = (deadline.due - turn.today).days
    key = "upcoming" if days > 0 else "overdue" if days else "due_today"
    return turn.say.say(f"remaining.{key}", days=abs(days))


def _headline(turn: Turn, companies: list[Company]) -> str:
    late = [one for one in companies if (ahead := _open(turn, one)) and ahead[0].due < turn.today]
    ahead = _open(turn, companies[0])
    if not ahead:
        return turn.say.say("portfolio.count", count=len(companies))
    first = ahead[0]
    return turn.say.say(
        "portfolio.headline",
        count=len(companies),
        late=[known_as(turn, one) for one in late],
        name=known_as(turn, companies[0]),
        title=title(turn, first),
        day=day(turn, first.due),
        left=left(turn, first),
    )


def _steps(turn: Turn, companies: list[Company]) -> tuple[Button, ...]:
    """Each company a tap away; reminders of all where some have none."""
    off = any(_open(turn, one) and wishes.of(turn, one) is None for one in companies)
    to_each: Iterator[Button | None] = (
        button(known_as(turn, one), "company", one.id) for one in companies[:BUTTONS]
    )
    return offered(*to_each, button(turn.say.say("portfolio.subscribe"), "subscribe", _ALL) if off else None)


def _open(turn: Turn, company: Company) -> list[Deadline]:
    """A company's open deadlines, soonest first."""
    held = (item for item in turn.talk.deadlines.values() if item.company_id == company.id)
    return sorted((item for item in held if item.state == "open"), key=lambda item: item.due)


def _urgency(turn: Turn, company: Company) -> tuple[bool, int]:
    ahead = _open(turn, company)
    return (not ahead, ahead[0].due.toordinal() if ahead else 0)

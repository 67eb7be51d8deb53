"""/stats: how the assistant is used, and what waits to be sent."""

from __future__ import annotations

from datetime import timedelta

from bot.messages import Bullets, Reply
from bot.skills.operators.visit import Visit
from bot.taps import button, offered

_DAYS = (1, 7, 30)
_USUAL = 7


async def show(visit: Visit) -> Reply:
    """The numbers of some days: ``stats:<days>``."""
    asked = visit.argument(0)
    days = int(asked) if asked in map(str, _DAYS) else _USUAL
    numbers = await visit.store.stats(since=visit.now - timedelta(days=days))
    queue = await visit.store.queue(now=visit.now)
    await visit.note("stats.read", f"{days} days")
    say, oldest = visit.say.say, queue["oldest_due"]
    use = tuple(say(f"operators.stats.{name}", count=count) for name, count in sorted(numbers.items()))
    states = [
        say("operators.stats.state", state=state, count=count)
        for state, count in sorted(queue["states"].items())
    ]
    waiting = (
        say("operators.stats.due", count=queue["due"], oldest=visit.local(oldest) if oldest else ""),
        say("operators.stats.ahead", count=queue["next_24_hours"]),
        *states,
    )
    return visit.reply(
        "stats.headline",
        Bullets(use, say("operators.stats.use")),
        Bullets(waiting, say("operators.stats.queue")),
        buttons=offered(
            *(button(say("operators.stats.days", count=one), "stats", str(one)) for one in _DAYS)
        ),
        days=days,
    )

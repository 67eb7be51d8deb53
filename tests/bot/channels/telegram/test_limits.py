"""Whatever is to be said, Telegram's limits hold: 4,096 units a message, 64 bytes a button, 100 buttons.
The fake refuses as the real one would, and here nothing is refused."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.building import build_telegram
from bot.channels.telegram.sender import TelegramSender
from bot.messages import (
    TAP_LIMIT,
    Bullets,
    Button,
    Clause,
    Intent,
    Place,
    Reply,
    Text,
    VerdictCard,
    VerdictRow,
)
from bot.reminders.sending import Ending
from bot.taps import button, offered
from tests.bot.channels.telegram.test_sender import Notes
from tests.fakes.telegram import FakeTelegram

_LETTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&\"'。\n 😀深𠮷")
_WORDS = st.text(_LETTERS, max_size=120)
_LONG = st.builds(lambda words, times: words * times, _WORDS, st.integers(1, 60))
_ROLE = st.sampled_from(["headline", "body", "note", "standing"])
_OUTCOME = st.sampled_from(["met", "not_met", "unknown", "not_applicable"])

_BLOCK = st.one_of(
    st.builds(Text, _LONG, _ROLE),
    st.builds(Bullets, st.lists(_WORDS, max_size=30).map(tuple), _WORDS),
    st.builds(Clause, _WORDS, _WORDS, _LONG, st.booleans(), _WORDS, _WORDS, _WORDS),
    st.builds(VerdictCard, st.lists(st.builds(VerdictRow, _OUTCOME, _WORDS, _WORDS), max_size=9).map(tuple)),
)
_BUTTON = st.builds(Button, _WORDS, st.text(_LETTERS, max_size=80))


@settings(max_examples=60, deadline=None)
@given(
    blocks=st.lists(_BLOCK, min_size=1, max_size=6),
    buttons=st.lists(_BUTTON, max_size=120),
    replaces=st.booleans(),
)
async def test_nothing_that_is_sent_is_refused(
    blocks: list[object], buttons: list[Button], *, replaces: bool
) -> None:
    world = FakeTelegram()
    ann = world.user(1)
    bot = build_telegram(world.token, request=world.request, updates_request=world.request)
    sender = TelegramSender(bot, Notes())
    first = await sender.send("telegram:1", Reply(Intent.HELP, (Text("页"),)), delivery_id=1)
    place = Place(replaces=int(first.message_id or 0)) if replaces else None
    answer = Reply(Intent.LOOKUP, (Text("答", "headline"), *blocks), tuple(buttons), place=place)  # type: ignore[arg-type]
    assert (await sender.send("telegram:1", answer, delivery_id=2)).ending is Ending.SENT
    assert len(ann.sees()) >= 1


@given(verb=st.text(_LETTERS, max_size=30), arguments=st.lists(_WORDS, max_size=4))
def test_a_button_that_would_not_fit_is_not_made(verb: str, arguments: list[str]) -> None:
    made = button("看", verb, *arguments)
    assert made is None or len(made.tap.encode()) <= TAP_LIMIT
    assert len(offered(made, made)) <= 1

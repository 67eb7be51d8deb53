"""Whatever a spreadsheet holds: it is read or refused in a sentence, and what is read the rulebook takes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.phrases import phrases
from bot.rosters.judging import Mark, counts, expiring, items, judge
from bot.rosters.reading import Roster, read_people, refused
from bot.rosters.rows import ROSTER
from bot.rosters.words import table
from rules_engine.intake import take
from tests.bot.rosters.house import RULES, TODAY

_NAMES = [name for names in table("columns").values() for name in names]
_CELLS = [
    "", "是", "×", "14个月", "2025-09", "99999", "-3", "本科", "国家", "高级", "环境", "0", "1e9",
    "2026-02-30", "9999-12", "二〇二五年", "½", "١٤", "=1+1", "\u200b", "张三", "A" * 500,
]  # fmt: skip
_CELL = st.one_of(st.sampled_from(_CELLS), st.text(max_size=12))
_ROW = st.lists(_CELL, min_size=1, max_size=6).map(tuple)


def _read(lines: list[tuple[int, tuple[str, ...]]]) -> Roster | None:
    """The people; None where the file was refused, which is said in words."""
    try:
        return read_people(lines, RULES, TODAY)
    except UserError as error:
        phrases("en").say(error.phrase, **error.fill)
        return None


@settings(deadline=None)
@given(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=6), st.lists(_ROW, max_size=5))
def test_any_roster_is_read_or_refused(header: list[str], rows: list[tuple[str, ...]]) -> None:
    lines = list(enumerate((tuple(header), *rows), start=1))
    people = _read(lines)
    if people is None or people.doubts:
        return
    if refused(RULES, people) is not None:
        names = ["".join(one.name.split()).casefold() for one in people.people]
        assert len(set(names)) < len(names)
        return
    judged = judge(RULES, people, items(RULES, TODAY), TODAY)
    accepted = take(RULES.facts, {ROSTER: people.records}).values[ROSTER]

    assert len(judged) == len(accepted) == len(people.people)
    assert all(isinstance(standing.mark, Mark) for one in judged for standing in one.standings.values())
    for name, count in counts(RULES, people, {}, TODAY).items():
        sure = sum(one.standings[name].mark is Mark.COUNTS for one in judged)
        assert sure == (count if isinstance(count, int) else count.get("min", 0))
    assert all(one in people.people for one in expiring(people, TODAY))

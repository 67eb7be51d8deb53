from datetime import date

from bot.messages import (
    Block,
    Bullets,
    Clause,
    Intent,
    Reply,
    Text,
    Timeline,
    TimelineRow,
    VerdictCard,
    VerdictRow,
)
from bot.rendering import render
from tests.fakes.telegram_markup import parse_html


def _shown(*blocks: Block) -> tuple[str, set[str]]:
    words, entities = parse_html(render(Reply(Intent.CHECK, blocks), "telegram.html"))
    return words, {entity["type"] for entity in entities}


def test_the_answer_stands_first_and_its_points_follow_at_once() -> None:
    words, entities = _shown(
        Text("至少 4 名。", "headline"), Bullets(("审核师", "另要")), Text("草案", "standing")
    )
    assert words == "至少 4 名。\n· 审核师\n· 另要\n\n草案"
    assert entities == {"bold", "italic"}


def test_own_words_are_set_in_quotation_marks_and_a_description_is_not() -> None:
    own, entities = _shown(Clause("x", "第十条", "提供4名以上", True, "原文", "征求意见稿"))
    assert own == "第十条（原文 · 征求意见稿）\n“提供4名以上”"
    assert "blockquote" in entities
    told, _ = _shown(Clause("x", "第十一条", "细化了要求", False, "转述", "征求意见稿", gloss="in short"))
    assert told == "第十一条（转述 · 征求意见稿）\n细化了要求\nin short"


def test_a_verdict_shows_each_line_with_its_mark() -> None:
    words, _ = _shown(
        VerdictCard(
            (
                VerdictRow("met", "大专 5 / 4", "第十条"),
                VerdictRow("not_met", "审核师 3 / 4"),
                VerdictRow("unknown", "社保"),
            )
        )
    )
    assert words == "✅ 大专 5 / 4（第十条）\n❌ 审核师 3 / 4\n❓ 社保"


def test_a_timeline_shows_day_status_and_note() -> None:
    row = TimelineRow(
        date(2026, 2, 28), "2026年2月28日（周六）", "注册", "upcoming", "还有 7 天", "周六，调休上班"
    )
    words, _ = _shown(Timeline((row, TimelineRow(date(2026, 3, 31), "2026年3月31日", "启动审核", "done"))))
    assert words == "🗓 2026年2月28日（周六）　注册（还有 7 天）\n周六，调休上班\n✅ 2026年3月31日　启动审核"


def test_titles_of_lists_stand_apart() -> None:
    assert _shown(Text("甲"), Bullets(("乙",), "丙"))[0] == "甲\n\n丙\n· 乙"

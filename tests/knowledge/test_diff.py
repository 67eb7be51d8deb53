from hypothesis import given
from hypothesis import strategies as st

from knowledge.diff import Change, Passage, compare, parsed_passages, passages_of, spans_between
from knowledge.library import Library
from knowledge.parser import parse_instrument

AUDIT = "企业自行组织审核的，应当具备4名以上审核师，并具有相应的工作经验。"
REPORT = "企业应当在名单发布之日起一年内完成审核报告，提交主管部门。"
FUND = "市政府设立专项资金，对通过验收的企业给予资助。"
FINE = "拒不审核的，由生态环境部门责令改正。"


def passages(*texts: str) -> list[Passage]:
    return [Passage(str(number), f"第{number}条", text) for number, text in enumerate(texts, 1)]


def changes(before: list[Passage], after: list[Passage]) -> list[tuple[Change, str, str]]:
    return [
        (one.change, one.before.number if one.before else "", one.after.number if one.after else "")
        for one in compare(before, after).changes
    ]


def test_an_inserted_article_moves_those_after_it() -> None:
    assert changes(passages(AUDIT, REPORT), passages(AUDIT, FUND, REPORT)) == [
        (Change.SAME, "1", "1"),
        (Change.ADDED, "", "2"),
        (Change.MOVED, "2", "3"),
    ]


def test_a_removed_article_is_shown_where_it_stood() -> None:
    assert changes(passages(AUDIT, FUND, REPORT), passages(AUDIT, REPORT)) == [
        (Change.SAME, "1", "1"),
        (Change.REMOVED, "2", ""),
        (Change.MOVED, "3", "2"),
    ]


def test_a_changed_article_shows_what_went_and_what_came() -> None:
    later = AUDIT.replace("4名", "5名")
    (change,) = compare(passages(AUDIT), passages(later)).changes
    assert change.change is Change.CHANGED
    assert [(span.kind, span.text) for span in change.spans if span.kind != "same"] == [
        ("removed", "4"),
        ("added", "5"),
    ]


def test_a_number_changes_as_a_whole() -> None:
    differing = [span.text for span in spans_between("罚款10000元", "罚款15000元") if span.kind != "same"]
    assert differing == ["10000", "15000"]


def test_an_article_both_moved_and_changed_is_found_by_its_words() -> None:
    found = changes(
        passages(AUDIT, REPORT, FUND), passages(FINE, REPORT.replace("一年", "两年"), AUDIT, FUND)
    )
    assert (Change.MOVED, "1", "3") in found
    assert (Change.CHANGED, "2", "2") in found
    assert (Change.ADDED, "", "1") in found


def test_another_subject_under_the_same_number_is_no_change_of_it() -> None:
    assert changes(passages(AUDIT), passages(FINE)) == [(Change.ADDED, "", "1"), (Change.REMOVED, "1", "")]


def test_how_a_text_is_set_is_no_change() -> None:
    assert changes(passages("甲　乙\n丙。"), passages("甲乙丙。")) == [(Change.SAME, "1", "1")]


def test_one_article_in_both_versions() -> None:
    comparison = compare(passages(AUDIT, REPORT), passages(AUDIT, FUND, REPORT))
    assert [one.change for one in comparison.of("2")] == [Change.ADDED, Change.MOVED]
    assert [one.change for one in comparison.differing] == [Change.ADDED, Change.MOVED]


def test_a_parsed_text_is_compared_with_its_items_and_headings() -> None:
    law = parse_instrument(
        "某办法\n第一条（材料）提交：\n（一）申请表；\n1.原件。\n（二）报告。\n第一条之一 乙。"
    )
    assert parsed_passages(law) == (
        Passage("1", "第一条", "材料\n提交：\n（一）申请表；\n1.原件。\n（二）报告。"),
        Passage("1-1", "第一条之一", "乙。"),
    )


def test_an_instrument_of_the_library_equals_itself() -> None:
    library = Library.load()
    for instrument in library.instruments.values():
        found = passages_of(instrument)
        assert compare(found, found).differing == ()


@given(st.text("甲乙丙丁12", max_size=30), st.text("甲乙丙丁12", max_size=30))
def test_spans_hold_both_texts_whole(before: str, after: str) -> None:
    spans = spans_between(before, after)
    assert "".join(span.text for span in spans if span.kind != "added") == before
    assert "".join(span.text for span in spans if span.kind != "removed") == after


@given(
    st.lists(st.sampled_from([AUDIT, REPORT, FUND, FINE]), max_size=6),
    st.lists(st.sampled_from([AUDIT, REPORT, FUND, FINE]), max_size=6),
)
def test_no_article_is_left_out_or_told_twice(before: list[str], after: list[str]) -> None:
    found = compare(passages(*before), passages(*after)).changes
    assert sorted(one.before.number for one in found if one.before) == [p.number for p in passages(*before)]
    assert [one.after.number for one in found if one.after] == [p.number for p in passages(*after)]


def test_an_article_that_was_deleted_in_place_is_a_change_of_it() -> None:
    before = [Passage("1", "第一条", "价格实行政府指导价。"), Passage("2", "第二条", "公布施行。")]
    after = [Passage("1", "第一条", "（删去）"), Passage("2", "第二条", "公布施行。")]
    assert [one.change for one in compare(before, after).changes] == [Change.CHANGED, Change.SAME]

from knowledge.parsing.furniture import without_furniture
from knowledge.parsing.lines import Line


def kept(*texts: str) -> tuple[list[str], tuple[str, ...]]:
    lines, left_out = without_furniture([Line(text) for text in texts])
    return [line.text for line in lines], left_out


def test_page_numbers_and_the_heads_beside_them_are_left_out_and_named() -> None:
    lines = ("某办法", "第一条 甲。", "- 1 -", "某办法", "第二条 乙。", "第 2 页 共 2 页")
    assert kept(*lines) == (["某办法", "第一条 甲。", "第二条 乙。"], ("- 1 -", "某办法", "第 2 页 共 2 页"))


def test_a_title_below_a_page_number_stays_where_it_stands_for_the_first_time() -> None:
    assert kept("某局文件", "- 1 -", "某办法", "第一条 甲。")[0] == ["某局文件", "某办法", "第一条 甲。"]


def test_a_clause_beside_a_page_number_stays_though_it_is_repeated() -> None:
    lines = ("第一条 甲。", "其他事项。", "— 1 —", "其他事项。")
    assert kept(*lines)[0] == ["第一条 甲。", "其他事项。", "其他事项。"]


def test_a_bare_number_may_be_a_cell_and_stays() -> None:
    assert kept("第一条 甲。", "3", "第二条 乙。") == (["第一条 甲。", "3", "第二条 乙。"], ())


def test_bare_numbers_that_count_like_pages_are_left_out() -> None:
    page = [f"第{sign}条 甲。" for sign in "一二三四五"]
    assert kept(*page, "1", *page, "2")[1] == ("1", "2")
    assert kept(*page, "1", "乙", "2", "丙")[1] == ()

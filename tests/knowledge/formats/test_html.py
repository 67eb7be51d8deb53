from knowledge.formats.html import read


def lines(page: str, encoding: str = "utf-8") -> list[str]:
    return read(page.encode(encoding), "a.html").text.split("\n")


def test_blocks_begin_lines_and_what_is_not_text_is_left_out() -> None:
    page = (
        "<head><title>x</title></head><h1>某办法</h1>"
        "<p>第一条&nbsp;为了<b>规范</b>\n审核。<br>前款。</p><script>var a</script>"
    )
    assert lines(page) == ["# 某办法", "第一条\u00a0为了规范审核。", "前款。"]


def test_menus_around_the_element_that_holds_the_law_are_left_out_and_said() -> None:
    page = (
        "<body><div class='top'>首页 办事大厅</div>"
        "<div id='content'><p>某办法</p><p>第一条 甲。</p><p>第二条 乙。</p></div>"
        "<div class='foot'>版权所有</div></body>"
    )
    source = read(page.encode(), "a.html")
    assert source.text.split("\n") == ["某办法", "第一条 甲。", "第二条 乙。"]
    assert "2 lines" in source.notes[0]


def test_an_element_that_holds_only_part_of_the_law_does_not_hide_the_rest() -> None:
    page = "<div class='content'><p>第一条 甲。</p></div><p>第二条 乙。</p>"
    assert lines(page) == ["第一条 甲。", "第二条 乙。"]


def test_the_declared_encoding_is_used() -> None:
    assert lines("<meta charset=gb2312><p>第一条 甲。</p>", "gb18030") == ["第一条 甲。"]


def test_cells_of_a_row_stay_on_one_line() -> None:
    assert lines("<table><tr><td>税目</td><td>税额</td></tr><tr><td>噪声</td></tr></table>") == [
        "税目\t税额",
        "噪声",
    ]


def test_unclosed_and_stray_tags_lose_no_text() -> None:
    assert lines("<div><p>第一条 甲。<p>第二条 乙。</span></div></div>尾") == [
        "第一条 甲。",
        "第二条 乙。",
        "尾",
    ]

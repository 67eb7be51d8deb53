import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import ParsedArticle
from knowledge.numerals import to_chinese
from knowledge.parser import parse_instrument


def articles(*lines: str) -> tuple[ParsedArticle, ...]:
    return parse_instrument("\n".join(("某市审核办法", *lines))).articles


def numbers(*lines: str) -> list[str]:
    return [article.number for article in articles(*lines)]


def texts(article: ParsedArticle) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


LAW = """\ufeff# 某市清洁生产办法\r
（2016年5月16日某部令第38号公布　自2016年7月1日起施行）\r
\r
目　录\r
第一章　总　则……1\r
第二章\u2002审核……3\r
附　则\r
\r
第一章　总　则\r
第一条　为了规范审核，制定本办法。\r
第二条　本办法所称审核，是指：\r
（一）调查：\r
1．物料；\r
2．能耗。\r
（二）评估。\r
前款规定的审核，由企业组织。\r
第二章\u2002审核\r
第三条　企业应当审核。\r
第三条之一　审核师应当培训合格。\r
附　则\r
第四条　自公布之日起施行。\r
某市工业和信息化局\r
2016年5月16日\r
附表：税目\r
税目一　每吨五元\r
"""


def test_a_whole_law() -> None:
    law = parse_instrument(LAW)
    assert law.title == "某市清洁生产办法"
    assert law.number == "某部令第38号"
    assert law.chapters == ("第一章 总则", "第二章 审核", "附则")
    assert [article.number for article in law.articles] == ["1", "2", "3", "3-1", "4"]
    assert law.articles[3].address == "art_3-1"
    assert law.articles[2].division == ("第二章 审核",)
    assert law.contents[0] == "目　录"
    assert law.closing == ("某市工业和信息化局", "2016年5月16日")
    assert law.annexes == ("附表：税目", "税目一　每吨五元")
    assert law.warnings == ()


def test_items_belong_to_the_paragraph_above_and_the_next_paragraph_follows_them() -> None:
    second = parse_instrument(LAW).articles[1]
    assert texts(second) == ["本办法所称审核，是指：", "前款规定的审核，由企业组织。"]
    first_item = second.paragraphs[0].items[0]
    assert (first_item.number, first_item.marker, first_item.text) == ("1", "（一）", "调查：")
    assert first_item.address == "art_2__item_1"
    assert [indent.address for indent in first_item.items] == [
        "art_2__item_1__indent_1",
        "art_2__item_1__indent_2",
    ]
    assert second.paragraphs[1].address == "art_2__para_2"


def test_two_lists_in_one_article_have_addresses_of_their_own() -> None:
    (article,) = articles("第一条", "自行组织的：", "1.甲；", "2.乙。", "委托的：", "1.丙。")
    assert [item.address for paragraph in article.paragraphs for item in paragraph.items] == [
        "art_1__para_1__item_1",
        "art_1__para_1__item_2",
        "art_1__para_2__item_1",
    ]


@pytest.mark.parametrize(
    "label",
    [
        "第十六条　甲。",
        "第16条 甲。",
        "第１６条 甲。",
        "第 十 六 条 甲。",
        "第十六條 甲。",
        "第一六条 甲。",
        "### 第十六条 甲。",
        "**第十六条** 甲。",
        "第十六条甲。",
        "第十六条：甲。",
    ],
)
def test_every_form_of_a_label(label: str) -> None:
    (article,) = articles(label)
    assert (article.number, texts(article)) == ("16", ["甲。"])


@pytest.mark.parametrize(
    "sentence",
    [
        "第一条规定的期限。",
        "第一条第二款的材料。",
        "第一条、第二条的材料。",
        "第一条之规定。",
        "第五条至第七条的材料。",
        "第五条和第七条的材料。",
        "“第二条　引用的条文。”",
        "「第二条　引用的条文。」",
        "第三章规定的期限。",
        "附件一所列的材料。",
    ],
)
def test_a_sentence_about_an_article_is_text(sentence: str) -> None:
    (article,) = articles("第一条　甲。", sentence)
    assert texts(article) == ["甲。", sentence]


def test_a_wrapped_reference_is_no_article() -> None:
    assert numbers("第一条　依照本办法", "第九条执行的，从其规定。", "第二条　乙。") == ["1", "2"]


def test_a_label_without_blank_before_a_doubtful_word_counts_if_it_is_next() -> None:
    assert numbers("第一条中小企业自愿审核。", "第二条对企业监督。") == ["1", "2"]


def test_an_amendment_keeps_the_articles_that_it_quotes_as_text() -> None:
    decision = parse_instrument(
        "关于修改《某办法》的决定\n一、将第五条修改为：\n“第五条　新的条文：\n（一）甲；\n（二）乙。”\n"
        "二、删去第六条。\n附件：对照表"
    )
    assert [article.address for article in decision.articles] == ["sec_1", "sec_2"]
    assert texts(decision.articles[0]) == ["将第五条修改为：\n“第五条　新的条文：\n（一）甲；\n（二）乙。”"]
    assert decision.annexes == ("附件：对照表",)


def test_a_lost_quotation_mark_swallows_no_article() -> None:
    assert numbers("第一条　修改为：“甲。", "第二条　乙。", "第三条　丙”。") == ["1", "2", "3"]


def test_headings_of_articles() -> None:
    found = articles(
        "第一条（目的）为了规范。",
        "第二条 【范围】企业适用。",
        "第三条 （删去）",
        "第四条 原则",
        "自愿与强制相结合。",
    )
    assert [article.heading for article in found] == ["目的", "范围", "", "原则"]
    assert [texts(article) for article in found] == [
        ["为了规范。"],
        ["企业适用。"],
        ["（删去）"],
        ["自愿与强制相结合。"],
    ]


def test_divisions_nest_and_an_article_knows_its_path() -> None:
    law = parse_instrument(
        "某法\n第一编　物权\n第一分编　通则\n第一章　一般规定\n第一节　登记\n第一条　甲。\n"
        "第二编　合同\n第一章　一般规定\n第二条　乙。"
    )
    assert law.articles[0].division == ("第一编 物权", "第一分编 通则", "第一章 一般规定", "第一节 登记")
    assert law.articles[1].division == ("第二编 合同", "第一章 一般规定")
    assert [division.address for division in law.divisions][-1] == "part_2__chp_1"
    assert law.chapters == ("第一章 一般规定", "第一章 一般规定")
    assert law.warnings == ()


def test_a_chapter_title_on_the_next_line_is_joined() -> None:
    law = parse_instrument("某办法\n第一章\n总则\n第一条\n为了规范。")
    assert law.chapters == ("第一章 总则",)
    assert texts(law.articles[0]) == ["为了规范。"]


def test_contents_without_their_heading_are_known_by_repetition() -> None:
    law = parse_instrument(
        "某办法\n第一章 总则\n第二章 审核\n第一章 总则\n第一条 甲。\n第二章 审核\n第二条 乙。"
    )
    assert law.chapters == ("第一章 总则", "第二章 审核")
    assert law.contents == ("第一章 总则", "第二章 审核")


def test_gaps_and_doubles_are_warned_of_and_never_mended() -> None:
    law = parse_instrument(
        "某办法\n第一条 甲。\n第三条 乙。\n第三条 丙。\n第二条 丁。\n第四条 （一）戊；\n（三）己。"
    )
    assert [article.number for article in law.articles] == ["1", "3", "3", "2", "4"]
    assert [article.address for article in law.articles][1:3] == ["art_3", "art_3~2"]
    assert len(law.warnings) == 5
    assert "缺第二条（2）" in law.warnings[0]
    assert "重复" in law.warnings[1]
    assert "倒退" in law.warnings[2]


def test_inserted_articles_are_no_gap() -> None:
    law = parse_instrument(
        "某法\n" + "\n".join(f"第{label} 甲。" for label in ("一条", "一条之一", "一条之二", "二条"))
    )
    assert [article.number for article in law.articles] == ["1", "1-1", "1-2", "2"]
    assert law.warnings == ()


def test_an_annex_with_articles_of_its_own_stays_an_annex() -> None:
    law = parse_instrument("某办法\n第一条 甲。\n第二条 乙。\n附件：格式条款\n第一条 丙。\n第二条 丁。")
    assert [article.number for article in law.articles] == ["1", "2"]
    assert law.annexes[0] == "附件：格式条款"


def test_an_annex_line_amid_the_articles_closes_nothing() -> None:
    assert numbers("第一条 甲。", "附件：另行公布", "第二条 乙。") == ["1", "2"]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("《深圳市审核实施细则》\n（征求意见稿）", "《深圳市审核实施细则》（征求意见稿）"),
        ("附件1\n深圳市审核实施细则", "深圳市审核实施细则"),
        ("中华人民共和国\n清洁生产促进法", "中华人民共和国清洁生产促进法"),
        (
            "某局关于印发《审核细则》的通知\n各有关单位：\n现印发给你们。\n某局\n2019年7月1日\n深圳市审核细则",
            "深圳市审核细则",
        ),
        ("某局文件\n深工信规〔2019〕9号\n深圳市审核细则", "深圳市审核细则"),
        ("审　核　细　则", "审核细则"),
    ],
)
def test_titles(lines: str, title: str) -> None:
    assert parse_instrument(f"{lines}\n第一条 甲。").title == title


def test_a_number_that_the_preamble_only_cites_is_not_the_instruments_own() -> None:
    text = "某办法\n根据《审核办法》（某部令第38号）和环发〔2010〕54号制定本办法。\n第一条 甲。"
    assert parse_instrument(text).number == ""
    assert parse_instrument(f"某办法\n深工信规〔2019〕9号\n{text}").number == "深工信规〔2019〕9号"


def test_sections_where_there_are_no_articles() -> None:
    notes = parse_instrument(
        "起草说明\n现说明如下：\n一、背景\n（一）制定背景\n近几年，出台了政策。\n（二）必要性\n一是不足。\n二、主要内容\n分为七章。"
    )
    assert [(article.address, article.number, article.heading) for article in notes.articles] == [
        ("sec_1", "1", "背景"),
        ("sec_1_1", "1.1", "制定背景"),
        ("sec_1_2", "1.2", "必要性"),
        ("sec_2", "2", "主要内容"),
    ]
    assert notes.preamble == ("现说明如下：",)


def test_items_of_a_section_that_is_a_sentence() -> None:
    decision = parse_instrument("某决定\n一、作如下修改：\n（一）甲；\n（二）乙。\n二、公布施行。")
    assert [item.address for item in decision.articles[0].paragraphs[0].items] == [
        "sec_1__item_1",
        "sec_1__item_2",
    ]


@pytest.mark.parametrize("text", ["", " \n\t\n", "今天天气不错。\n我们去吃饭。"])
def test_what_is_no_legal_text_gives_no_articles_and_says_so(text: str) -> None:
    parsed = parse_instrument(text)
    assert parsed.articles == ()
    assert parsed.warnings


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("1.5倍以上的", False),
        ("2018年的", False),
        ("一、二级企业", False),
        ("3、其他", False),
        ("（二）项目负责人", True),
        ("（二）项规定的", False),
    ],
)
def test_numbers_in_sentences_are_no_enumerators(line: str, opens: bool) -> None:
    (article,) = articles("第一条 包括：", "（一）甲。", line)
    items = [item for paragraph in article.paragraphs for item in paragraph.items]
    assert (len(items) + len(items[0].items) == 2) is opens


@given(st.text())
def test_any_string_can_be_parsed(text: str) -> None:
    assert parse_instrument(text).articles is not None


def test_many_articles_are_all_found() -> None:
    text = "某法\n" + "".join(f"第{to_chinese(n)}条　甲：\n（一）乙；\n（二）丙。\n" for n in range(1, 3001))
    law = parse_instrument(text)
    assert [int(article.number) for article in law.articles] == list(range(1, 3001))
    assert law.warnings == ()

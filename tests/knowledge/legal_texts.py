"""Law texts for the parser's properties: lines that read alike but mean different things, and whole trees."""

from __future__ import annotations

from hypothesis import strategies as st

from knowledge.model import (
    ParsedArticle,
    ParsedDivision,
    ParsedInstrument,
    ParsedItem,
    ParsedParagraph,
)
from knowledge.numerals import to_chinese

LINES = (
    *(
        "企业清洁管理办法",
        "中华人民共和国",
        "某市人民政府",
        "# 某某条例",
        "（征求意见稿）",
        "关于印发办法的通知",
    ),
    *(
        "附件2",
        "附件：申请表",
        "附件1 申请表",
        "附件一规定的材料。",
        "附则",
        "附　则",
        "总　则",
        "目录",
        "序言",
    ),
    *("第一章　总　则", "第一章", "第二章 审核", "第二章 审核……12", "第三章规定的期限。", "第三章事项"),
    *("第一节 一般规定", "第一编 总则", "第一分编 通则", "第一編 總則", "第一部分 总则"),
    *(
        "第一条 为了规范申请。",
        "第一条",
        "第一条 目的",
        "第二条为了规范。",
        "第二条规定的期限",
        "第三条、第四条",
    ),
    *(
        "第二条（适用范围）企业。",
        "第三条 （删去）",
        "第三条之一 【目的】企业。",
        "第四条：事项。",
        "第四条中小企业",
    ),
    *("第５条 材料：", "第 六 条　部门", "第七条 “第八条 引用", "第八条 （一）事项", "第二三条 企业。"),
    *(
        "（一）申请；",
        "（一）",
        "（二）项目负责人。",
        "（二）项规定的",
        "（三）材料：",
        "（三）2018年",
        "㈢事项。",
    ),
    *(
        "1.材料；",
        "1. 2018年",
        "2．材料。",
        "2、材料",
        "3、3个企业",
        "（1）部门",
        "(2)部门",
        "①企业；",
        "②企业",
    ),
    *(
        "一、标题",
        "一、企业。",
        "一、",
        "二、标题",
        "二、三级",
        "三、将第五条修改为：",
        "1.5倍",
        "1 范围",
        "1.1 总则",
    ),
    *(
        "“第五条　企业：",
        "“第六条 申请。”",
        "“企业”是指部门。",
        "（四）哦。”",
        "增加一条：“第九条",
        '"第三条 引',
        '尾"',
    ),
    *(
        "企业应当申请。",
        "企业申请事项",
        "前款规定：",
        "（适用范围）",
        "【标题】",
        "**第二条** 为了。",
        "### 第三条",
    ),
    *(
        "2019年7月1日",
        "二〇一九年七月一日",
        "某市工业和信息化局",
        "深工信规〔2019〕9号",
        "现将有关情况说明如下：",
    ),
)
TEXTS = st.lists(st.sampled_from(LINES), max_size=16).map("\n".join)

_WORDS = st.text("规范申请材料主管部门企业事项", min_size=2, max_size=12)
_SENTENCES = _WORDS.map(lambda words: f"{words}。")


@st.composite
def instruments(draw: st.DrawFn) -> ParsedInstrument:
    """A whole tree with all its addresses, as the parser would give it."""
    chapters = draw(st.integers(0, 4))
    articles: list[ParsedArticle] = []
    divisions: list[ParsedDivision] = []
    for chapter in range(1, chapters + 1):
        heading = f"第{to_chinese(chapter)}章 {draw(_WORDS)}"
        divisions.append(ParsedDivision("chapter", str(chapter), heading, f"chp_{chapter}", len(articles)))
        articles += draw(_articles(len(articles), (heading,)))
    if not chapters:
        articles += draw(_articles(0, ()))
    headings = tuple(division.heading for division in divisions)
    return ParsedInstrument(
        title=draw(_WORDS) + "办法",
        number="",
        chapters=headings,
        articles=tuple(articles),
        preamble=tuple(draw(st.lists(_SENTENCES, max_size=2))),
        annexes=draw(st.sampled_from([(), ("附件：", "材料")])),
        divisions=tuple(divisions),
    )


@st.composite
def _articles(draw: st.DrawFn, before: int, division: tuple[str, ...]) -> list[ParsedArticle]:
    articles = []
    for number in range(before + 1, before + 1 + draw(st.integers(1, 4))):
        address = f"art_{number}"
        heading = draw(st.sampled_from(["", "适用范围"]))
        articles.append(ParsedArticle(str(number), address, heading, draw(_paragraphs(address)), division))
    return articles


@st.composite
def _paragraphs(draw: st.DrawFn, address: str) -> tuple[ParsedParagraph, ...]:
    sizes = draw(st.lists(st.sampled_from([0, 0, 1, 3]), min_size=1, max_size=3))
    lone = sum(map(bool, sizes)) == 1
    paragraphs = []
    for count, size in enumerate(sizes, 1):
        own = f"{address}__para_{count}"
        items = draw(_items(address if lone else own, size))
        paragraphs.append(ParsedParagraph(draw(_SENTENCES), items, own))
    return tuple(paragraphs)


@st.composite
def _items(draw: st.DrawFn, above: str, size: int) -> tuple[ParsedItem, ...]:
    items = []
    for number in range(1, size + 1):
        address = f"{above}__item_{number}"
        indents = tuple(
            ParsedItem(str(n), f"{n}.", draw(_SENTENCES), (), f"{address}__indent_{n}")
            for n in range(1, draw(st.integers(0, 2)) + 1)
        )
        items.append(ParsedItem(str(number), f"（{to_chinese(number)}）", draw(_SENTENCES), indents, address))
    return tuple(items)

"""How clause references are written, in Chinese and English: patterns over plain text."""

from __future__ import annotations

import re

from knowledge.numerals import run_together, to_int

N = r"[零〇一二三四五六七八九十百千两廿卅\d]+"
LIST_MARK = r"\s*(?:、|,|和|与|及|以及|跟|还有|&|and|or|或)\s*"
RANGE_MARK = r"\s*(?:到|至|-|~|—|–|to)\s*"

# What may follow a bare 十条 for it to be a reference rather than ten of something.
BARE_AFTER = (
    r"(?!件|产线|生产|流水|线|意见|建议|理由|评论|消息|短信|记录|信息|管|街|路|船|河|鱼|裤|腿"
    r"|要求|规定|措施|标准|经验)"
)
BARE_BEFORE = (
    r"(?:(?<=^那)|(?<![第共有几这那哪前后上下面边翻该本每列了提出过零〇一二三四五六七八九十百千两\d]))"
)

# 第二条消息, 你回的第二条: of the talk itself, and no article.
OF_THE_TALK = r"(?!的?(?:消息|短信|微信|留言|语音|回复|答复|聊天|信息(?!公[布开示]|化)))"
SENT = r"(?<![我你您][发回说写讲打问传]的)(?<![我你您]刚[发回说写讲打问传]的)"

CHINESE = re.compile(
    rf"{SENT}(?P<series>第\s*{N}(?:\s*条)?(?:(?:{LIST_MARK}|{RANGE_MARK})(?:第\s*)?{N}(?:\s*条)?)*\s*条(?:之{N})?"
    rf"(?:(?:{LIST_MARK}|{RANGE_MARK})第\s*{N}\s*条(?:之{N})?)*){OF_THE_TALK}"
    rf"|{BARE_BEFORE}(?P<bare>{N}(?:(?:{LIST_MARK}|{RANGE_MARK}){N})*\s*条(?:之{N})?){BARE_AFTER}"
    rf"|(?<![第{{}}零一二三四五六七八九十\d])条\s?(?P<after>\d{{1,4}})(?![\d年名个人号公米元])"
)
ENGLISH = re.compile(
    r"\b(?:art(?:icle)?s?\.?|clauses?)\s*"
    r"(?P<series>\d{1,4}(?:\s*(?:,|and|&|or|to|-|–)\s*(?:art(?:icle)?s?\.?\s*)?\d{1,4})*)"
)
PARAGRAPH = re.compile(
    rf"\s*第?\s*(?P<open>\()?\s*(?P<n>{N})\s*\)?\s*款|\s*,?\s*para(?:graph)?\.?\s*(?P<en>\d+)"
)
_RUN_ON = 12  # signs of numbers without a mark between them; more are no labels
_ONE = rf"第?\s*\(?\s*{N}\s*\)?"
_UNIT = r"(?:项|目|点|小点|小项)"
_MORE = rf"(?:{LIST_MARK}|{RANGE_MARK})"
# 第（二）项, 第1、3项, （二）到（四）项, item 2, (1)(3)
ITEM = re.compile(
    rf"\s*的?\s*(?P<n>{_ONE}(?:{_UNIT}?{_MORE}{_ONE})*)\s*{_UNIT}"
    rf"|\s*,?\s*items?\s*(?P<en>\(?\d+\)?(?:(?:{_MORE}|,)\(?\d+\)?)*)"
    rf"|\s*(?P<mark>\({N}\)(?:{_MORE}?\({N}\))*)"
)
INDENT = re.compile(rf"\s*的?\s*第?\s*\(?\s*(?P<n>{N})\s*\)?\s*目")
# What names one of an article's lists: up to the item, or to the end of a short message.
LIST_NAME = re.compile(
    rf"(?P<name>[^.?!;,第]{{2,20}}?)\s*,?\s*(?=第?\s*\(?\s*{N}\s*\)?\s*(?:项|目|点|小点|小项)|$|[?])"
)
CHAPTER = re.compile(rf"第\s*(?P<n>{N})\s*章|\bchapter\s*(?P<en>\d+)")
SECTION = re.compile(
    rf"第\s*(?P<n>{N})\s*部分(?:\s*第?\s*\(?\s*(?P<sub>{N})\s*\)?)?|\b(?:section|part)\s*(?P<en>\d+)(?:[.(](?P<ensub>\d+))?"
    rf"|(?:(?<![\u4e00-\u9fff\d(])|(?<=说明))(?P<bn>[一二三])\s*\(\s*(?P<bsub>[一二三四五六七])\s*\)(?![款项])"
)
POINT = re.compile(rf"第\s*(?P<n>{N})\s*点|\bpoint\s*(?P<en>\d+)")
NEIGHBOUR = re.compile(
    r"(?P<nexts>(?:接下来|往下|往后|后面|下面|再?下|后)的?[那这]?(?P<many>[两二三四五])条)|"
    r"(?P<next>再?下一?条|后一?条|[后下][面边]的?[那这]?一?条|(?:接下来|往下|往后|紧接着)(?:翻|看|数)?的?[那这]?一?条"
    r"|(?:next|following) (?:article|one|clause)|the one after)"
    r"|(?P<same>(?:[这该本那]|(?:[上前]面|刚才)的?[那这])一?条|(?:this|that|same) (?:article|clause))"
    r"|(?P<previous>再?上一?条|前一?条|[上前][面边]一条|往[上前](?:翻|看|数)?一?条"
    r"|(?:previous|preceding) (?:article|one|clause)|the one before)"
)
FOLLOW_UP = re.compile(r"^(?:那么?|and |what about|how about)|呢[?]?$")
BETWEEN = re.compile(r"[》的之里中\s\"',()]*(?:of)?[》的之里中\s]*")
_TAKEN_UP = r"(?:管理|实施|暂行)"
APPOSITION = re.compile(
    rf"[》\s]*(?:年)?(?:的)?(?:(?:那|这)(?:个|份|部|版)?(?:的)?{_TAKEN_UP}?|{_TAKEN_UP})?"
)
# Behind an instrument's name, in a piece that only sets the scene: 2025年的细则里面，要几个人.
SCENE = re.compile(r"[》\"]?(?:文件?)?(?:的)?(?:里面?|里头|当中|中|上面?|方面|的话|来说|来看|规定|要求)?的?")
# All that stands beside a name where the same number is meant in another instrument: 那办法呢, 我说的是办法.
MEANT_IN = re.compile(
    r"(?:我|你|是|的|说|问|指|讲|要|想|看|查|里|面|中|那么?|这|个|呢|吧|啊|呀|应该|其实|原来|刚才|而|哦|不好意思|错了|[\s,.?!;:]"
    r"|(?<![a-z])(?:no|not|i|meant?|mean|the|one|in|of|and|what|how|about|sorry|that|is|was)(?![a-z]))*"
)
NOT_THAT = re.compile(r"(?:不是|并非|不|not)\s?(?:说|指|问|要|看|the|in)?\s?$")
# 第十八呢, after an article was spoken of.
LONE_NUMBER = re.compile(
    rf"(?:那|那么|再看|还有)?第\s*(?P<n>{N})\s*(?:呢|又?(?:是)?(?:讲|说|写)(?:的|了)?(?:什么|啥))?\??$"
)
# 这套办法现在还作数吗: the instrument spoken of last.
POINTED_AT = re.compile(
    r"(?:这|那|上述|前述)(?:一?[个套部份项版])?(?:省里的?|国家的?)?(?:办法|规定|文件|通知|规章|法规|意见|指南|法典|法律|法)"
    r"|(?<!应)该(?:办法|规定|文件|通知|规章|意见|指南)"
    r"|(?<![a-z])(?:this|that) (?:measure|regulation|document|notice|law|code)s?"
)
# 它的第二项什么意思: an item of the article that was spoken of.
ITEM_OF_LAST = re.compile(
    rf"^(?:那么?|它|这|条|其中|里面|上面|刚才|再?看看?|还有|请问|的|[\s,])*(?P<cn>第\s*\(?\s*{N}\s*\)?\s*[项款])"
    r"(?=呢|是?(?:什么|啥|指)|讲|说|写|规定|怎么|如何|为什么|原[文话]|[?.]|$)"
    r"|^(?:and|so|then|ok|what about|how about|what does|what is|what's|[\s,])*(?P<en>items? \(?\d+\)?)"
    r"(?= (?:say|mean|about)|[?.]|$)"
)
# 和第十条有区别吗: what was spoken of is the other side.
BESIDE_LAST = re.compile(
    r"^(?:那么?|这条?|它|这个)?(?:和|跟|与|同|比起?|相比)[^,]{0,12}[第\d].{0,4}条[^,]{0,6}"
    r"(?:区别|不同|差别|差异|一样|相同|相比|对比|差在|差哪|冲突|矛盾|关系)"
)
OF_AFTER = re.compile(
    r"(?:\s*,?\s*(?:item|para)[a-z]*\.?\s*\(?\d+\)?|\s*\(\d+\))*\s*(?:of|in|under|\(|,)\s*(?:the\s+)?"
)


def expanded(series: str) -> list[str]:
    """第十条到第十二条 as 10, 11, 12; 第10、16条 as 10, 16; 第一百三十三条之一 as 133-1."""
    numbers: list[str] = []
    pieces = re.split(rf"({RANGE_MARK}|{LIST_MARK})", series.replace(")(", "),("))
    for index, piece in enumerate(pieces):
        found = re.search(rf"({N})\s*条?(?:之({N}))?", piece)
        main = to_int(found[1]) if found else None
        if not found or main is None:
            numbers += map(str, run_together(found[1]) if found and len(found[1]) <= _RUN_ON else ())
            continue
        mark = pieces[index - 1].strip() if index else ""
        if mark in ("到", "至", "-", "~", "—", "–", "to") and numbers:
            first = int(numbers[-1].partition("-")[0])
            numbers += [str(number) for number in range(first + 1, min(main, first + 40))]
        insertion = to_int(found[2]) if found[2] else None
        numbers.append(f"{main}-{insertion}" if insertion else str(main))
    return list(dict.fromkeys(numbers))

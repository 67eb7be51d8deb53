"""What opens a line of a legal text: 第三章, 第十条, （二）, 1., 附件 - or a sentence that only looks so."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from knowledge.numerals import NUMERAL_SIGNS, to_int

LEVELS: Final = ("part", "subpart", "chapter", "section")
_LEVEL_OF: Final = {"编": "part", "編": "part", "分编": "subpart", "分編": "subpart"} | {
    "章": "chapter",
    "节": "section",
    "節": "section",
}
_SIGNS = rf"[{NUMERAL_SIGNS}]"
_NUMBER = rf"(?:{_SIGNS}[ \u3000\u2002]?){{1,16}}"
_TERMINAL = "。；：:;!！?？，,"

_DIVISION = re.compile(rf"第\s?({_NUMBER})(分编|分編|编|編|章|节|節)(\s*)(.*)")
_UNNUMBERED = re.compile(r"(总|總|附)\s*[则則]|序\s*言")
_NOT_A_TITLE = re.compile(r"[的之，、。；：]|规定|規定|和第|或第|及第|至第|所|中[的所规，]|第")
_ARTICLE = re.compile(
    rf"第\s?({_NUMBER})[条條](?:之({_SIGNS}{{1,4}}))?(\s*(?:[：:]\s*)?)(、(?!\s*第)\s*)?(.*)", re.DOTALL
)
_NEVER_AN_ARTICLE = re.compile(r"[第款项項规規的之，、；。,;)）》”」]")
_SELDOM_AN_ARTICLE = re.compile(r"[至和及或与與以到中所对對修改删刪增]")
_ANNEX = re.compile(
    rf"附[件表录錄图圖]?\s*(?:{_SIGNS}{{1,3}}|[A-Z])?\s*(?:$|[：:]|[\s《.．、](?!.*[。；]$).{{0,60}}$)"
)

# （一）项规定的 is a sentence; （一）项目负责人 is an item.
_NO_SENTENCE: Final = r"(?![项項](?![目])|款(?!项)|目(?![标的录前])|[至、]|[和或及]\s*[（(第])"
_MARKERS: Final = (
    ("paren_han", re.compile(rf"[（(]\s*([零〇一二三四五六七八九十百廿卅]{{1,5}})\s*[）)]{_NO_SENTENCE}")),
    ("han", re.compile(r"([零〇一二三四五六七八九十百]{1,5})、")),
    ("paren_digit", re.compile(rf"[（(]\s*([0-9０-９]{{1,3}})\s*[）)]{_NO_SENTENCE}")),
    ("dot", re.compile(r"([0-9０-９]{1,3})[.．](?![0-9０-９])")),
    ("comma", re.compile(r"([0-9０-９]{1,3})、(?![0-9０-９])")),
    ("half_paren", re.compile(r"([0-9０-９]{1,3})[）)]")),
    ("circle", re.compile(r"([①-⑳])")),
    ("paren_sign", re.compile(r"([㈠-㈩⑴-⒇])")),
)
_FIRST_SIGNS: Final = frozenset(
    "（(零〇一二三四五六七八九十百0123456789０１２３４５６７８９" + "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
    "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
)


@dataclass(frozen=True, slots=True)
class DivisionLabel:
    """The heading of a 编, 分编, 章 or 节; ``level`` is empty for 附则 and the like without a number."""

    level: str
    number: int | None
    heading: str
    title: str


@dataclass(frozen=True, slots=True)
class ArticleLabel:
    """第十条 at the start of a line and the ``rest`` after it. ``doubtful``: what follows would also
    fit a sentence about that article, so that only the count can tell."""

    number: int
    inserted: int
    rest: str
    doubtful: bool
    spaced: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """（二） at the start of a line: its style, count, the marker as written and the ``rest``."""

    style: str
    number: int
    written: str
    rest: str


def division_label(line: str) -> DivisionLabel | None:
    """The division that ``line`` heads, or None."""
    if _UNNUMBERED.fullmatch(line):
        bare = "".join(line.split())
        return DivisionLabel("", None, bare, bare)
    if not line.startswith("第") or len(line) > 80 or not (found := _DIVISION.fullmatch(line)):
        return None
    sign, gap, title = found[2], found[3], found[4]
    if title and (title[-1] in _TERMINAL or (not gap and _NOT_A_TITLE.match(title))):
        return None
    number = to_int("".join(found[1].split()))
    if number is None:
        return None
    title = close_up(title)
    label = f"第{''.join(found[1].split())}{sign}"
    return DivisionLabel(_LEVEL_OF[sign], number, f"{label} {title}".strip(), title)


def article_label(line: str) -> ArticleLabel | None:
    """The article that ``line`` opens, or None where it is a sentence such as 第十条规定的期限."""
    if not line.startswith("第") or not (found := _ARTICLE.fullmatch(line)):
        return None
    number = to_int("".join(found[1].split()))
    inserted = to_int(found[2]) if found[2] else 0
    if number is None or inserted is None:
        return None
    rest, spaced = found[5], bool(found[3]) or not found[5]
    if not spaced and _NEVER_AN_ARTICLE.match(rest):
        return None
    # 第六条、违反… is how some texts write a label, and how a sentence may go on.
    doubtful = not spaced and bool(found[4] or _SELDOM_AN_ARTICLE.match(rest))
    return ArticleLabel(number, inserted, rest, doubtful, spaced)


def item_marker(line: str) -> Marker | None:
    """The enumerator that opens ``line``, or None."""
    if not line or line[0] not in _FIRST_SIGNS:
        return None
    for style, pattern in _MARKERS:
        if found := pattern.match(line):
            sign = unicodedata.normalize("NFKC", found[1]).strip("()")
            number = to_int(sign, digit_strings=False)
            rest = line[found.end() :].strip()
            if not number or (style == "han" and _is_a_pair(number, rest)):
                return None
            return Marker(style, number, found[0], rest)
    return None


def is_unnumbered(line: str) -> bool:
    """Whether ``line`` is 总则, 附则 or 序言 alone, which head a division without a number."""
    return bool(_UNNUMBERED.fullmatch(line))


def is_label(line: str) -> bool:
    """Whether ``line`` opens any part of a text: division, article, item or annex."""
    return bool(division_label(line) or article_label(line) or item_marker(line) or opens_annex(line))


def opens_annex(line: str) -> bool:
    """Whether ``line`` begins an annex (附件, 附表, 附录, 附：), not a sentence about one."""
    return line.startswith("附") and bool(_ANNEX.match(line)) and not _UNNUMBERED.fullmatch(line)


def is_contents_heading(line: str) -> bool:
    """Whether ``line`` is 目录 alone."""
    return "".join(line.split()) in {"目录", "目錄", "目次"}


def ends_sentence(line: str) -> bool:
    """Whether ``line`` ends as a finished paragraph does, so that the next is not its continuation."""
    return line[-1:] in "。；：！？”’」』）】;:!?)．." if line else True


def close_up(title: str) -> str:
    """A title without its justifying blanks: 总　则 is 总则, other blanks become one space."""
    parts = title.split()
    return "".join(parts) if all(len(part) == 1 for part in parts) else " ".join(parts)


def _is_a_pair(number: int, rest: str) -> bool:
    """Whether 一、 goes on as 一、二级: two numbers of a sentence, no enumerator."""
    following = re.match(r"[一二三四五六七八九十]{1,3}", rest)
    return bool(following) and to_int(following[0]) == number + 1 if following else False

"""What stands before the first article: title, document number, preamble, table of contents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.numerals import NUMERAL_SIGNS
from knowledge.parsing.divisions import is_division_title
from knowledge.parsing.labels import division_label, is_contents_heading, opens_annex
from knowledge.parsing.lines import Line

_NORM = re.compile(
    r"(?![第（(一二三四五六七八九十\d“‘]).{1,70}"
    r"(?:(?<![做方手用说看想])法典?|条例|條例|办法|辦法|细则|細則|规定|規定|规则|規則|规程|规范|准则|章程|标准|指南|制度|决定|方案|纲要"
    r"|解释|目录|名录|意见|说明|流程|办法实施细则|措施)》?(?:[（(][^（）()]{1,20}[）)])*(?:起草说明)?》?"
)
_NOTICE = re.compile(
    r"(?![（(]).{2,120}(?:通知|公告|批复|复函|函|通报|令|答复|请示|报告)(?:[（(][^（）()]{1,20}[）)])?"
)
_SENTENCE = re.compile(r"[。；：:，,;!？?]|制定本|现将")
_ADDITION = re.compile(
    r"[（(][^（）()]{0,12}(?:稿|草案|试行|試行|暂行|暫行|修订|修正|版|节选|摘录)[^（）()]{0,6}[）)].{0,20}"
)
_ISSUER = re.compile(r".*(?:政府|局|委|委员会|厅|部|院|会|办公室|办公厅|国|中心|协会)")
_DOCUMENT_NUMBER = re.compile(
    r"[^\W\d_]{1,16}\s*[〔\[［（(【]\s*[12]\d{3}\s*[〕\]］）)】]\s*第?\s*\d{1,5}\s*号"
)
_ORDER_NUMBER = re.compile(
    rf"[^\W\d_](?:[^\W\d_]|[、 ]){{0,40}}令\s*(?:（\s*)?第?\s*[{NUMERAL_SIGNS}]{{1,8}}\s*号"
)
_PAGE = re.compile(r"[\s.．…·・\-—_]*[（(]?\d{0,4}[)）]?$")


@dataclass(frozen=True, slots=True)
class Front:
    """``lines`` before the title, title, number, preamble, contents, and the index where the body begins."""

    lines: tuple[str, ...]
    title: str
    number: str
    preamble: tuple[str, ...]
    contents: tuple[str, ...]
    body: int


def read_front(lines: Sequence[Line], body: int, find_body: Callable[[int], int] | None = None) -> Front:
    """The front of a text whose first division, article or section is line ``body``.

    Where that may be an entry of a table of contents, ``find_body`` gives the first one from a line on.
    """
    if find_body is None:
        return _front(lines[:body], (), body)
    at = next((i for i in range(body) if is_contents_heading(lines[i].text)), body)
    end = _contents_end(lines, at, body)
    if end == at:  # nothing stands under 目录, so that a first run of headings may be the table
        at, end = body, _contents_end(lines, body, body)
    if end > body:
        body = find_body(end)
    contents = tuple(line.text for line in lines[at:end])
    return _front([*lines[:at], *lines[end:body]], contents, max(body, end))


def is_instrument_title(title: str) -> bool:
    """Whether ``title`` reads like the name of a norm or a notice: …办法, …的通知, …起草说明."""
    return bool(_NORM.fullmatch(title) or _NOTICE.fullmatch(title))


def _front(head: Sequence[Line], contents: tuple[str, ...], body: int) -> Front:
    start, end = _find_title(head)
    title = _bare_title("".join(line.text for line in head[start:end]))
    front = tuple(line.text for line in head[:start])
    preamble = tuple(line.text for line in head[end:])
    return Front(front, title, _find_number((*front, *preamble)), preamble, contents, body)


def _find_title(head: Sequence[Line]) -> tuple[int, int]:
    """The lines ``[start, end)`` that make the title: marked as heading, else the last that reads like an
    instrument's name, else like a notice's, else the first."""
    usable = [i for i, line in enumerate(head) if _may_be_title(line.text)]
    chosen = next((i for i in usable if head[i].marked), None)
    if chosen is None:
        names = [i for i in usable if _NORM.fullmatch(head[i].text) and not _SENTENCE.search(head[i].text)]
        notices = [
            i for i in usable if _NOTICE.fullmatch(head[i].text) and not _SENTENCE.search(head[i].text)
        ]
        chosen = names[-1] if names else notices[0] if notices else usable[0] if usable else None
    if chosen is None:
        return len(head), len(head)
    end = chosen + 1
    while end < len(head) and _ADDITION.fullmatch(head[end].text):
        end += 1
    return _with_first_half(head, chosen), end


def _may_be_title(line: str) -> bool:
    return not (opens_annex(line) or is_contents_heading(line) or _is_number(line))


def _with_first_half(head: Sequence[Line], chosen: int) -> int:
    """A name set over two lines begins one line above: 中华人民共和国 / 清洁生产促进法."""
    if chosen == 0 or head[chosen].marked:
        return chosen
    above = head[chosen - 1].text
    opens = chosen == 1 and len(above) <= 24 and re.fullmatch(r"[^\W\d_]+", above)
    joins = above.endswith("中华人民共和国") or not _ISSUER.fullmatch(above)
    complete = _NORM.fullmatch(above) or _NOTICE.fullmatch(above) or opens_annex(above)
    return chosen - 1 if opens and joins and not complete else chosen


def _bare_title(title: str) -> str:
    """Without the brackets that hold the whole title, and without blanks that justify it."""
    title = " ".join(title.split())
    if title.startswith("《") and title.endswith("》") and title.count("《") == 1:
        title = title[1:-1]
    return "".join(title.split()) if re.fullmatch(r"(?:\S )+\S", title) else title


def _is_number(line: str) -> bool:
    bare = line.strip("（）() ")
    return bool(_DOCUMENT_NUMBER.fullmatch(bare) or _ORDER_NUMBER.fullmatch(bare))


def _find_number(lines: Sequence[str]) -> str:
    """The instrument's own number: a line of its own, or within the bracketed line on its making."""
    for line in lines:
        if _is_number(line):
            return "".join(line.strip("（）() ").split())
    for line in lines:
        if line[0] in "（(":
            found = _DOCUMENT_NUMBER.search(line) or _ORDER_NUMBER.search(line)
            if found:
                return re.sub(r"^.*?日", "", "".join(found[0].split()))
    return ""


def _contents_end(lines: Sequence[Line], at: int, body: int) -> int:
    """Where the table of contents at ``at`` ends. It stands under 目录, or is a first run of headings that is
    then repeated; there is none where the end is ``at``."""
    start = at + 1 if at < body else body
    run = start
    while run < len(lines) and _is_contents_line(lines[run].text, under_heading=at < body):
        run += 1 + _titled_below(lines, run)
    first = _entry(lines[start].text) if start < run else ""
    # The run of headings may go on into the body, whose first heading repeats the first entry.
    repeated = next((i for i in range(start + 1, run) if _entry(lines[i].text) == first), None)
    if repeated is not None:
        return repeated
    # Without a repetition the headings are the body's own, unless several stand idle under 目录.
    return run if at < body and run - start > 1 else at


def _titled_below(lines: Sequence[Line], at: int) -> bool:
    """Whether a heading has its title on the next line: 第一章, then 总则."""
    label = division_label(lines[at].text)
    bare = label is not None and label.number is not None and not label.title
    return bare and at + 1 < len(lines) and is_division_title(lines[at + 1].text)


def _is_contents_line(line: str, *, under_heading: bool) -> bool:
    if division_label(_PAGE.sub("", line) or line):
        return True
    if not under_heading:
        return False
    return bool(re.search(r"[.．…·]{2,}\s*\d*$", line))


def _entry(line: str) -> str:
    """What makes two headings the same entry: level and count, as titles may differ in print."""
    bare = _PAGE.sub("", line)
    label = division_label(bare)
    return f"{label.level} {label.number}" if label and label.number is not None else "".join(bare.split())

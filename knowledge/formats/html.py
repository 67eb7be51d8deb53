"""Web pages: the text of the page, or of the element that holds the law where the page marks one."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from knowledge.formats.opening import SourceText
from knowledge.formats.plain import decode

_SILENT = frozenset({"script", "style", "noscript", "template", "head", "nav", "button", "select", "svg"})
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_LISTS = ("dd", "dl", "dt", "li", "ol", "ul", "table", "tbody", "tr")
_PARTS = (
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "div",
    "fieldset",
    "figure",
    "footer",
)
_BLOCKS = frozenset((*_HEADINGS, *_LISTS, *_PARTS, "form", "header", "hr", "main", "p", "pre", "section"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_HOLDER = re.compile(r"content|article|detail|zoom|editor|maintext|\bmain\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:foot(?:er)?|nav|bread-?crumbs?|crumbs?|menu|share|copyright|sidebar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LABEL = re.compile(r"^\s*#*\s*(?:第.{1,10}[条條]|[一二三四五六七八九十]+、)", re.MULTILINE)


def read(content: bytes, name: str) -> SourceText:
    """The text in a page.

    Raises:
        NotALegalText: an unknown encoding.
    """
    page = _Page()
    page.feed(_declared(content) or decode(content, name))
    page.close()
    whole, beside = page.text(), page.beside()
    labels = len(_LABEL.findall(whole))
    for holder in sorted(page.holders(), key=len):
        # The smallest element with every label is the law; around it stand menus and notices.
        if labels and len(_LABEL.findall(holder)) == labels:
            left = [line for line in whole.replace(holder, "\n").split("\n") if line.strip()]
            return SourceText(holder, _left_out(len(left) + beside))
    return SourceText(whole, _left_out(beside))


def _left_out(lines: int) -> tuple[str, ...]:
    note = f"网页正文以外的{lines}行未读入 ({lines} lines outside of the page's text left out)"
    return (note,) if lines else ()


def _declared(content: bytes) -> str | None:
    found = _CHARSET.search(content[:4096])
    if not found or found[1].lower() in (b"utf-8", b"utf8"):
        return None
    encoding = "gb18030" if found[1].lower().startswith(b"gb") else found[1].decode("ascii", "replace")
    try:
        return content.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


class _Page(HTMLParser):
    """Collects text in order. ``_open`` are the open elements with the place where their text begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._open: list[tuple[str, int, bool, bool]] = []
        self._spans: list[tuple[int, int]] = []
        self._beside = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at blocks; note elements that name themselves as the page's content."""
        if tag == "br" or tag in _BLOCKS:
            self._pieces.append("\n")
        if tag in ("td", "th"):
            self._pieces.append("\t")
        if tag in _VOID:
            return
        named = " ".join(value or "" for key, value in attrs if key in ("id", "class"))
        holds = tag in ("article", "main") or bool(_HOLDER.search(named))
        beside = tag == "footer" or bool(_BESIDE.search(named))
        self._open.append((tag, len(self._pieces), holds, beside and tag != "body"))
        self._silent += tag in _SILENT
        if tag == "h1":
            self._pieces.append("# ")

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and those inside it that the page forgot to close."""
        if all(name != tag for name, *_ in self._open):
            return
        while self._open:
            name, start, holds, beside = self._open.pop()
            self._silent -= name in _SILENT
            if beside:
                self._leave_out(start)
            if holds:
                self._spans.append((start, len(self._pieces)))
            if name == tag:
                break
        if tag in _BLOCKS:
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Take text; line ends inside of it are only blanks."""
        if not self._silent:
            self._pieces.append(
                re.sub(r"[\r\n]+\s*", "", data) if not data.isascii() else re.sub(r"\s+", " ", data)
            )

    def _leave_out(self, start: int) -> None:
        """Leave out a menu or footer that just ended, unless parts of a law stand in it after all."""
        text = _tidy("".join(self._pieces[start:]))
        if text and not _LABEL.search(text):
            self._beside += text.count("\n") + 1
            self._pieces[start:] = ["\n"]
            self._spans = [span for span in self._spans if span[1] <= start]

    def beside(self) -> int:
        """How many lines of menus and footers were left out."""
        return self._beside

    def text(self) -> str:
        """All text of the page."""
        return _tidy("".join(self._pieces))

    def holders(self) -> list[str]:
        """The texts of the elements that name themselves as content."""
        return [_tidy("".join(self._pieces[start:end])) for start, end in self._spans]


def _tidy(text: str) -> str:
    lines = (line.strip(" \t\u00a0\u3000") for line in text.split("\n"))
    return "\n".join(line for line in lines if line and line != "#")

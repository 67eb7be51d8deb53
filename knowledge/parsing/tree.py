"""The tree while it is being read: what is open now, and how it is frozen into the model."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from knowledge.model import ParsedArticle, ParsedItem, ParsedParagraph


@dataclass(slots=True)
class OpenItem:
    """项 or 目 being read; ``style`` is that of its marker."""

    style: str
    number: int
    marker: str
    lines: list[str]
    items: list[OpenItem] = field(default_factory=list)


@dataclass(slots=True)
class OpenParagraph:
    """款 being read."""

    lines: list[str]
    items: list[OpenItem] = field(default_factory=list)


@dataclass(slots=True)
class OpenArticle:
    """条 (or section) being read. ``last`` and ``chain`` are where the next line may go on."""

    number: str
    address: str
    name: str  # as people say it, for warnings
    division: tuple[str, ...] = ()
    heading: str = ""
    marker: str = ""
    counted: dict[str, int] = field(default_factory=dict)  # style -> last outermost count of the article
    paragraphs: list[OpenParagraph] = field(default_factory=list)
    chain: list[OpenItem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add_paragraph(self, text: str) -> None:
        """Open the next 款."""
        self.paragraphs.append(OpenParagraph([text] if text else []))
        self.chain.clear()

    def add_item(self, item: OpenItem) -> None:
        """Hang ``item`` where its marker's style says: beside the open item of that style, else below."""
        if not self.paragraphs:
            self.add_paragraph("")
        depth = next((i for i, open_ in enumerate(self.chain) if open_.style == item.style), len(self.chain))
        before = self.chain[depth].number if depth < len(self.chain) else 0
        if not self.chain and self.counted.get(item.style) == item.number - 1:
            before = item.number - 1  # the count goes on after a paragraph between the items
        if depth == 0:
            self.counted[item.style] = item.number
        if item.number != before + 1:
            self.warnings.append(_item_warning(self.name, item, before))
        del self.chain[depth:]
        siblings = self.chain[-1].items if self.chain else self.paragraphs[-1].items
        siblings.append(item)
        self.chain.append(item)

    def go_on(self, line: str) -> None:
        """Append ``line`` to what was read last, as a line of its own."""
        if not self.paragraphs:
            self.add_paragraph("")
        (self.chain[-1] if self.chain else self.paragraphs[-1]).lines.append(line)

    @property
    def last_line(self) -> str:
        """The line read last, "" at the start of the article."""
        if not self.paragraphs:
            return ""
        lines = (self.chain[-1] if self.chain else self.paragraphs[-1]).lines
        return lines[-1] if lines else ""

    def freeze(self) -> ParsedArticle:
        """The article with the addresses of all its parts."""
        holders = sum(bool(paragraph.items) for paragraph in self.paragraphs)
        paragraphs = []
        for count, paragraph in enumerate(self.paragraphs, 1):
            address = f"{self.address}__para_{count}"
            items = _freeze(paragraph.items, self.address if holders == 1 else address, "item")
            paragraphs.append(ParsedParagraph("\n".join(paragraph.lines), items, address))
        return ParsedArticle(
            self.number, self.address, self.heading, tuple(paragraphs), self.division, self.marker
        )


def _freeze(items: list[OpenItem], above: str, kind: str) -> tuple[ParsedItem, ...]:
    frozen = []
    seen: Counter[int] = Counter()
    for item in items:
        seen[item.number] += 1
        address = repeated(f"{above}__{kind}_{item.number}", seen[item.number])
        below = _freeze(item.items, address, "indent")
        frozen.append(ParsedItem(str(item.number), item.marker, "\n".join(item.lines), below, address))
    return tuple(frozen)


def repeated(address: str, occurrence: int) -> str:
    """``address`` for the first of its number, ``address~2`` for the second: no two are ever the same."""
    return address if occurrence == 1 else f"{address}~{occurrence}"


def _item_warning(name: str, item: OpenItem, before: int) -> str:
    where = f"{name}：" if name else ""
    if item.number <= before:
        return f"{where}项的编号重复或倒退：{item.marker}在第{before}项之后"
    return f"{where}项的编号不连续：{item.marker}之前缺第{before + 1}项"

"""From a corpus text and its front matter to addressed provisions.

Articles come from the one parser of legal texts; sections are slices of a document between
two phrases; parts and articles whose words no source gives come from the front matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from knowledge.errors import CorpusError
from knowledge.model import (
    Link,
    LinkKind,
    ParsedArticle,
    ParsedInstrument,
    ParsedItem,
    ParsedParagraph,
    Provision,
    Wording,
    Words,
)
from knowledge.numerals import to_chinese

_OWN_WORDS = (Wording.QUOTED, Wording.PARTLY_QUOTED)


def build_provisions(front: Mapping[str, Any], body: str) -> dict[str, Provision]:
    """All provisions of an instrument by address, the whole of it ("") first."""
    return _Builder(front, body).build()


class _Builder:
    """Collects the provisions of one instrument; notes in the front matter (``at``) go down the tree."""

    def __init__(self, front: Mapping[str, Any], body: str) -> None:
        self.front = front
        self.body = body
        self.at: Mapping[str, Mapping[str, Any]] = front.get("at", {})
        title = str(front["title"])
        self.title = title if title.startswith("《") else f"《{title}》"
        self.wording = Wording(front.get("wording", "quoted"))
        # Words that reached us through another text run on as they do there.
        self.joint = "" if "source" in front else "\n"
        self.made: dict[str, Provision] = {}
        self.spans: dict[str, tuple[str, str]] = {}  # number of a chapter -> its first and last article

    def build(self) -> dict[str, Provision]:
        self._whole()
        if self.front.get("form") == "document":
            self._sections()
        else:
            self._articles()
        self._chapters()
        for part in self.front.get("part", ()):
            self._add(part["address"], part["kind"], "", self.title + part["label"], part["text"], part, None)
        self._adopt()
        return self.made

    def _whole(self) -> None:
        notes = dict(self.front.get("whole", {}))
        notes.setdefault("wording", self.wording)
        notes.setdefault("source", self.front.get("source"))
        text = notes.get("text", self.body.strip() if self.front.get("form") == "document" else "")
        number = str(self.front.get("number", ""))
        label = f"{self.title}（{number}）" if number else self.title
        self._add("", "instrument", "", label, text, notes, None)

    # --- documents ---------------------------------------------------------------------------

    def _sections(self) -> None:
        for section in self.front.get("section", ()):
            text = slice_between(self.body, section["opens"], section.get("closes"))
            label = self.title + section["label"]
            self._add(
                section["address"], section["kind"], section.get("number", ""), label, text, section, None,
                heading=section.get("heading", ""),
            )  # fmt: skip
        if self.front.get("items") == "parsed":
            self._items_of_sections()

    def _items_of_sections(self) -> None:
        """The numbered items of an imported text's sections, by the addresses of the parser."""
        from knowledge.parser import parse_instrument

        for section in parse_instrument(self.body).articles:
            if made := self.made.get(section.address):
                for paragraph in section.paragraphs:
                    self._items(made, paragraph.items, made.label)

    # --- articles ----------------------------------------------------------------------------

    def _articles(self) -> None:
        given: dict[str, ParsedArticle] = {}
        if self.body.strip():
            from knowledge.parser import parse_instrument

            parsed = parse_instrument(self.body)
            given = {article.address: article for article in parsed.articles}
            self.spans = _chapter_spans(parsed)
        counted = [f"art_{number}" for number in range(1, (self.front.get("article_count") or 0) + 1)]
        for address in [*counted, *(address for address in given if address not in counted)]:
            if article := given.get(address):
                self._article(article)
            else:
                self._not_given(address)

    def _not_given(self, address: str) -> None:
        number = address.removeprefix("art_")
        label = f"{self.title}{article_label(number)}"
        self._add(address, "article", number, label, "", {"wording": "not_given"}, None)

    def _article(self, article: ParsedArticle) -> None:
        label = self.title + article_label(article.number)
        notes = self.at.get(article.address, {})
        heading = notes.get("heading", article.heading)
        text = "\n".join(part for part in map(self._paragraph_text, article.paragraphs) if part)
        made = self._add(
            article.address, "article", article.number, label, text, notes, None, heading=heading
        )
        lists = self.front.get("lists", {}).get(article.address)
        if lists:
            self._lists(made, article.paragraphs, lists)
        elif len(article.paragraphs) == 1:
            self._items(made, article.paragraphs[0].items, label)
        else:
            self._paragraphs(made, article.paragraphs)

    def _lists(self, article: Provision, paragraphs: tuple[ParsedParagraph, ...], names: list[Any]) -> None:
        """Two numbered lists in one article: 第十条第1项 alone names none of them."""
        listed = [paragraph for paragraph in paragraphs if paragraph.items]
        if len(listed) != len(names):
            raise CorpusError(f"{article.address}: {len(listed)} lists in the text, {len(names)} named")
        for paragraph, name in zip(listed, names, strict=True):
            address = f"{article.address}__{name['name']}"
            label = f"{article.label}（{name['zh']}）"
            heading = paragraph.text.rstrip("：:")
            notes = self._inherited(address, article) | {"called": name.get("called", ())}
            own = Wording(notes["wording"]) in _OWN_WORDS
            text = self._items_text(paragraph.items) if own else heading
            made = self._add(address, "list", "", label, text, notes, article.address, heading=heading)
            self._items(made, paragraph.items, label, (paragraph, address))
        own_words = [self.made[f"{article.address}__{name['name']}"].quote for name in names]
        self._retext(article.address, "\n".join(text for text in own_words if text))

    def _paragraphs(self, article: Provision, paragraphs: tuple[ParsedParagraph, ...]) -> None:
        for count, paragraph in enumerate(paragraphs, 1):
            address = paragraph.address
            label = f"{article.label}第{to_chinese(count)}款"
            notes = self._inherited(address, article)
            text = self._paragraph_text(paragraph)
            made = self._add(address, "paragraph", str(count), label, text, notes, article.address)
            self._items(made, paragraph.items, label)

    def _items(
        self,
        parent: Provision,
        items: tuple[ParsedItem, ...],
        label: str,
        moved: tuple[ParsedParagraph, str] | None = None,
    ) -> None:
        """Items and what stands below them. ``moved``: the paragraph whose items stand under another
        address, that of a named list."""
        for item in items:
            address = item.address
            if moved:
                address = moved[1] + _below(item.address)
            notes = self._inherited(address, parent)
            text = _item_text(item)
            if Wording(notes["wording"]) not in _OWN_WORDS:
                text = item.text
            kind, unit = ("indent", "目") if parent.kind in ("item", "indent") else ("item", "项")
            named = f"{label}第{item.number}{unit}"
            made = self._add(address, kind, item.number, named, text, notes, parent.address)
            self._items(made, item.items, named)

    def _paragraph_text(self, paragraph: ParsedParagraph) -> str:
        return self.joint.join(part for part in (paragraph.text, self._items_text(paragraph.items)) if part)

    def _items_text(self, items: tuple[ParsedItem, ...]) -> str:
        return self.joint.join(map(_item_text, items))

    def _inherited(self, address: str, parent: Provision) -> dict[str, Any]:
        notes: dict[str, Any] = {"wording": parent.wording, "source": parent.source}
        own = self.at.get(address, {})
        if twin := own.get("same_as"):
            notes["gloss"] = self.at.get(twin, {}).get("gloss", "")
            notes["links"] = [["repeated_in", f"{self.front['id']}#{twin}"]]
        return notes | dict(own)

    def _chapters(self) -> None:
        notes = {
            "wording": self.front.get("chapter_wording", self.wording),
            "source": self.front.get("chapter_source"),
        }
        for count, title in enumerate(self.front.get("chapters", ()), 1):
            label = f"{self.title}第{to_chinese(count)}章"
            held = (
                notes | {"brief": _holding(title, *self.spans[str(count)])}
                if str(count) in self.spans
                else notes
            )
            self._add(f"chp_{count}", "chapter", str(count), label, title, held, "", heading=title)

    # --- all ---------------------------------------------------------------------------------

    def _add(
        self, address: str, kind: str, number: str, label: str, text: str,
        notes: Mapping[str, Any], parent: str | None, heading: str = "",
    ) -> Provision:  # fmt: skip
        if address in self.made:
            raise CorpusError(f"address {address} is given twice")
        wording = Wording(notes.get("wording", self.wording))
        default = self.front.get("source") if wording is not Wording.SUMMARY else None
        self.made[address] = Provision(
            instrument=self.front["id"], address=address, kind=kind, number=number, label=label, text=text,
            wording=wording, heading=heading, source=notes.get("source", default),
            gloss=notes.get("gloss", ""), brief=_brief(notes.get("brief")),
            parent=notes.get("parent", parent),
            links=tuple(Link(LinkKind(kind_), ref) for kind_, ref in notes.get("links", ())),
            called=tuple(notes.get("called", ())),
        )  # fmt: skip
        return self.made[address]

    def _retext(self, address: str, text: str) -> None:
        self.made[address] = replace(self.made[address], text=text)

    def _adopt(self) -> None:
        """Children in order, each under its parent; what names none stands under the whole."""
        children: dict[str, list[str]] = {}
        for address, provision in self.made.items():
            parent = provision.parent if provision.parent is not None else _stem(address, self.made)
            if address:
                children.setdefault(parent, []).append(address)
                self.made[address] = replace(provision, parent=parent)
        for parent, addresses in children.items():
            self.made[parent] = replace(self.made[parent], children=tuple(addresses))


def _chapter_spans(parsed: ParsedInstrument) -> dict[str, tuple[str, str]]:
    """The first and the last article of each numbered chapter that holds any."""
    chapters = [one for one in parsed.divisions if one.level == "chapter"]
    ends = [*(one.start for one in chapters[1:]), len(parsed.articles)]
    return {
        one.number: (parsed.articles[one.start].number, parsed.articles[end - 1].number)
        for one, end in zip(chapters, ends, strict=bool(chapters))
        if one.number and one.start < end
    }


def _holding(title: str, first: str, last: str) -> list[str]:
    """What a chapter is about and which articles stand in it."""
    if first == last:
        return [f"“{title}”：{article_label(first)}。", f"“{title}”: article {first}."]
    return [
        f"“{title}”：{article_label(first)}至{article_label(last)}。",
        f"“{title}”: articles {first} to {last}.",
    ]


def article_label(number: str) -> str:
    """第十条 for "10", 第一百三十三条之一 for "133-1"."""
    main, _, insertion = number.partition("-")
    return f"第{to_chinese(int(main))}条" + (f"之{to_chinese(int(insertion))}" if insertion else "")


def _item_text(item: ParsedItem) -> str:
    """An item with all that stands below it."""
    return item.marker + item.text + "".join(map(_item_text, item.items))


def _below(address: str) -> str:
    """What an item's address adds to that of its article: __item_2 of art_10__para_1__item_2."""
    return "__item_" + address.partition("__item_")[2]


def slice_between(text: str, opens: str, closes: str | None) -> str:
    """The words from ``opens`` to the end of ``closes`` (or of the text), character for character."""
    start = text.find(opens)
    if start < 0:
        raise CorpusError(f"the text has no {opens!r}")
    if not closes:
        return text[start:].rstrip()
    end = text.find(closes, start)
    if end < 0:
        raise CorpusError(f"nothing closes {opens!r} with {closes!r}")
    return text[start : end + len(closes)]


def _stem(address: str, made: Mapping[str, Provision]) -> str:
    for cut in _cuts(address):
        if cut in made:
            return cut
    return ""


def _cuts(address: str) -> Iterator[str]:
    """Shorter and shorter beginnings of an address: sec_1_2__item_3, sec_1_2, sec_1."""
    while address:
        address = address.rpartition("_")[0].rstrip("_")
        yield address


def _brief(pair: list[str] | None) -> Words | None:
    return Words(pair[0], pair[-1]) if pair else None

"""What a reference names below an article: 第一款第（二）项, items in rows and ranges, one of two lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.grammar import INDENT, ITEM, LIST_NAME, PARAGRAPH, N, expanded
from knowledge.model import Found, Instrument, Provision, Resolution, Wording
from knowledge.numerals import to_int

_BEHIND_NAME = re.compile(r"(?<=[^\d\s])\d$")  # the item's number right behind a list's name


def below(made: Resolution, instrument: Instrument, article: Provision, tail: str, around: str) -> Resolution:
    """``made`` for the article, narrowed by ``tail``, the words right behind its number. ``around``: the
    rest of the message, which may say whose list is meant (委托中介的，第十条第3项)."""
    lists = _children(instrument, article, ("list",))
    paragraph = PARAGRAPH.match(tail)
    if paragraph:
        return _in_paragraph(made, instrument, article, paragraph, tail[paragraph.end() :], around)
    named = LIST_NAME.match(tail) if lists else None
    chosen = _named_lists(named["name"], lists) if named else []
    if named and chosen:
        tail = tail[named.end() :]
    item = ITEM.match(tail)
    behind = _BEHIND_NAME.search(named["name"]) if named and chosen and not item else None
    if behind:  # 细则10委托3
        return _numbered(made, instrument, chosen, [behind[0]])
    if not item:
        return replace(made, refs=tuple(scope.ref for scope in chosen or [article]))
    return _items(made, instrument, item, chosen or _meant(lists, around) or [article])


def _in_paragraph(
    made: Resolution,
    instrument: Instrument,
    article: Provision,
    paragraph: re.Match[str],
    tail: str,
    around: str,
) -> Resolution:
    count = to_int(paragraph["n"] or paragraph["en"]) or 0
    parts = _children(instrument, article, ("list", "paragraph"))
    item = ITEM.match(tail)
    if not parts:
        # 第（二）款 means 项 two where an article numbers its items so; 款 are never bracketed.
        if _items_of(instrument, article) and (paragraph["open"] or count > 1):
            return _numbered(made, instrument, [article], [str(count)])
        if count != 1 and article.wording is Wording.QUOTED:
            return _no_paragraph(made, article, count, extent=1)
        return _items(made, instrument, item, [article]) if item else replace(made, refs=(article.ref,))
    if not 1 <= count <= len(parts):
        return _no_paragraph(made, article, count, extent=len(parts))
    if not item:
        return replace(made, refs=(parts[count - 1].ref,))
    lists = [part for part in parts if part.kind == "list"]
    scopes = _meant(lists, around) or [parts[count - 1]]
    found = _items(made, instrument, item, scopes)
    if found.outcome is Found.OUT_OF_RANGE and lists:
        # Both lists may as well be taken to stand in the one first paragraph.
        return _items(made, instrument, item, lists)
    return found


def _no_paragraph(made: Resolution, article: Provision, count: int, *, extent: int) -> Resolution:
    return replace(
        made,
        outcome=Found.OUT_OF_RANGE,
        refs=(article.ref,),
        unit="paragraph",
        extent=extent,
        below=str(count),
    )


def _items(
    made: Resolution, instrument: Instrument, item: re.Match[str], scopes: Sequence[Provision]
) -> Resolution:
    series = item["n"] or item["en"] or item["mark"]
    numbers = expanded(series)
    items = [one for scope in scopes for one in _items_of(instrument, scope)]
    indent = INDENT.match(item.string, item.end())
    meant = [one for one in items if [one.number] == numbers]
    if indent and len(meant) == 1 and (indents := _children(instrument, meant[0], ("indent",))):
        return _among(made, indents, [str(to_int(indent["n"]) or 0)], meant[0])
    held = [one.number for one in items]
    if numbers == [str(len(held))] and re.fullmatch(N, series):
        numbers = held  # 第十六条四项: a count as much as a number
    return _numbered(made, instrument, scopes, numbers)


def _numbered(
    made: Resolution, instrument: Instrument, scopes: Sequence[Provision], numbers: Sequence[str]
) -> Resolution:
    items = [one for scope in scopes for one in _items_of(instrument, scope)]
    return _among(made, items, numbers, scopes[0])


def _among(
    made: Resolution, items: Sequence[Provision], numbers: Sequence[str], scope: Provision
) -> Resolution:
    refs = tuple(one.ref for one in items if one.number in numbers)
    if refs:
        return replace(made, refs=refs, unit="item")
    return replace(
        made,
        outcome=Found.OUT_OF_RANGE,
        refs=(scope.ref,),
        unit="item",
        extent=max((int(one.number) for one in items if one.number.isdigit()), default=0),
        below=numbers[0] if numbers else "0",
    )


def _children(instrument: Instrument, provision: Provision, kinds: tuple[str, ...]) -> list[Provision]:
    children = (instrument.provisions[address] for address in provision.children)
    return [child for child in children if child.kind in kinds]


def _items_of(instrument: Instrument, provision: Provision) -> list[Provision]:
    """The items of a provision: of each of its lists and paragraphs in turn."""
    items: list[Provision] = []
    for child in (instrument.provisions[address] for address in provision.children):
        items += (
            [child] if child.kind == "item" else _items_of(instrument, child) if child.kind != "part" else []
        )
    return items


def _named_lists(words: str, lists: Sequence[Provision]) -> list[Provision]:
    """The lists of an article that 自行组织, 委托咨询机构那一组 and the like name: those whose names share
    the most with the words."""
    shared = {one.ref: _shared(words, one) for one in lists}
    most = max(shared.values())
    return [one for one in lists if most and shared[one.ref] == most]


def _meant(lists: Sequence[Provision], around: str) -> list[Provision]:
    """The only list that the rest of the message speaks of, if there is one."""
    spoken_of = [one for one in lists if any(word in around for word in one.called)]
    return spoken_of if len(spoken_of) == 1 else []


def _shared(words: str, provision: Provision) -> int:
    """How many pairs of letters of a list's name stand in the words, and of the words that people use."""
    name = provision.label.rpartition("（")[2].rstrip("）")
    pairs = sum(name[at : at + 2] in words for at in range(len(name) - 1))
    return pairs or any(word in words for word in provision.called)

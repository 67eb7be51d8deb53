"""Labels short enough for lists and buttons."""

from __future__ import annotations

from knowledge.model import Instrument, Provision, Words
from knowledge.numerals import to_chinese

_UNITS = {
    "art": "article",
    "chp": "chapter",
    "sec": "section",
    "para": "paragraph",
    "item": "item",
    "point": "point",
    "reason": "reason",
}


def short_label(provision: Provision, instrument: Instrument) -> str:
    """细则（征求意见稿）第十条（自行组织）第1项; the instrument's short title for the whole of it."""
    if not provision.address:
        return instrument.short_title
    title = instrument.title if instrument.title.startswith("《") else f"《{instrument.title}》"
    return instrument.short_title + provision.label.removeprefix(title)


def brief_label(provision: Provision, instrument: Instrument, *, bare: bool) -> str:
    """第十条·委托 2, 办法第十六条（二）: the short label, abbreviated; ``bare`` leaves the title out."""
    title = instrument.brief_title or instrument.short_title
    if not provision.address:
        return title
    label = ("" if bare else title) + short_label(provision, instrument).removeprefix(instrument.short_title)
    above = instrument.provisions.get(provision.parent or "")
    if provision.kind == "item" and above is not None and provision.number.isdigit():
        mark = f" {provision.number}" if above.kind == "list" else f"（{to_chinese(int(provision.number))}）"
        label = label.removesuffix(f"第{provision.number}项") + mark
    for long, short in instrument.abbreviations.items():
        label = label.replace(long, short)
    return label


def label_words(provision: Provision, instrument: Instrument) -> Words:
    """The short label in both languages; in English it is read off the address."""
    title = instrument.title_en or instrument.short_title
    steps = [_step(part) for part in provision.address.split("__") if part]
    return Words(short_label(provision, instrument), ", ".join([title, *steps]))


def _step(part: str) -> str:
    """art_10 as "article 10", sec_1_2 as "section 1.2", self as "self"."""
    unit, _, number = part.partition("_")
    return (
        f"{_UNITS[unit]} {number.replace('_', '.')}" if unit in _UNITS and number else part.replace("_", " ")
    )

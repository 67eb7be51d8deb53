"""Labels short enough for lists and buttons."""

from __future__ import annotations

from knowledge.model import Instrument, Provision, Words

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
    """第十条·委托第2项: the short label, abbreviated; ``bare`` leaves the instrument's title out."""
    label = short_label(provision, instrument)
    if bare and provision.address:
        label = label.removeprefix(instrument.short_title)
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

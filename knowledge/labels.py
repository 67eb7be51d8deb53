"""Labels short enough for lists and buttons."""

from __future__ import annotations

from knowledge.model import Instrument, Provision


def short_label(provision: Provision, instrument: Instrument) -> str:
    """细则（征求意见稿）第十条（自行组织）第1项; the instrument's short title for the whole of it."""
    if not provision.address:
        return instrument.short_title
    title = instrument.title if instrument.title.startswith("《") else f"《{instrument.title}》"
    return instrument.short_title + provision.label.removeprefix(title)

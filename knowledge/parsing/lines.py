"""A text as clean lines: no line-end variants, no blank lines, no markup around labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.parsing.labels import is_label, item_marker
from knowledge.parsing.quotation import opens_quotation

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff\x00]")
_BLANKS = (
    " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_HASHES = re.compile(r"#{1,6}(?=[^#])\s*")
_BOLD = re.compile(r"(\*\*|__)(.{1,60}?)\1\s*")
_EMPHASIS = re.compile(r"\*\*([^*]+)\*\*")
_BULLET = re.compile(r"(?:[-+*•]|>)\s+")
_RULE = re.compile(r"[-*_=]{3,}|\|?(?:\s*:?-{3,}:?\s*\|)+\s*(?::?-{3,}:?)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks around it; ``marked``: it carried a heading mark ``#``."""

    text: str
    marked: bool = False


def read_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank, in order."""
    plain = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    lines = []
    for raw in plain.split("\n"):
        written = raw.strip(_BLANKS)
        if not written or _RULE.fullmatch(written):
            continue
        hashes = _HASHES.match(written)
        bare = _unbulleted(_unbold(written[hashes.end() :] if hashes else written))
        if bare:
            lines.append(Line(bare, bool(hashes)))
    return _with_markers_joined(lines)


def _with_markers_joined(lines: list[Line]) -> list[Line]:
    """An enumerator alone on its line belongs to the text below it."""
    joined: list[Line] = []
    for line in lines:
        if joined and _is_lone_marker(joined[-1]) and _is_plain(line):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    return joined


def _is_lone_marker(line: Line) -> bool:
    marker = item_marker(line.text) if len(line.text) < 8 and not line.marked else None
    return marker is not None and not marker.rest


def _is_plain(line: Line) -> bool:
    return not (is_label(line.text) or opens_quotation(line.text))


def _unbulleted(written: str) -> str:
    """Without the list mark before an enumerator, which is the item's own mark: ``- （一）甲``."""
    bullet = _BULLET.match(written)
    bare = _unbold(written[bullet.end() :]) if bullet else ""
    return bare if is_label(bare) else written


def _unbold(written: str) -> str:
    """Without marks of emphasis, and with a blank after a label that they set apart: ``**第一条** 为了``."""
    if not (bold := _BOLD.match(written)):
        return _EMPHASIS.sub(r"\1", written) if "**" in written else written
    rest = _EMPHASIS.sub(r"\1", written[bold.end() :])
    return f"{bold[2].strip(_BLANKS)} {rest}" if rest else bold[2].strip(_BLANKS)

"""Text and Markdown in the encodings that Chinese texts come in."""

from __future__ import annotations

import codecs
import re

from knowledge.errors import NotALegalText
from knowledge.formats.opening import SourceText

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = ("utf-8", "gb18030", "big5hkscs")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_LABEL = re.compile(r"第.{1,8}[条條章]|[一二三]、")


def read(content: bytes, name: str) -> SourceText:
    """The text in ``content``.

    Raises:
        NotALegalText: no text in a known encoding.
    """
    return SourceText(decode(content, name))


def decode(content: bytes, name: str) -> str:
    """Bytes as text: by byte order mark, else UTF-8, else GB18030 or Big5, whichever shows a law's labels.

    Raises:
        NotALegalText: none of them fits.
    """
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            decoded = _decoded(content, encoding)
            return _checked([decoded] if decoded is not None else [], name)
    readings = [text for encoding in _GUESSED if (text := _decoded(content, encoding)) is not None]
    return _checked(readings, name)


def _checked(readings: list[str], name: str) -> str:
    clean = [text for text in readings if not _BINARY.search(text)]
    if not clean:
        raise NotALegalText(f"{name}：不是可读的文本，或编码不明 (no readable text, or an unknown encoding)")
    return next((text for text in clean if _LABEL.search(text)), clean[0])


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None

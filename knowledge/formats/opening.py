"""One door for all file formats: size, kind and cause of refusal are settled here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from knowledge.errors import NotALegalText

SIZE_LIMIT: Final = 20 * 2**20  # bytes
_READERS: Final = {
    ".txt": "plain",
    ".md": "plain",
    ".markdown": "plain",
    ".docx": "word",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
}
_OLD_WORD = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file, and ``notes`` on what the reading left out or had to decide."""

    text: str
    notes: tuple[str, ...] = ()


def read_source(path: Path) -> SourceText:
    """The text of the file at ``path``.

    Raises:
        NotALegalText: missing, empty, over 20 MB, of another kind, damaged, protected, scanned, with
            macros, or unpacking to more than it may; the message names the cause.
    """
    content = _content(path)
    suffix = path.suffix.lower()
    if content.startswith(_OLD_WORD):
        raise NotALegalText(
            f"{path.name}：旧版 Word 或加密的文件，请另存为不加密的 .docx (old or protected Word file)"
        )
    if suffix == ".docm":
        raise NotALegalText(f"{path.name}：文件含宏，不予读取 (the file holds macros)")
    if suffix not in _READERS:
        kinds = "、".join(sorted(set(_READERS)))
        raise NotALegalText(f"{path.name}：不支持这种文件，可用 {kinds} (unsupported kind of file)")
    # Word and PDF libraries are heavy: each reader is loaded when a file asks for it.
    read: Callable[[bytes, str], SourceText] = import_module(f"knowledge.formats.{_READERS[suffix]}").read
    source = read(content, path.name)
    if not source.text.strip():
        raise NotALegalText(f"{path.name}：文件里没有文字 (the file holds no text)")
    return source


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > SIZE_LIMIT:
            raise NotALegalText(f"{path.name}：文件超过 20 MB (the file is over 20 MB)")
        content = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise NotALegalText(f"{path.name}：无法读取文件 (cannot be read: {error.strerror})") from None
    if content is None:
        raise NotALegalText(f"{path.name}：不是文件 (not a file)")
    if not content.strip():
        raise NotALegalText(f"{path.name}：文件是空的 (the file is empty)")
    return content

"""Writes the TOML front matter of a corpus file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

_CONTROL = {code: f"\\u{code:04x}" for code in (0x7F, *range(0x80, 0xA0))}


def write_front_matter(
    values: Mapping[str, str | int | Sequence[str]],
    tables: Mapping[str, Sequence[Mapping[str, str]]],
    *,
    standing: tuple[str, str],
) -> str:
    """``values`` at the top, then ``tables`` of the same name repeated, then the line of standing in Chinese
    and English. Empty values are left out."""
    lines = list(_values(values))
    for name, rows in tables.items():
        for row in rows:
            lines += ["", f"[[{name}]]", *_values(row)]
    lines += ["", "[standing]", *_values({"zh": standing[0], "en": standing[1]})]
    return "".join(f"{line}\n" for line in lines)


def _values(values: Mapping[str, str | int | Sequence[str]]) -> Iterator[str]:
    for name, value in values.items():
        if value:
            yield f"{name} = {_written(value)}"


def _written(value: str | int | Sequence[str]) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return str(value) if isinstance(value, int) else f"[{', '.join(map(_quoted, value))}]"


def _quoted(text: str) -> str:
    # A TOML basic string is a JSON string, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).translate(_CONTROL)

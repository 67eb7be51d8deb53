"""Written Cantonese as Mandarin has it, for what people want; facts are read sign by sign (``clauses``)."""

from __future__ import annotations

import re
from functools import cache

from bot.understanding.lexicon import DIRECTORY
from knowledge.kept import read_table


def mandarin(text: str) -> str:
    """Words that only Cantonese writes, in Mandarin: 唔使再提我喇 is 不用再提醒我了. Length is not kept."""
    words, form, signs = _table()
    return form.sub(lambda said: words[said[0]], text).translate(signs) if form.search(text) else text


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str], dict[int, int]]:
    table = read_table(DIRECTORY / "dialect.toml")
    signs = str.maketrans(table["dialect"]["signs"], table["dialect"]["mandarin"])
    words: dict[str, str] = table["words"]
    kept = {chr(sign): chr(sign) for sign in signs}  # signs are turned one by one, behind
    longest = sorted(words | kept, key=len, reverse=True)
    return words | kept, re.compile("|".join(map(re.escape, longest))), signs

"""A message cut to what can be meant: a run of digits longer than any number costs time and says nothing."""

from __future__ import annotations

import re

LONGEST_NUMBER = 40  # digits: longer than any credit code, telephone number or sum with its commas
_NUMERALS = "0-9０-９零〇一二两三四五六七八九十百千万亿点.,，"
_RUN = re.compile(f"([{_NUMERALS}]{{{LONGEST_NUMBER}}})[{_NUMERALS}]+")


def bounded(text: str) -> str:
    """The text with endless numbers cut short. What comes out is still no number that anybody can mean."""
    return _RUN.sub(r"\1", text) if len(text) > LONGEST_NUMBER else text

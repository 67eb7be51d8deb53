"""Counting aloud: 一个两个三个，四个，嗯四个 are four, and not one."""

from __future__ import annotations

import re
from typing import Final

_STEPS: Final = ("一1", "二两2", "三3", "四4", "五5", "六6", "七7", "八8", "九9")
_PAUSE: Final = r"(?:[,、 .…。~]|嗯|哦|噢|啊|呃|额|然后|还有)"
_TOLD: Final = r"(?:[,、 .…。:!~]|[嗯哦噢啊呃额对是有就共嘛吧了]|没错|一共|总共|正好|刚好|所以|那|才)*"
_ENOUGH: Final = 3  # steps that are counting without their sum; 一个两个 may be one or two


def _run() -> str:
    """One to nine, each with the same classifier as the first."""
    rest = ""
    for signs in reversed(_STEPS[2:]):
        rest = rf"(?:{_PAUSE}*[{signs}](?P=unit){rest})?"
    apart = rf"(?(spoken){_PAUSE}*|{_PAUSE}+)"
    return rf"[{_STEPS[0]}](?P<unit>(?P<spoken>[个位名本张])?){apart}[{_STEPS[1]}](?P=unit){rest}"


_ALOUD: Final = re.compile(
    rf"(?<![\d第零一二两三四五六七八九十百.])(?P<run>{_run()})(?![\d十百点年月日号条项款.-])"
    rf"(?:(?P<told>{_TOLD})(?P<sum>[一二两三四五六七八九1-9])(?=[个位名本张人]))?"
)
_NUMBERS: Final = re.compile(f"[{''.join(_STEPS)}]")


def summed(text: str) -> str:
    """``text`` with blanks in the stead of numbers that only led to the last; every place is kept."""
    return _ALOUD.sub(_last, text)


def _last(found: re.Match[str]) -> str:
    run = found["run"]
    steps = list(_NUMBERS.finditer(run))
    whole = found["sum"]
    if whole is not None and whole in _STEPS[len(steps) - 1]:
        return " " * len(run) + found[0][len(run) :]
    if found["spoken"] and len(steps) >= _ENOUGH:
        at = steps[-1].start()
        return " " * at + found[0][at:]
    return found[0]

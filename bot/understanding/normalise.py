"""Text as everything behind it reads it: one script, one width, no markup, no more than 4,096 characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from bot.messages import Language

LIMIT: Final = 4_096  # characters of a message that are read

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\u20e3\ufeff\u00ad]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_MARKS = re.compile(r"\*+|~~|`+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|^#+\s", re.MULTILINE)
_BLANKS = re.compile(r"[^\S\n]+")
_CALLED = re.compile(r"^\s*@[\w-]+[\s:,]+")  # somebody spoken to in a group
_LINES = re.compile(r" ?\n\s*")
_CJK: Final = "\u3400-\u9fff\uf900-\ufaff"
# A blank after what stands for itself parts as a comma does: 不是 5个, 入职了 1个.
_STROKE_GAP = re.compile(r"(?<=不是|不对|.[错了啊吧哦嗯]) (?=\d)")
# So does one between two stretches that are long enough to say something.
_SENTENCE_GAP = re.compile(rf"(?<=[{_CJK}]{{5}}) (?=[{_CJK}]{{4}})")
_DIGIT_GAP = re.compile(rf"(?<=[{_CJK}]) (?=[+-]?\d)|(?<=\d) (?=[{_CJK}%])")
_LONE = re.compile(rf"(?<![{_CJK}])[{_CJK}](?: [{_CJK}]){{2,}}(?![{_CJK}])")
_CIRCLED = re.compile("[\u2460-\u2487\u2776-\u277f]")  # ① ⑴ ❶: places in a list, not counts
_IDEOGRAPH = re.compile(rf"[{_CJK}]")
# A word of pinyin syllables, run together or not; the list tells apart English words that look like some.
_PINYIN = re.compile(
    "(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:[iu]ang|iong|ang|eng|ong|ing|iao|ian|uai|uan|a[ion]?|e[inr]?|o[u]?|i[aenu]?|in|u[aoien]?|v[e]?))+"
)
_TELLING_PINYIN: Final = 8  # letters
_ENGLISH: Final = frozenset(
    re.findall(
        "[a-z]+",
        "a an be can do due for go have he here how i in is it me men no on one our she so some than the "
        "then there to us use we were when where woman women you date done gone like made make name same "
        "take time hi",
    )
)
# asdfgh, zzzz: struck keys, no word of any language
_UNSPEAKABLE = re.compile("[bcdfghjklmnpqrstvwxz]{5}|^[^aeiouy]+$", re.IGNORECASE)
_LATIN_WORD = re.compile(r"[a-z]{2,}|\bi\b", re.IGNORECASE)


class Normal(NamedTuple):
    """A message made plain. ``cut``: characters beyond the limit were dropped."""

    text: str
    language: Language
    cut: bool


def normalise(message: str, language: Language = "zh-Hans") -> Normal:
    """Make ``message`` plain; ``language`` is kept where the words do not tell."""
    cut = len(message) > LIMIT
    listed = _CIRCLED.sub(_bracketed, message[:LIMIT])
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", listed))
    simplified = str(_converter("t2s").convert(plain))
    return Normal(_tidy(simplified), _language(plain, simplified, language), cut)


def _bracketed(sign: re.Match[str]) -> str:
    return f"({unicodedata.digit(sign[0], None) or int(unicodedata.numeric(sign[0]))})"


def _tidy(text: str) -> str:
    text = _MARKS.sub("", _TAG.sub(" ", _CALLED.sub("", text)))
    text = _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()
    if " " not in text:
        return text
    text = _LONE.sub(lambda run: run[0].replace(" ", ""), text)
    return _DIGIT_GAP.sub("", _STROKE_GAP.sub(",", _SENTENCE_GAP.sub(",", text)))


def _language(plain: str, simplified: str, known: Language) -> Language:
    if not _IDEOGRAPH.search(plain):
        words = [word for word in _LATIN_WORD.findall(plain) if not word.isupper()]
        if known != "en" and _is_pinyin([word.lower() for word in words]):
            return known
        telling = len(words) >= 2 or (words and len(words[0]) > 3 and not _UNSPEAKABLE.search(words[0]))
        return "en" if telling and not plain.lstrip().startswith("/") else known
    traditional = sum(map(str.__ne__, plain, simplified)) if len(plain) == len(simplified) else 1
    if traditional > 0:
        only_simplified = sum(map(str.__ne__, plain, _converter("s2t").convert(plain)))
        return "zh-Hant" if traditional > only_simplified else "zh-Hans"
    if known == "zh-Hant" and str(_converter("s2t").convert(plain)) == plain:
        return "zh-Hant"  # 有4名 is written alike in both
    return "zh-Hans"


def _is_pinyin(words: Sequence[str]) -> bool:
    """Whether all words are syllables of Chinese, few of them English words as well; one word, if long."""
    if sum(map(len, words)) < _TELLING_PINYIN or not all(map(_PINYIN.fullmatch, words)):
        return False
    return 2 * sum(word in _ENGLISH for word in words) < len(words)


@cache
def _converter(direction: str) -> Any:
    from opencc import OpenCC

    return OpenCC(direction)

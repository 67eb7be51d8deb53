"""No reader crashes, hangs or fills the memory, whatever it is given. ``make fuzz`` looks longer."""

from __future__ import annotations

import os
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.bounds import within
from tests.fuzz.seeds import LONG, WORDS, examples
from tests.fuzz.targets import TARGETS

EXAMPLES = int(os.environ.get("XIZE_FUZZ_EXAMPLES", "10"))
MOST_MEMORY = 200 * 2**20  # bytes for one input
_READS_TEXT = ("parser", "references", "talk")  # a talk goes through understanding and questions too

words = st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=60).map("".join)


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A good example with bytes cut out, doubled or changed."""
    content = bytearray(draw(st.sampled_from(_EXAMPLES)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 40)))
        content[start:end] = draw(st.binary(max_size=8) | st.just(bytes(content[start:end]) * 2))
    return bytes(content)


_EXAMPLES = examples()
anything = st.binary(max_size=400) | spoiled() | words.map(lambda text: text.encode("utf-8", "replace"))


@pytest.mark.parametrize("name", TARGETS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(content=anything)
def test_nothing_that_is_given_breaks_a_reader(name: str, content: bytes) -> None:
    with within():
        TARGETS[name](content)


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("example", range(len(_EXAMPLES)))
def test_good_examples_of_one_reader_do_not_break_another(name: str, example: int) -> None:
    with within():
        TARGETS[name](_EXAMPLES[example])


HEAVY = {
    "digits": "1" * LONG,
    "Chinese digits": "一二三四五六七八九十" * (LONG // 10),
    "large units": "十百千万亿" * (LONG // 5),
    "articles": "第一条" * (LONG // 3),
    "nearly articles": "第" * LONG,
    "points": "（一）" * (LONG // 3),
    "open brackets": "（《“" * (LONG // 3),
    "counts": "4名大专" * (LONG // 4),
    "dates": "2026年11月20日" * (LONG // 11),
    "nearly dates": "11月" * (LONG // 3),
    "commas": "，" * LONG,
    "spaces": " " * LONG,
    "lines": "\n" * LONG,
    "negations": "不" * LONG,
    "one word": "审核师" * (LONG // 3),
    "company": "我们公司叫" * (LONG // 5),
    "corrections": "不对，是4个" * (LONG // 6),
    "English": "article 10 of the rules, " * (LONG // 25),
    "Traditional": "審核師證書" * (LONG // 5),
    "marks": "\u0301" * LONG,
    "wide": "４" * LONG,
    "nested JSON": "[" * LONG,
}


@pytest.mark.parametrize("kind", HEAVY)
@pytest.mark.parametrize("name", _READS_TEXT)
def test_a_long_message_takes_no_longer_than_a_breath(name: str, kind: str) -> None:
    with within():
        TARGETS[name](HEAVY[kind].encode())


@pytest.mark.parametrize("name", ["parser", "understanding", "published_lists"])
def test_memory_is_bounded(name: str) -> None:
    content = "\n".join(f"第{number}条 甲,乙,4名大专" for number in range(4000)).encode()
    tracemalloc.start()
    try:
        with within(60):
            TARGETS[name](content[: 4 * LONG])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < MOST_MEMORY

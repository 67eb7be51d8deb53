from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import load_reader
from bot.understanding.model import ReadingContext
from tests.bot.understanding.conftest import NOW, Read

READER = load_reader()
WORDS = [
    "我们",
    "有",
    "没有",
    "4个",
    "审核师",
    "高工",
    "大专",
    "社保",
    "满一年",
    "如果",
    "吗",
    "?",
    ",",
    "。",
    "要",
    "都",
    "其中",
    "1月31号",
    "名单",
    "发布",
    "不对",
    "是",
    "自己",
    "强制",
    "82分",
    "的",
    "里",
    "不知道",
]


@given(st.text(max_size=120))
@settings(max_examples=60)
def test_any_text_is_read_without_an_error(text: str) -> None:
    understanding = READER.read(text, ReadingContext(now=NOW, asked=("trained_auditors",)))
    assert understanding.original == text


@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
@settings(max_examples=150)
def test_any_order_of_telling_words_is_read_without_an_error(text: str) -> None:
    understanding = READER.read(text, ReadingContext(now=NOW))
    assert all(fact.value is not None for fact in understanding.facts)


def test_reading_twice_gives_the_same(read: Read) -> None:
    said = "我们上了强制审核名单，2026年11月20日发布的，审核师4个"
    assert read(said) == read(said)


def test_the_words_of_a_fact_are_kept(read: Read) -> None:
    (fact,) = read("你好，审核師有4個。").facts
    assert fact.words == "审核师有4个"


def test_which_deadline_is_spoken_of(read: Read) -> None:
    assert read("平台注册最晚哪天").deadline == "register"
    assert read("什么时候启动审核").deadline == "start_audit"
    assert read("报告什么时候交").deadline == "report"


def test_a_question_is_told_from_a_statement(read: Read) -> None:
    assert read("我们有3个审核师够吗").question
    assert not read("我们有3个审核师").question

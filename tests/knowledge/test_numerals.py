import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numerals import NUMERAL_SIGNS, article_label, to_chinese, to_int

NUMBERS = st.one_of(st.integers(0, 20_000), st.integers(0, 10**12 - 1))


@given(NUMBERS)
def test_every_number_comes_back_from_its_numeral(number: int) -> None:
    assert to_int(to_chinese(number)) == number


@given(st.integers(0, 10**18 - 1))
def test_digits_are_read_in_half_and_full_width(number: int) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert to_int(str(number)) == to_int(wide) == number


@given(st.text(NUMERAL_SIGNS, max_size=12))
def test_any_string_of_numeral_signs_gives_a_number_or_none(text: str) -> None:
    number = to_int(text)
    assert number is None or number >= 0


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十", 10),
        ("十六", 16),
        ("二十一", 21),
        ("一百零三", 103),
        ("一百一十二", 112),
        ("一百十二", 112),
        ("一千零五十", 1050),
        ("一万零五百", 10_500),
        ("一千万", 10_000_000),
        ("廿三", 23),
        ("卅", 30),
        ("两", 2),
        ("两千", 2000),
        ("二〇二六", 2026),
        ("二○二六", 2026),
        ("一〇五", 105),
        ("二三", 23),
        ("肆", 4),
        ("拾贰", 12),
        ("貳拾", 20),
        ("壹佰零叁", 103),
        ("5万", 50_000),
        (" 16 ", 16),
        ("零", 0),
    ],
)
def test_forms_in_use(written: str, number: int) -> None:
    assert to_int(written) == number


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "一百三",
        "一万五",
        "一两",
        "十十",
        "百",
        "万",
        "十零",
        "一百零零三",
        "一千零一百",
        "两十",
        "3.5",
        "-1",
        "①",
        "十二条",
        "1" * 30,
    ],
)
def test_what_has_no_single_reading_is_refused(nonsense: str) -> None:
    assert to_int(nonsense) is None


def test_two_signs_side_by_side_are_no_number_in_talk() -> None:
    assert to_int("三四", digit_strings=False) is None
    assert to_int("十四", digit_strings=False) == 14


@pytest.mark.parametrize("number", [-1, 10**12])
def test_numbers_without_numeral_raise(number: int) -> None:
    with pytest.raises(ValueError, match="no Chinese numeral"):
        to_chinese(number)


@pytest.mark.parametrize(
    ("number", "inserted", "label"),
    [(133, 1, "第一百三十三条之一"), (10, 0, "第十条"), (103, 12, "第一百零三条之十二")],
)
def test_article_labels_are_written_as_in_legal_texts(number: int, inserted: int, label: str) -> None:
    assert article_label(number, inserted) == label

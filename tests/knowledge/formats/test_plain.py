import pytest

from knowledge.errors import NotALegalText
from knowledge.formats.plain import decode
from tests.knowledge.files import LAW


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-32"])
def test_encodings_of_chinese_texts(encoding: str) -> None:
    assert decode(LAW.encode(encoding), "law.txt") == LAW


def test_big_endian_with_its_mark() -> None:
    assert decode(b"\xfe\xff" + LAW.encode("utf-16-be"), "law.txt") == LAW


def test_big5_is_told_from_gb_by_the_labels_of_a_law() -> None:
    law = "某市審核辦法\n第一條　為了規範審核，制定本辦法。\n"
    assert decode(law.encode("big5"), "law.txt") == law


def test_a_broken_file_with_a_mark_is_refused() -> None:
    with pytest.raises(NotALegalText):
        decode(b"\xef\xbb\xbf\xff\xfe\xfd", "law.txt")

import io

import pytest
from pypdf import PdfWriter

from knowledge.errors import NotALegalText
from knowledge.formats.pdf import join_wrapped, read
from tests.knowledge.files import pdf


def test_wrapped_lines_are_joined_and_labels_begin_lines() -> None:
    lines = [
        "某市办法",
        "第一条　为了规范清洁生产审核行为，依照某市",
        "第九条的规定，结合实际，制定本办法的具体要",
        "求。",
        "第二条　企业应当提交下列材料，并且对材料",
        "（一）申请表；",
    ]
    assert join_wrapped(lines) == [
        "某市办法",
        "第一条　为了规范清洁生产审核行为，依照某市第九条的规定，结合实际，制定本办法的具体要求。",
        "第二条　企业应当提交下列材料，并且对材料",
        "（一）申请表；",
    ]


def test_page_numbers_that_count_and_repeated_heads_are_left_out_and_said() -> None:
    pages = [
        ["某市公报", f"第{sign}条　企业应当审核。", f"- {page} -"] for page, sign in enumerate("一二三四", 1)
    ]
    source = read(pdf(pages), "law.pdf")
    assert source.text.split("\n") == ["某市公报", *(f"第{sign}条　企业应当审核。" for sign in "一二三四")]
    assert "7 page numbers" in source.notes[0]


def test_a_number_that_does_not_count_with_the_pages_stays() -> None:
    source = read(pdf([["第一条　限额每年为下列吨数：", "80"], ["第二条　企业应当审核。", "15"]]), "law.pdf")
    assert source.text.split("\n") == ["第一条　限额每年为下列吨数：", "80", "第二条　企业应当审核。", "15"]
    assert source.notes == ()


def test_a_scanned_file_is_refused() -> None:
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(600, 800)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(NotALegalText, match="scanned"):
        read(out.getvalue(), "scan.pdf")


def test_a_file_with_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf([["第一条　甲。"]])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(NotALegalText, match="password"):
        read(out.getvalue(), "locked.pdf")

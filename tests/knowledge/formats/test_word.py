import io

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from knowledge.formats.word import read
from tests.knowledge.files import docx


def test_automatic_numbers_are_written_out_and_start_again_below() -> None:
    numbered = [
        (0, "为了规范。"),
        (0, "提交："),
        (1, "申请表；"),
        (1, "报告。"),
        (0, "提交："),
        (1, "方案。"),
    ]
    content = docx(["某市办法"], numbered=numbered, levels=["第%1条", "（%2）"])
    assert read(content, "law.docx").text.split("\n") == [
        "某市办法",
        "第一条 为了规范。",
        "第二条 提交：",
        "（一） 申请表；",
        "（二） 报告。",
        "第三条 提交：",
        "（一） 方案。",
    ]


def test_tables_stay_as_lines() -> None:
    document = Document()
    document.add_paragraph("第一条 税目如下：")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("税目", "税额", "噪声", "五元"), strict=True):
        cell.text = text
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue(), "a.docx").text.split("\n") == [
        "第一条 税目如下：",
        "税目 | 税额",
        "噪声 | 五元",
    ]


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    document = Document()
    paragraph = document.add_paragraph("第一条 ")._p
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>新词</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>旧词</w:delText></w:r></w:del>"))
    out = io.BytesIO()
    document.save(out)
    source = read(out.getvalue(), "a.docx")
    assert source.text == "第一条 新词"
    assert "2 tracked changes" in source.notes[0]


def test_text_in_content_controls_is_read() -> None:
    document = Document()
    paragraph = "<w:p><w:r><w:t>第一条 甲。</w:t></w:r></w:p>"
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control))
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue(), "a.docx").text == "第一条 甲。"

"""Small files of each format that a law text may come in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

LAW = """\
某市审核办法
第一章　总　则
第一条　为了规范审核，制定本办法。
第二条　企业应当提交：
（一）申请表；
（二）报告。
"""


def written(directory: Path, name: str, content: str | bytes) -> Path:
    """A file of that name."""
    path = directory / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF whose pages show these lines, made by hand: one font whose codes are UTF-16."""
    signs = sorted({sign for page in pages for line in page for sign in line})
    mapped = "\n".join(f"<{ord(sign):04x}> <{ord(sign):04x}>" for sign in signs)
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(signs)} beginbfchar\n{mapped}\n"
        "endbfchar\n"
        "endcmap end end"
    )
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    font = "/Type /Font /Subtype"
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        f"<< {font} /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< {font} /CIDFontType2 /BaseFont /F /DW 1000 /CIDSystemInfo {system} >>",
        _stream(unicode_map),
    ]
    for number, page in enumerate(pages):
        shown = "\n".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td" for line in page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {7 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(_stream(f"BT /F1 12 Tf 50 750 Td\n{shown}\nET"))
    return _assembled(objects)


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _assembled(objects: Sequence[str]) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode())
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010} 00000 n \n".encode() for place in places))
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()


def docx(
    lines: Sequence[str], *, numbered: Sequence[tuple[int, str]] = (), levels: Sequence[str] = ()
) -> bytes:
    """A Word file: plain ``lines``, then paragraphs ``numbered`` by level with patterns ``levels``."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if numbered:
        numbering = document.part.numbering_part.element
        described = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
            for depth, pattern in enumerate(levels)
        )
        numbering.insert(
            0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{described}</w:abstractNum>')
        )
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
        )
    for depth, text in numbered:
        paragraph = document.add_paragraph(text)
        place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(place))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same package with one more part in it."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, part)
    return out.getvalue()

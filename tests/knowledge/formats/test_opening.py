from pathlib import Path

import pytest

from knowledge.errors import NotALegalText
from knowledge.formats.opening import SIZE_LIMIT, read_source
from tests.knowledge.files import LAW, docx, pdf, with_part, written


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t ", "empty"),
        ("picture.png", b"\x89PNG1234", "unsupported"),
        ("old.doc", b"\xd0\xcf\x11\xe0rest", "old or protected"),
        ("old.docx", b"\xd0\xcf\x11\xe0rest", "old or protected"),
        ("macros.docm", b"PK", "macros"),
        ("broken.docx", b"PK\x03\x04broken", "damaged"),
        ("broken.pdf", b"%PDF-1.4 broken", "damaged"),
        ("binary.txt", bytes(range(256)), "no readable text"),
        ("bare.html", b"<html><script>x</script></html>", "no text"),
    ],
)
def test_a_file_that_cannot_serve_is_refused_with_its_cause(
    tmp_path: Path, name: str, content: bytes, cause: str
) -> None:
    with pytest.raises(NotALegalText, match=cause) as refusal:
        read_source(written(tmp_path, name, content))
    assert str(refusal.value).startswith(name)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_and_a_directory_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotALegalText, match="cannot be read"):
        read_source(tmp_path / "none.txt")
    with pytest.raises(NotALegalText, match="not a file"):
        read_source(tmp_path)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    with pytest.raises(NotALegalText, match="20 MB"):
        read_source(path)


def test_a_word_file_with_macros_or_a_bomb_in_it_is_refused(tmp_path: Path) -> None:
    package = docx(["第一条 甲。"])
    with pytest.raises(NotALegalText, match="macros"):
        read_source(written(tmp_path, "a.docx", with_part(package, "word/vbaProject.bin", b"x")))
    with pytest.raises(NotALegalText, match="unpacks"):
        read_source(written(tmp_path, "b.docx", with_part(package, "word/bomb.xml", bytes(40 * 2**20))))


@pytest.mark.parametrize("suffix", [".txt", ".md", ".TXT"])
def test_text_comes_back_whole(tmp_path: Path, suffix: str) -> None:
    assert read_source(written(tmp_path, f"law{suffix}", LAW)).text == LAW


def test_every_format_gives_the_same_lines(tmp_path: Path) -> None:
    lines = LAW.splitlines()
    page = "".join(f"<p>{line}</p>" for line in lines)
    for name, content in (("a.docx", docx(lines)), ("a.pdf", pdf([lines])), ("a.html", page.encode())):
        assert read_source(written(tmp_path, name, content)).text.split("\n") == lines

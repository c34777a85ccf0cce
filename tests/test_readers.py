"""Opening files: what is read, what is refused and in which words, and which documents a folder holds."""

from pathlib import Path

import pytest
from drawn_pdf import drawn, words_page
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.reader import read_pdf
from extract.readers import documents_in, passed_over, read
from ontology.errors import UnreadableDocument

PDF = drawn(words_page("a disclosure"))
SCAN_PIXEL = b"\xff\xd8\xff\xe0"


def scan(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 40), 128)), 0, 0, 600, 400)


def outlines(canvas: Canvas) -> None:
    canvas.circle(300, 200, 100)


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", "download"])
def test_a_pdf_is_read_under_any_fitting_name(tmp_path: Path, name: str) -> None:
    document = read(file(tmp_path, name, PDF))
    assert document.file == name
    assert [line.text for line in document.lines()] == ["a disclosure"]
    assert len(document.sha256) == 64


@pytest.mark.parametrize(
    "data",
    ["部门预算".encode(), b"\xef\xbb\xbf" + "部门预算".encode(), "部门预算".encode("gb18030"), "部门预算\r\n".encode(),
     "部门预算".encode("utf-16"), b"\xfe\xff" + "部门预算".encode("utf-16-be")],
)  # fmt: skip
def test_a_text_is_read_in_utf_8_gb_18030_and_utf_16(tmp_path: Path, data: bytes) -> None:
    assert [line.text for line in read(file(tmp_path, "a.txt", data)).lines()] == ["部门预算"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"", "an empty file"),
        ("a.txt", b"\xef\xbb\xbf\r\n  \n", "an empty file"),
        ("a.pdf", b"<!DOCTYPE html><html>not found</html>", "not what its ending .pdf says, but a web page (HTML)"),
        ("a.pdf", "部门预算".encode(), "not what its ending .pdf says, but plain text"),
        ("a.pdf", b"PK\x03\x04rest", "not what its ending .pdf says, but a ZIP archive or an Office file"),
        ("a.pdf", SCAN_PIXEL, "not what its ending .pdf says, but a picture (JPEG)"),
        ("a.pdf", b"\x00\x01\x02\x03", "not what its ending .pdf says, but a binary file of an unknown format"),
        ("a.txt", PDF, "not what its ending .txt says, but a PDF"),
        ("a.txt", b"\x00\x01\x02\x03", "not what its ending .txt says, but a binary file of an unknown format"),
        ("a.txt", b"\xff\xfe\x00\xd8", "not what its ending .txt says, but a binary file of an unknown format"),
        ("a.txt", b"\xff\xfe", "an empty file"),
        ("a.docx", b"PK\x03\x04rest", "files ending in .docx are not read; this is a ZIP archive or an Office file"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "files ending in .xls are not read; this is an old Office file"),
        ("a.html", b"<html></html>", "files ending in .html are not read; this is a web page"),
        ("a.pdf", b"%PDF-1.7\n" + b"rubbish " * 50, "a damaged PDF"),
        ("a.pdf", b"%PDF-1.7", "a damaged PDF"),
        ("a.pdf", drawn(words_page("secret"), encrypt="word"), "protected by a password"),
        ("a.pdf", drawn(scan, scan), "a PDF without text, scanned or drawn as pictures"),
        ("a.pdf", drawn(outlines), "a PDF without text, scanned or drawn as pictures"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason_and_what_to_do(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    path = file(tmp_path, name, data)
    with pytest.raises(UnreadableDocument) as refusal:
        read(path)
    assert refusal.value.file == str(path)
    assert refusal.value.reason.startswith(reason)
    assert refusal.value.advice
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n" + b"rubbish " * 50, "a damaged PDF"),
        (drawn(words_page("secret"), encrypt="word"), "protected by a password"),
    ],
)
def test_the_second_engine_refuses_the_same_files(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_pdf(Path("a.pdf"), data, "pdfplumber")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"no\.pdf: no such file"):
        read(tmp_path / "no.pdf")
    with pytest.raises(UnreadableDocument, match="a folder, not a file"):
        read(tmp_path)


def test_a_name_with_a_null_byte_is_refused_and_does_not_crash(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument):
        read(tmp_path / "a\0.pdf")


def test_a_scanned_page_among_others_is_a_finding(tmp_path: Path) -> None:
    document = read(file(tmp_path, "a.pdf", drawn(words_page("words enough for a page of text"), scan)))
    assert [line.text for line in document.lines()] == ["words enough for a page of text"]
    (finding,) = document.findings
    assert (finding.severity, finding.source.page) == ("error", 2)
    assert "scans are not read yet" in finding.message


def test_folders_are_searched_to_their_depth_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.txt", "deep/er/c.PDF", "deep/d.docx", ".hidden/e.pdf", "deep/._f.pdf", "~$g.pdf"):
        file(tmp_path, name, b"x")
    found = [path.relative_to(tmp_path).as_posix() for path in documents_in([tmp_path])]
    assert found == ["a.txt", "b.pdf", "deep/er/c.PDF"]


def test_a_file_named_itself_is_given_whatever_it_is_and_no_document_twice(tmp_path: Path) -> None:
    pdf, word, missing = file(tmp_path, "a.pdf", PDF), file(tmp_path, "b.docx", b"x"), tmp_path / "c.pdf"
    assert list(documents_in([word, pdf, tmp_path, missing, pdf])) == [word, pdf, missing]


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    file(tmp_path, "a.docx", b"x")
    with pytest.raises(UnreadableDocument, match="a folder without documents"):
        list(documents_in([tmp_path]))


def test_what_is_not_read_in_a_folder_is_counted_by_ending(tmp_path: Path) -> None:
    names = ("a.pdf", "b.docx", "deep/c.DOCX", "d.xlsx", "README", "m.py", ".hidden/e.docx", "~$f.docx", "g.txt")
    for name in names:
        file(tmp_path, name, b"x")
    assert passed_over([tmp_path]) == {".docx": 2, "": 1, ".xlsx": 1}
    assert list(passed_over([tmp_path])) == [".docx", "", ".xlsx"]
    assert passed_over([tmp_path / "b.docx", tmp_path / "missing"]) == {}

"""Opens a file of any supported format as a Document, and finds the documents in folders."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from extract.document import Document
from extract.encodings import text_of
from ontology.errors import UnreadableDocument

ENDINGS = (".pdf", ".txt")
_READ = "PDF (.pdf) and plain text (.txt) are read"
# What bodies publish besides PDF and text; a file without an ending may be anything.
_PUBLISHED = {
    "", ".doc", ".docx", ".wps", ".rtf", ".odt", ".xls", ".xlsx", ".et", ".ods", ".csv", ".ofd", ".ppt", ".pptx",
    ".html", ".htm", ".mht", ".mhtml", ".zip", ".rar", ".7z", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp",
}  # fmt: skip
_HEADER_WITHIN = 1024  # bytes in which a PDF begins, as PDF programs have it


class _Format(NamedTuple):
    """A format told by its first bytes, as it is called in messages."""

    begins: bytes
    name: str


_PDF = "a PDF"
_TEXT = "plain text"
_OTHERS = (
    _Format(b"PK\x03\x04", "a ZIP archive or an Office file (docx, xlsx, ofd)"),
    _Format(b"PK\x05\x06", "an empty ZIP archive"),
    _Format(b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls, wps, et)"),
    _Format(b"{\\rtf", "a rich text file (rtf)"),
    _Format(b"\x89PNG", "a picture (PNG)"),
    _Format(b"\xff\xd8\xff", "a picture (JPEG)"),
    _Format(b"II*\x00", "a picture (TIFF)"),
    _Format(b"MM\x00*", "a picture (TIFF)"),
    _Format(b"GIF8", "a picture (GIF)"),
    _Format(b"Rar!", "an archive (RAR)"),
    _Format(b"7z\xbc\xaf", "an archive (7z)"),
    _Format(b"\x1f\x8b", "a compressed file (gzip)"),
    _Format(b"%!PS", "a PostScript file"),
)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script")


def read(path: Path) -> Document:
    """The document in a file, its bytes read once.

    The format is told by the content; the ending must agree with it. Raises UnreadableDocument, with what to do, for a
    file that is missing, empty, a folder, of a format that is not read, not what its ending says, or of no use
    inside: damaged, locked, scanned.
    """
    data = _bytes(path)
    form = _form(data)
    ending = path.suffix.lower()
    if ending not in (*ENDINGS, ""):
        raise UnreadableDocument(str(path), f"files ending in {ending} are not read; this is {form}", _advice(form))
    if form not in (_PDF, _TEXT):
        raise UnreadableDocument(str(path), f"{_not_as_it_says(ending)}{form}", _advice(form))
    if (ending, form) in ((".pdf", _TEXT), (".txt", _PDF)):
        raise UnreadableDocument(str(path), f"{_not_as_it_says(ending)}{form}", "rename it or fetch it again")
    return _read(path, data, form)


def documents_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among `paths` and all documents in the folders among them, once each, those of a folder sorted.

    Folders are searched to their depth for names that end in .pdf or .txt; hidden files and folders are passed over.
    A file named itself is given whatever it is: `read` says what is wrong with it. Raises UnreadableDocument at a
    folder without documents; to go on with the rest, ask for one path at a time.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _documents_of(path) if path.is_dir() else [path]:
            if found.resolve() not in seen:
                seen.add(found.resolve())
                yield found


def passed_over(paths: Iterable[Path]) -> dict[str, int]:
    """How many files of which ending (small letters, empty for none) in the folders among `paths` are not read.

    Counted are kinds in which bodies publish; programs, settings and hidden files are not. The most frequent endings
    stand first.
    """
    endings = Counter(
        path.suffix.lower()
        for folder in paths
        if folder.is_dir()
        for path in folder.rglob("*")
        if path.is_file() and not _is_hidden(path, folder) and path.suffix.lower() in _PUBLISHED
    )
    return dict(sorted(endings.items(), key=lambda one: (-one[1], one[0])))


def _documents_of(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if _is_document(path, folder)]
    if not found:
        raise UnreadableDocument(str(folder), "a folder without documents", _READ)
    return sorted(found, key=lambda path: path.relative_to(folder).parts)


def _is_document(path: Path, folder: Path) -> bool:
    return not _is_hidden(path, folder) and path.suffix.lower() in ENDINGS and path.is_file()


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise UnreadableDocument(str(path), "a folder, not a file", "name the documents in it")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument(str(path), "no such file", "check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableDocument(str(path), f"the file cannot be opened: {reason}", "check its permissions") from error
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableDocument(str(path), "an empty file", "fetch it again")
    return data


def _form(data: bytes) -> str:
    """What the bytes are, in words."""
    if b"%PDF-" in data[:_HEADER_WITHIN]:
        return _PDF
    named = next((known.name for known in _OTHERS if data.startswith(known.begins)), None)
    if named:
        return named
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower().startswith(_HTML):
        return "a web page (HTML)"
    return "a binary file of an unknown format" if text_of(data) is None else _TEXT


def _not_as_it_says(ending: str) -> str:
    return f"not what its ending {ending} says, but " if ending else ""


def _advice(form: str) -> str:
    if "Office" in form or "rtf" in form:
        return f"save it as a PDF first; {_READ}"
    if "picture" in form:
        return f"recognise its text first (OCR); {_READ}"
    if "web page" in form:
        return f"this is often the error page of a failed download: fetch the document again; {_READ}"
    return _READ


def _read(path: Path, data: bytes, form: str) -> Document:
    # the readers are imported when needed: whoever reads text needs no PDF library
    if form == _PDF:
        from extract.pdf.reader import read_pdf

        return read_pdf(path, data)
    from extract.plain_text import read_text

    return read_text(path, data)

"""Checking a bundle of evidence against the source files: nothing but the files is read, no store is needed."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from caimai.bundles import CLAIMS, FORMAT
from extract.document import Document, Line
from extract.readers import read
from ontology.errors import CaimaiError, UnreadableDocument
from ontology.facts import Box
from ontology.text import key, unradical

_SLACK = 3.0  # points


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim's place in its file, and whether it holds.

    `verdict` is verified, elsewhere (on the page, not at the place), words_not_found, file_missing, file_changed (a
    file of this name has another sha256) or unreadable; `why` says more.
    """

    claim: str
    verdict: str
    file: str
    page: int | None
    line: int | None
    table: str | None
    row: int | None
    column: int | None
    words: str
    why: str = ""


def verified(bundle: Path, documents: Path) -> list[Checked]:
    """Every claim of the bundle, checked. Raises CaimaiError for what is no bundle."""
    files = sorted(path for path in documents.rglob("*") if path.is_file()) if documents.is_dir() else [documents]
    hashes = {sha256(path.read_bytes()).hexdigest(): path for path in files}
    names = {path.name for path in files}
    return [_checked(claim, hashes, names) for claim in _claims(bundle)]


def _claims(bundle: Path) -> list[dict[str, Any]]:
    try:
        with zipfile.ZipFile(bundle) as archive:
            found = json.loads(archive.read(CLAIMS))
        if found["format"] != FORMAT:
            raise CaimaiError(f"{bundle}: a bundle of format {found['format']}, this is {FORMAT}")
        return list(found["claims"])
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise CaimaiError(f"{bundle}: not a bundle of evidence - make one: caimai trace WHAT --bundle FILE") from error


def _checked(claim: dict[str, Any], hashes: dict[str, Path], names: set[str]) -> Checked:
    path = hashes.get(claim.get("sha256", ""))
    if path is None:
        return _answer(claim, "file_changed" if claim["file"] in names else "file_missing")
    try:
        document = _document(path)
    except UnreadableDocument as error:
        return _answer(claim, "unreadable", str(error))
    return _answer(claim, _verdict(claim, document))


def _answer(claim: dict[str, Any], verdict: str, why: str = "") -> Checked:
    return Checked(
        claim["claim"], verdict, claim["file"], claim.get("page"), claim.get("line"), claim.get("table"),
        claim.get("row"), claim.get("column"), claim["words"], why,
    )  # fmt: skip


@lru_cache(maxsize=4)
def _document(path: Path) -> Document:
    return read(path)


def _verdict(claim: dict[str, Any], document: Document) -> str:
    words = _folded(claim["words"])
    page, line, box = claim.get("page"), claim.get("line"), _box(claim.get("bbox"))
    there = [text for text, at in _texts(document, page, line) if box is None or (at is not None and _meets(at, box))]
    if there and (words in _folded("".join(there)) or _all_in(claim["words"], there)):
        return "verified"
    around = _folded("".join(text for text, _ in _texts(document, page, None)))
    return "elsewhere" if words in around or _all_in(claim["words"], [around]) else "words_not_found"


def _all_in(words: str, texts: Iterable[str]) -> bool:
    """Whether every printed piece of the words (cells of a row stand apart) is in one of the texts."""
    pieces = [_folded(piece) for piece in words.replace("\t", "\n").split("\n") if piece.strip()]
    folded = _folded("\0".join(texts))
    return bool(pieces) and all(piece in folded for piece in pieces)


def _texts(document: Document, page: int | None, line: int | None) -> Iterator[tuple[str, Box | None]]:
    """What is printed on a page, or from a line of a text file on, with its place."""
    for block in document.blocks:
        pieces = [block] if isinstance(block, Line) else block.cells
        for piece in pieces:
            if (page is None or piece.page in (None, page)) and (line is None or _follows(piece.line, line)):
                yield piece.text, piece.bbox


def _follows(at: int | None, line: int) -> bool:
    return at is not None and line <= at < line + 40


def _meets(one: Box, other: Box) -> bool:
    """Whether two boxes have more in common than their edges."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > -_SLACK and down > -_SLACK and (across > _SLACK or one[2] - one[0] < 2 * _SLACK)


def _box(text: str | None) -> Box | None:
    if not text:
        return None
    x0, top, x1, bottom = map(float, text.split(","))
    return x0, top, x1, bottom


def _folded(text: str) -> str:
    return key(unradical(text))

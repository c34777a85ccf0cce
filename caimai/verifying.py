"""Checking a bundle of evidence against the source files: nothing but the files is read, no store is needed."""

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

from caimai.bundles import CLAIMS, FORMAT, digest
from extract.document import Document, Line
from extract.readers import read
from ontology.document_number import mentions
from ontology.errors import CaimaiError, UnreadableDocument
from ontology.facts import Box
from ontology.text import key, unradical

_WIDEST = 10_000.0
_MERGED = 2  # the first cells of a row, which may have begun rows above, on the page before perhaps
_LINES_BEFORE = 12  # of a text: the first cells of a form's row may stand above the line of its figures
_RUN_ON = 60  # lines or cells
_MONEY = re.compile(r" (-?[\d,.]+) ?(?:亿元|万元|元) \[[^\]]*\]$")
_TARGET = re.compile(r"^(?:\d{4} )?indicator: .* → (.*) \[[^\]]*\]$")
_FIGURE = re.compile(r"-?[\d.,]+%?")
_LOST_NUMBER = re.compile(r"\d[.,、]")
_WITHIN_NUMBER = re.compile(r"\d\|[.,]?\d|\d[.,]\|\d")

Piece = tuple[str, Box | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim's place in its file, and whether it holds.

    `verdict` is verified, elsewhere (on the page, not at the place), words_not_found, file_missing, file_changed (a
    file of this name has another sha256), unreadable or claim_not_said (the words stand there, but say another figure
    or document number than is claimed); `why` says more.
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
    """Every claim of the bundle, checked. Raises CaimaiError for what is no bundle or was changed since it was made."""
    files = sorted(path for path in documents.rglob("*") if path.is_file()) if documents.is_dir() else [documents]
    hashes = {sha256(path.read_bytes()).hexdigest(): path for path in files}
    names = {path.name for path in files}
    claims = _claims(bundle)
    unsaid = _unsaid(claims)
    checked = [_checked(claim, hashes, names) for claim in claims]
    return [
        replace(one, verdict="claim_not_said", why=unsaid[one.claim])
        if one.verdict == "verified" and one.claim in unsaid
        else one
        for one in checked
    ]


def _unsaid(claims: list[dict[str, Any]]) -> dict[str, str]:
    """Claims whose amount or target no place quoted for them prints, or whose document number no place of the bundle.

    What is claimed is a sentence beside the words: a bundle could quote rightly and claim something else.
    """
    quoted: dict[str, list[str]] = {}
    for claim in claims:
        quoted.setdefault(claim["claim"], []).append(claim["words"])
    numbers = {said.number for claim in claims for said in mentions(_folded(claim["words"]))}
    found = {}
    for text, words in quoted.items():
        figures = [match[1] for pattern in (_MONEY, _TARGET) if (match := pattern.search(text))]
        wanted = {figure for part in figures for figure in _figures(part)}
        missing = [figure for figure in wanted if not any(figure in _figures(said) for said in words)]
        missing += [str(said.number) for said in mentions(text) if said.number not in numbers]
        if missing:
            found[text] = ", ".join(sorted(missing))
    return found


def _figures(text: str) -> set[str]:
    """The figures of a text, without the separators of thousands."""
    return {figure.strip(".") for figure in re.findall(r"[\d.]*\d", text.replace(",", ""))}


def _claims(bundle: Path) -> list[dict[str, Any]]:
    try:
        with zipfile.ZipFile(bundle) as archive:
            found = json.loads(archive.read(CLAIMS))
            hashes = {name: sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
            hashes[CLAIMS] = digest(found["claims"])
        if found["format"] != FORMAT:
            raise CaimaiError(f"{bundle}: a bundle of format {found['format']}, this is {FORMAT}")
        changed = [name for name, known in sorted(found["digests"].items()) if known != hashes[name]]
        if changed:
            raise CaimaiError(f"{bundle}: changed after it was made: {', '.join(changed)}")
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
    words, page, line, box = claim["words"], claim.get("page"), claim.get("line"), _box(claim.get("bbox"))
    pieces = list(_texts(document, page, line))
    overleaf = list(_texts(document, page + 1, None)) if page is not None else []  # words may run on there
    there = [text for text, _ in _from_place(pieces, overleaf, box)]
    if box and claim.get("column") is not None and not {"\t", "\n"} & set(words):  # one figure: that cell, nothing else
        there = [text for text, at in pieces if at and _meets(at, box) and _folded(text) == _folded(words)]
    row = "\t" in words
    if row and box:  # cells of a row: the box is that of one of them
        level = (0.0, box[1], _WIDEST, box[3])
        beside = [text for text, at in pieces if at is not None and _meets(at, level)]
        over_rows = len(words.split("\t")) > len(beside) + _MERGED  # the head of a form
        there = [*there, *beside] if over_rows else beside
    before = list(_texts(document, page - 1, None)) if page is not None else list(_texts(document, None, None))
    around = [text for text, _ in (*before, *pieces, *overleaf)]
    missing = _missing(words, there)
    merged = set(map(_folded, "\n".join(words.split("\t")[:_MERGED]).split("\n")))
    if not missing or (row and merged.issuperset(missing) and not _missing("\n".join(missing), around)):
        return "verified"
    return "words_not_found" if _missing(words, around) else "elsewhere"


def _missing(words: str, texts: list[str], *, at_first: bool = False) -> list[str]:
    """The printed pieces of the words (lines, cells) that are in none of the texts; none where all stand together.

    Where `at_first` is wanted they have to begin in the first text. A piece that is a figure has to stand alone:
    to be a text, a line, or between blanks.
    """
    if texts and _stands(_folded(words), texts, at_first=at_first):
        return []
    pieces = [_folded(piece) for piece in words.replace("\t", "\n").split("\n") if piece.strip()]
    if "\t" in words and not all(cell.strip() for cell in words.split("\t")):  # cells that hold nothing are not quoted
        return [words]
    if at_first and pieces and not _stands(pieces[0], texts[:1]):
        return pieces
    lines = {_folded(part) for text in texts for part in (*text.split("\n"), *text.split(), text)}
    missing = [
        piece for piece in pieces
        if (piece not in lines if _FIGURE.fullmatch(piece) else not any(_stands(piece, [text]) for text in texts))
    ]  # fmt: skip
    return missing or ([] if pieces else [words])


def _stands(words: str, texts: list[str], *, at_first: bool = False) -> bool:
    """Whether words stand in texts that follow each other, without beginning or ending within a printed number."""
    parts = [_folded(part) for text in texts for part in text.split()]
    joined, ends = "".join(parts), {0, *accumulate(map(len, parts))}
    at = joined.find(words)
    while at >= 0 and not (at_first and at >= len(_folded(texts[0]))):
        if all(edge in ends or not _cuts_number(joined, edge) for edge in (at, at + len(words))):
            return not _LOST_NUMBER.search(joined[max(0, at - 1) : at + 1]) or at in ends
        at = joined.find(words, at + 1)
    return False


def _cuts_number(text: str, at: int) -> bool:
    """Whether a position is within the digits of a number: `7.3|8`, `7|.38`, `1,|250`."""
    return _WITHIN_NUMBER.search(text[max(0, at - 2) : at] + "|" + text[at : at + 2]) is not None


def _from_place(pieces: list[Piece], overleaf: list[Piece], box: Box | None) -> list[Piece]:
    """The pieces from the first that lies in the box on: words may run on over lines and cells below it."""
    if box is None:
        return [*pieces, *overleaf]
    first = next((n for n, (_, at) in enumerate(pieces) if at is not None and _meets(at, box)), len(pieces))
    return [*pieces[first:], *overleaf][:_RUN_ON] if first < len(pieces) else []


def _texts(document: Document, page: int | None, line: int | None) -> Iterator[Piece]:
    """What is printed on a page, or from a line of a text file on, with its place."""
    for block in document.blocks:
        pieces = [block] if isinstance(block, Line) else block.cells
        for piece in pieces:
            if (page is None or piece.page in (None, page)) and (line is None or _follows(piece.line, line)):
                yield piece.text, piece.bbox


def _follows(at: int | None, line: int) -> bool:
    return at is not None and line - _LINES_BEFORE <= at < line + 40


def _meets(one: Box, other: Box) -> bool:
    """Whether two boxes share more than half of the lower one's height and of the narrower one's width."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    width, height = min(one[2] - one[0], other[2] - other[0]), min(one[3] - one[1], other[3] - other[1])
    return across > width / 2 and down > height / 2


def _box(text: str | None) -> Box | None:
    if not text:
        return None
    x0, top, x1, bottom = map(float, text.split(","))
    return x0, top, x1, bottom


def _folded(text: str) -> str:
    return key(unradical(text))

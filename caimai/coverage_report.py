"""The coverage report: for every document each printed table, form and section and what came out of it."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from caimai.answer_text import print_answer
from extract.coverage import Part, coverage
from extract.readers import documents_in, read
from ontology.errors import CaimaiError
from queries.answers import Answer

COLUMNS = ("file", "place", "kind", "meaning", "title", "state", "figures", "facts", "identities", "failed", "findings")
Row = tuple[str | int | None, ...]


def coverage_rows(paths: Iterable[Path]) -> tuple[Answer, list[CaimaiError]]:
    """The parts of all documents under `paths` as rows, and why some of them cannot be read."""
    rows: list[Row] = []
    errors: list[CaimaiError] = []
    for path in paths:
        try:
            found = list(documents_in([path]))
        except CaimaiError as error:
            errors.append(error)
            continue
        for document in found:
            try:
                rows += [_row(document.name, part) for part in coverage(read(document))]
            except CaimaiError as error:
                errors.append(error)
    return Answer(COLUMNS, tuple(rows)), errors


def print_coverage(rows: Answer) -> None:
    """The rows as one table a document in the terminal."""
    for file, parts in groupby(rows.rows, key=lambda row: row[0]):
        print(file)
        print_answer(Answer(rows.columns[1:], tuple(row[1:] for row in parts)))


def _row(file: str, part: Part) -> Row:
    place = f"p. {part.page}" if part.page is not None else f"line {part.line}"
    head = (file, place, part.kind, part.key, part.title, part.state)
    return (*head, part.figures, part.facts, part.checked, part.failed, part.findings)

"""The coverage report: for every document each printed table, form and section and what came out of it."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from caimai.answer_text import print_answer
from caimai.words import Say
from extract.coverage import Part, coverage
from extract.readers import documents_in, read
from ontology.errors import CaimaiError
from ontology.terms import concepts, label
from queries.answers import Answer
from queries.words import said

COLUMNS = ("file", "place", "kind", "meaning", "title", "state", "figures", "facts", "identities", "failed", "findings")
Row = tuple[str | int | None, ...]


def covered(paths: Iterable[Path]) -> tuple[list[tuple[str, Part]], list[CaimaiError]]:
    """The parts of all documents under `paths`, each with the file's name, and why some of them cannot be read."""
    parts: list[tuple[str, Part]] = []
    errors: list[CaimaiError] = []
    for path in paths:
        try:
            found = list(documents_in([path]))
        except CaimaiError as error:
            errors.append(error)
            continue
        for document in found:
            try:
                parts += [(document.name, part) for part in coverage(read(document))]
            except CaimaiError as error:
                errors.append(error)
    return parts, errors


def coverage_rows(parts: Iterable[tuple[str, Part]]) -> Answer:
    """The parts as rows for programs."""
    return Answer(COLUMNS, tuple((file, *_row(part, "en", part.kind, part.key, part.state)) for file, part in parts))


def print_coverage(parts: Sequence[tuple[str, Part]], say: Say) -> None:
    """The parts as one table a document in the terminal, in the language of the reader."""
    headings = {name: say(f"column_{name}") for name in COLUMNS[1:]}
    for file, own in groupby(parts, key=lambda one: one[0]):
        print(file)
        print_answer(Answer(COLUMNS[1:], tuple(_in_words(part, say) for _, part in own)), headings=headings)


def _in_words(part: Part, say: Say) -> Row:
    lang, state = say("language"), say(f"state_{part.state.replace(' ', '_')}")
    return _row(part, lang, say(f"part_{part.kind}"), _meaning(part, lang), state)


def _meaning(part: Part, lang: str) -> str | None:
    """What a table or section is called whatever is printed over it; of a form, its scope."""
    known = concepts("view" if part.kind == "table" else "section").get(part.key or "")
    return label(known, lang) if known else part.key if part.kind == "form" else None


def _row(part: Part, lang: str, kind: str, meaning: str | None, state: str) -> Row:
    on_page = part.page is not None
    place = said("shown", "page" if on_page else "line", lang, part.page if on_page else part.line)
    counts = part.figures, part.facts, part.checked, part.failed, part.findings
    return place, kind, meaning, part.title, state, *counts

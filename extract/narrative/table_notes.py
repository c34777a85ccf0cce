"""Notes under tables that say what these show (`注：本表反映部门本年度各项支出情况`), copied from another table."""

import re
from collections.abc import Iterator, Sequence

from extract.document import Document
from extract.narrative.running_text import running_text
from extract.narrative.wording import pattern, wording
from extract.outline import Section
from extract.titles import printed_title
from ontology.facts import Finding
from ontology.findings import said
from ontology.text import tight, unquoted


def notes_of_others(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each note that says of its table what only the title of another table would say."""
    for section in sections:
        text = running_text(section.lines() if section.kind == "table" else ())
        for note in pattern(wording("table_notes")["shows"]).finditer(text.text):
            other = _word_of_another(unquoted(printed_title(section.title)), unquoted(tight(note["what"])))
            if other:
                source = text.source(document, note.start(), note.end())
                message = f"{printed_title(section.title)}: {said('note_of_other_words', words=other)}"
                yield Finding(source=source, severity="info", message=message)


def _word_of_another(title: str, note: str) -> str | None:
    """The word of a note that other titles have and this one lacks; None where there is none."""
    words = wording("table_notes")
    alien = [one for one in words["of_some"] if one in note and one not in title and not _is_part(one, title, note)]
    one, other = words["sides"]
    sides = ((one, other), (other, one)) if words["both_sides"] not in title + note else ()
    of_other_side = [two for own, two in sides if own in title and two not in title and two in note and own not in note]
    return next(iter([*alien, *of_other_side]), None)


def _is_part(word: str, title: str, note: str) -> bool:
    """Whether a word names a part of what the title, or the note, is of: one fund of all, one kind of expenditure."""
    whole = wording("table_notes")["part_of"].get(word, "(?!)")
    return re.search(whole, f"{title}\n{note}") is not None

"""Codes of fields that a program of text left in print: PAGEREF _Toc12345678, 错误！未定义书签。"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extract.document import Document
from extract.narrative.wording import wording
from extract.outline import Section
from ontology.facts import Finding
from ontology.findings import said


def field_codes(document: Document, sections: Sequence[Section]) -> Iterator[Finding]:
    """A finding for each line of the text, its headings and the contents that has the code of a field."""
    for section in sections:
        for line in (*section.heading, *section.lines()):
            found = code().search(line.text)
            if found:
                yield document.note(line, f"fields: {said('field_code', words=found[0].strip())}")


@cache
def code() -> re.Pattern[str]:
    """What the codes of fields look like, white space as printed."""
    return re.compile("|".join(wording("field_codes")["codes"]))
